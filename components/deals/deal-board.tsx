"use client";

import { FigureValue } from "@/components/figures/figure-value";
import { StageBoard } from "@/components/ui/stage-board";
import type { DealLine } from "@/lib/deals/queries/deals";
import { nextExpected, STAGE_LABELS } from "@/lib/deals/rules/stages";
import { DEAL_STAGES } from "@/lib/deals/schema/deal";
import { formatDay } from "@/lib/format";
import { DealCard, type DealCardProps } from "./deal-card";

type DealBoardProps = Omit<DealCardProps, "deal" | "to"> & { deals: readonly DealLine[] };

/** Where each bidder is. Moving one opens what the stage asks for. */
export function DealBoard({ deals, ...rest }: DealBoardProps) {
  return (
    <StageBoard
      stages={DEAL_STAGES}
      labels={STAGE_LABELS}
      cards={deals}
      stageOf={({ stage }) => stage}
      nameOf={({ bidder }) => bidder}
      nextOf={({ next }) => next.map(({ to }) => to)}
      mayMove={rest.mayEdit}
      standing={(deal) => <Standing deal={deal} today={rest.today} />}
      detail={(deal, to) => <DealCard deal={deal} to={to} {...rest} />}
      className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4"
    />
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
