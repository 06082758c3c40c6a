"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import type { BuyerLine } from "@/lib/buyers/queries";
import { STAGE_LABELS } from "@/lib/buyers/rules/outreach";
import { OUTREACH } from "@/lib/buyers/schema";
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

/** How far each buyer is: a column per stage. Arrows go from card to card, Enter opens one to move it or say what is next. */
export function OutreachBoard({ buyers, ventureId, today, people, mayEdit }: OutreachBoardProps) {
  const board = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState<string | null>(null);
  const columns = OUTREACH.map((stage) => ({ stage, cards: buyers.filter((buyer) => buyer.stage === stage) }));
  const opened = buyers.find(({ id }) => id === open);

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
          <li key={stage} className="min-w-0">
            <h3 className="border-b border-line pb-1 text-sm font-medium">
              {STAGE_LABELS[stage]} <span className="font-normal text-muted">{cards.length}</span>
            </h3>
            <ul>
              {cards.map((buyer) => (
                <li key={buyer.id}>
                  <button
                    type="button"
                    data-card={buyer.id}
                    className="w-full border-b border-line py-2 text-left hover:bg-wash"
                    onKeyDown={(event) => move(event, buyer.id)}
                    onClick={() => setOpen(buyer.id)}
                  >
                    <span className="block font-medium break-words">{buyer.name}</span>
                    <Next buyer={buyer} today={today} />
                  </button>
                </li>
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
        {opened ? <Card buyer={opened} {...{ ventureId, today, people, mayEdit }} /> : null}
      </Dialog>
    </>
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

function Card({ buyer, ventureId, today, people, mayEdit }: Omit<OutreachBoardProps, "buyers"> & { buyer: BuyerLine }) {
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
        <OutreachForm key={buyer.version} buyer={buyer} ventureId={ventureId} today={today} people={people} />
      ) : null}
    </div>
  );
}
