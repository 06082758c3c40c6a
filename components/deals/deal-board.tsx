"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { nextCard } from "@/components/buyers/buyer-order";
import { FigureValue } from "@/components/figures/figure-value";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { DealLine } from "@/lib/deals/queries/deals";
import { nextExpected, STAGE_LABELS } from "@/lib/deals/rules/stages";
import { DEAL_STAGES, type DealStage } from "@/lib/deals/schema/deal";
import { formatDay } from "@/lib/format";
import { DealCard, type DealCardProps } from "./deal-card";

type DealBoardProps = Omit<DealCardProps, "deal" | "to"> & { deals: readonly DealLine[] };
type Opened = { id: string; to: DealStage | null };

/**
 * Where each bidder is: a column per stage. A card is dragged to its next stage, or moved by its menu; both open what the
 * stage asks for. Arrows go from card to card.
 */
export function DealBoard({ deals, ...rest }: DealBoardProps) {
  const board = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState<Opened | null>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const columns = DEAL_STAGES.map((stage) => ({ stage, cards: deals.filter((deal) => deal.stage === stage) }));
  const opened = deals.find(({ id }) => id === open?.id);
  const held = deals.find(({ id }) => id === dragged);
  const accepts = (stage: DealStage) => held?.next.some(({ to }) => to === stage) ?? false;

  function move(event: KeyboardEvent<HTMLButtonElement>, from: string) {
    const ids = columns.map(({ cards }) => cards.map(({ id }) => id));
    const to = nextCard(ids, from, event.key);
    if (!to) return;
    event.preventDefault();
    board.current?.querySelector<HTMLButtonElement>(`[data-card="${to}"]`)?.focus();
  }
  return (
    <>
      <ul ref={board} className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {columns.map(({ stage, cards }) => (
          <li
            key={stage}
            className={accepts(stage) ? "min-w-0 bg-wash outline-2 outline-accent outline-dashed" : "min-w-0"}
            onDragOver={(event) => (accepts(stage) ? event.preventDefault() : undefined)}
            onDrop={() => {
              if (dragged && accepts(stage)) setOpen({ id: dragged, to: stage });
              setDragged(null);
            }}
          >
            <h3 className="border-b border-line pb-1 text-sm font-medium">
              {STAGE_LABELS[stage]} <span className="font-normal text-muted">{cards.length}</span>
            </h3>
            <ul>
              {cards.map((deal) => (
                <li
                  key={deal.id}
                  className="flex items-start gap-1 border-b border-line py-2"
                  draggable={rest.mayEdit}
                  onDragStart={() => setDragged(deal.id)}
                  onDragEnd={() => setDragged(null)}
                >
                  <div className="min-w-0 flex-1">
                    <button
                      type="button"
                      data-card={deal.id}
                      className="block w-full text-left font-medium wrap-anywhere hover:bg-wash"
                      onKeyDown={(event) => move(event, deal.id)}
                      onClick={() => setOpen({ id: deal.id, to: null })}
                    >
                      {deal.bidder}
                    </button>
                    <Standing deal={deal} today={rest.today} />
                  </div>
                  {rest.mayEdit && deal.next.length > 0 ? (
                    <MoveMenu deal={deal} onMove={(to) => setOpen({ id: deal.id, to })} />
                  ) : null}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
      <Dialog
        title={opened?.bidder ?? ""}
        wide
        open={opened !== undefined}
        onOpenChange={(shown) => (shown ? undefined : setOpen(null))}
      >
        {opened ? <DealCard deal={opened} to={open?.to ?? null} {...rest} /> : null}
      </Dialog>
    </>
  );
}

function MoveMenu({ deal, onMove }: { deal: DealLine; onMove: (to: DealStage) => void }) {
  return (
    <Menu
      trigger={
        <Button variant="bare" aria-label={`Move ${deal.bidder}`}>
          ⋯
        </Button>
      }
    >
      {deal.next.map(({ to }) => (
        <MenuItem key={to} onSelect={() => onMove(to)}>
          {STAGE_LABELS[to]}
        </MenuItem>
      ))}
    </Menu>
  );
}

function Standing({ deal, today }: { deal: DealLine; today: string }) {
  const { best, facts, owner, preferred, stage } = deal;
  const ahead = nextExpected(deal, today);
  const over = stage === "complete" || stage === "fallen-through";
  const late = facts.nextOn !== null && facts.nextOn < today && !over;
  const exclusive = facts.exclusiveUntil !== null && facts.exclusiveUntil >= today && !over;
  return (
    <div className="text-sm text-muted">
      {best?.figures.riskAdjusted ? (
        <p>
          <FigureValue figure={best.figures.riskAdjusted} keepZeros /> to the group
        </p>
      ) : (
        <p>No offer yet</p>
      )}
      {preferred ? <p>Negotiated with first</p> : null}
      {exclusive ? <p>{`Exclusive until ${formatDay(facts.exclusiveUntil)}`}</p> : null}
      {over ? null : <p>{facts.nextStep || "No next step"}</p>}
      {facts.nextOn && !over ? <p>{`${late ? "▲ overdue since " : "by "}${formatDay(facts.nextOn)}`}</p> : null}
      {ahead ? <p>{`${ahead.late ? "▲ " : ""}${STAGE_LABELS[ahead.stage]} expected ${formatDay(ahead.on)}`}</p> : null}
      <p>{owner ?? "No owner"}</p>
    </div>
  );
}
