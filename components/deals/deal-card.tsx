"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { undoStep } from "@/lib/deals/actions";
import type { DealLine, DealStepView } from "@/lib/deals/queries/deals";
import { STAGE_LABELS } from "@/lib/deals/rules/stages";
import type { DealStage } from "@/lib/deals/schema/deal";
import { formatDay } from "@/lib/format";
import { AdvanceForm } from "./advance-form";
import { DealProblem } from "./deal-problem";
import { FactsForm } from "./facts-form";

export type DealCardProps = {
  deal: DealLine;
  to: DealStage | null;
  today: string;
  people: readonly { id: string; name: string }[];
  mayEdit: boolean;
  mayAsk: boolean;
};

/** A bidder in full: what comes next, what is known, what happened. */
export function DealCard({ deal, to, today, people, mayEdit, mayAsk }: DealCardProps) {
  return (
    <div className="grid gap-5">
      {mayEdit ? (
        <>
          <AdvanceForm key={`move-${deal.version}-${to}`} {...{ deal, to, today, people, mayAsk }} />
          <Disclosure summary="Facts, exclusivity and advisers">
            <FactsForm key={deal.version} deal={deal} people={people} />
          </Disclosure>
        </>
      ) : null}
      <History deal={deal} mayEdit={mayEdit} />
    </div>
  );
}

function History({ deal, mayEdit }: { deal: DealLine; mayEdit: boolean }) {
  const { busy, refusal, problems, run, dialog } = useChange();
  const undo = () => run(() => undoStep({ dealId: deal.id, version: deal.version }), "The last change is undone.");
  return (
    <section aria-label={`What happened with ${deal.bidder}`} className="grid gap-2">
      <DealProblem code={refusal} problems={problems} />
      <ol>
        {deal.steps.map((step) => (
          <Step key={step.id} step={step} />
        ))}
      </ol>
      {mayEdit && deal.undoable ? (
        <div>
          <Button busy={busy} onClick={undo}>
            Undo the last change
          </Button>
        </div>
      ) : null}
      {dialog}
    </section>
  );
}

function Step({ step: { to, on, reason, memoId, byName, undone } }: { step: DealStepView }) {
  const words = `${formatDay(on)}: ${STAGE_LABELS[to]}${reason ? `. ${reason}` : ""}`;
  return (
    <li className="border-b border-line py-1">
      {undone ? <s>{words}</s> : words}{" "}
      <span className="text-sm text-muted">
        {undone ? "undone" : byName}
        {memoId ? (
          <>
            , by <TextLink href={`/inbox/${memoId}`}>decision</TextLink>
          </>
        ) : null}
      </span>
    </li>
  );
}
