"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { BuyerLine } from "@/lib/buyers/queries";
import { mayMove, STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { OUTREACH, type OutreachStage } from "@/lib/buyers/schema";
import { formatDay } from "@/lib/format";
import { nextCard } from "./buyer-order";
import { OutreachForm } from "./outreach-form";

type OutreachBoardProps = {
  buyers: readonly BuyerLine[];
  ventureId: string;
  today: string;
  people: readonly { id: string; name: string }[];
  mayEdit: boolean;
};

type Opened = { id: string; to: OutreachStage | null };

/** Where a buyer may go from here today: what leaves the holding only once the chairman approved it. */
const nextStages = ({ stage, cleared }: BuyerLine, today: string): OutreachStage[] =>
  OUTREACH.filter((to) => to !== stage && mayMove({ from: stage, to, cleared, on: today, today }) === null);

/**
 * How far each buyer is: a column per stage. A card is dragged to a stage that it may go to, or moved by its menu; both
 * open it with that stage chosen. Arrows go from card to card, Enter opens one to say what is next.
 */
export function OutreachBoard({ buyers, ventureId, today, people, mayEdit }: OutreachBoardProps) {
  const board = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState<Opened | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const columns = OUTREACH.map((stage) => ({ stage, cards: buyers.filter((buyer) => buyer.stage === stage) }));
  const opened = buyers.find(({ id }) => id === open?.id);
  const held = buyers.find(({ id }) => id === dragged);
  const allowed = held ? nextStages(held, today) : [];

  function move(event: KeyboardEvent<HTMLButtonElement>, from: string) {
    const ids = columns.map(({ cards }) => cards.map(({ id }) => id));
    const to = nextCard(ids, from, event.key);
    if (!to) return;
    event.preventDefault();
    board.current?.querySelector<HTMLButtonElement>(`[data-card="${to}"]`)?.focus();
  }
  return (
    <>
      <ul ref={board} className="grid gap-4 sm:grid-cols-3 lg:grid-cols-7">
        {columns.map(({ stage, cards }) => (
          <li
            key={stage}
            className={allowed.includes(stage) ? "min-w-0 bg-wash outline-2 outline-accent outline-dashed" : "min-w-0"}
            onDragOver={(event) => (allowed.includes(stage) ? event.preventDefault() : undefined)}
            onDrop={() => {
              if (dragged && allowed.includes(stage)) setOpen({ id: dragged, to: stage });
              setDragged(null);
            }}
          >
            <h3 className="border-b border-line pb-1 text-sm font-medium">
              {STAGE_LABELS[stage]} <span className="font-normal text-muted">{cards.length}</span>
            </h3>
            <ul>
              {cards.map((buyer) => (
                <BoardCard
                  key={buyer.id}
                  {...{ buyer, today, mayEdit }}
                  onHold={setDragged}
                  onKey={(event) => move(event, buyer.id)}
                  onOpen={(to) => setOpen({ id: buyer.id, to })}
                />
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <Dialog
        title={opened?.name ?? ""}
        wide
        open={opened !== undefined}
        onOpenChange={(shown) => (shown ? undefined : setOpen(null))}
      >
        {opened ? (
          <Card
            buyer={opened}
            to={open?.to ?? null}
            onDone={() => setOpen(null)}
            {...{ ventureId, today, people, mayEdit }}
          />
        ) : null}
      </Dialog>
    </>
  );
}

type BoardCardProps = Pick<OutreachBoardProps, "today" | "mayEdit"> & {
  buyer: BuyerLine;
  onHold: (id: string | null) => void;
  onKey: (event: KeyboardEvent<HTMLButtonElement>) => void;
  onOpen: (to: OutreachStage | null) => void;
};

function BoardCard({ buyer, today, mayEdit, onHold, onKey, onOpen }: BoardCardProps) {
  return (
    <li
      className="flex items-start gap-1 border-b border-line"
      draggable={mayEdit}
      onDragStart={() => onHold(buyer.id)}
      onDragEnd={() => onHold(null)}
    >
      <button
        type="button"
        data-card={buyer.id}
        className="min-w-0 flex-1 py-2 text-left hover:bg-wash"
        onKeyDown={onKey}
        onClick={() => onOpen(null)}
      >
        <span className="block font-medium wrap-anywhere">{buyer.name}</span>
        <Next buyer={buyer} today={today} />
      </button>
      {mayEdit ? <MoveMenu buyer={buyer} stages={nextStages(buyer, today)} onMove={onOpen} /> : null}
    </li>
  );
}

function Next({ buyer: { owner, nextStep, nextOn, stage }, today }: { buyer: BuyerLine; today: string }) {
  const late = nextOn !== null && nextOn < today && stage !== "declined";
  return (
    <span className="block text-sm text-muted">
      {nextStep || "No next step"}
      {nextOn ? <span className="block">{`${late ? "▲ overdue since " : "by "}${formatDay(nextOn)}`}</span> : null}
      <span className="block">{owner ?? "No owner"}</span>
    </span>
  );
}

type MoveMenuProps = { buyer: BuyerLine; stages: readonly OutreachStage[]; onMove: (to: OutreachStage) => void };

function MoveMenu({ buyer, stages, onMove }: MoveMenuProps) {
  return (
    <Menu
      trigger={
        <Button variant="bare" aria-label={`Move ${buyer.name}`}>
          ⋯
        </Button>
      }
    >
      {stages.map((to) => (
        <MenuItem key={to} onSelect={() => onMove(to)}>
          {STAGE_LABELS[to]}
        </MenuItem>
      ))}
    </Menu>
  );
}

type CardProps = Omit<OutreachBoardProps, "buyers"> & {
  buyer: BuyerLine;
  to: OutreachStage | null;
  onDone: () => void;
};

function Card({ buyer, to, onDone, ventureId, today, people, mayEdit }: CardProps) {
  return (
    <div className="grid gap-4">
      {buyer.steps.length === 0 ? (
        <p className="text-muted">Nothing has happened with this buyer yet.</p>
      ) : (
        <ol aria-label={`What happened with ${buyer.name}`}>
          {buyer.steps.map(({ stage, on, note }) => (
            <li key={`${stage}-${on}-${note}`} className="border-b border-line py-1">
              {`${formatDay(on)}: ${STAGE_LABELS[stage]}${note ? `. ${note}` : ""}`}
            </li>
          ))}
        </ol>
      )}
      {mayEdit ? (
        <OutreachForm key={`${buyer.version} ${to}`} {...{ buyer, to, onDone, ventureId, today, people }} />
      ) : null}
    </div>
  );
}
