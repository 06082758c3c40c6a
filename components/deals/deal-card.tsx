"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { undoStep } from "@/lib/deals/actions";
import type { DealLine, DealStepView } from "@/lib/deals/queries/deals";
import { EXPECTED_STAGES, STAGE_LABELS } from "@/lib/deals/rules/stages";
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
      <Timetable deal={deal} today={today} />
      <History deal={deal} mayEdit={mayEdit} />
    </div>
  );
}

/** When each stage was expected, and when it began. */
function Timetable({ deal: { bidder, facts, steps, stage: now }, today }: { deal: DealLine; today: string }) {
  const began = (stage: DealStage) => steps.findLast(({ to, undone }) => to === stage && !undone)?.on ?? null;
  const isLate = (stage: DealStage, expected: string) =>
    now !== "fallen-through" && expected < today && EXPECTED_STAGES.indexOf(stage) > EXPECTED_STAGES.indexOf(now);
  const rows = EXPECTED_STAGES.filter((stage) => facts.expected[stage] || began(stage));
  if (Object.keys(facts.expected).length === 0) return null;
  return (
    <Table caption={`Timetable of ${bidder}`} compact>
      <TableHead>
        <TableHeadCell>Stage</TableHeadCell>
        <TableHeadCell>Expected</TableHeadCell>
        <TableHeadCell>Began</TableHeadCell>
      </TableHead>
      <TableBody>
        {rows.map((stage) => {
          const [expected, on] = [facts.expected[stage], began(stage)];
          return (
            <TableRow key={stage}>
              <TableRowHead>{STAGE_LABELS[stage]}</TableRowHead>
              <TableCell>{expected ? formatDay(expected) : "–"}</TableCell>
              <TableCell>
                {on ? formatDay(on) : expected && isLate(stage, expected) ? <Level level="warning" word="late" /> : "–"}
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
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
