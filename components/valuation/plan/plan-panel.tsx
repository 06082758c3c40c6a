import { FigureList } from "@/components/figures/figure-list";
import { FigureValue } from "@/components/figures/figure-value";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, plural } from "@/lib/format";
import type { PlanPage } from "@/lib/valuation/queries/optimization-page";
import type { LeverSort } from "./lever-sort";
import { LeverTable } from "./lever-table";
import { LimitsForm } from "./limits-form";
import { PlanSteps } from "./plan-steps";

type PlanPanelProps = { page: PlanPage; sort: LeverSort; path: string; mayEdit: boolean };

/** What raises the value most for the effort within the profile's period, and what came of the plan that was kept. */
export function PlanPanel({ page, sort, path, mayEdit }: PlanPanelProps) {
  const { valued, version, versions, steps, venture, inputs, months } = page;
  if (!valued)
    return (
      <EmptyState title="There is nothing to plan from yet">
        Keep a valuation first: the plan asks it what each step would be worth.
      </EmptyState>
    );
  return (
    <div className="grid gap-9 *:min-w-0">
      <Head page={page} />
      {steps.length > 0 ? (
        <Section
          title={`Kept plan, version ${version}`}
          aside={`${plural(page.keptMonths ?? months, "month")} from ${formatDay(versions[0]?.startsOn ?? null)}`}
        >
          <PlanSteps steps={steps} />
        </Section>
      ) : null}
      <Section title="What could be done" aside={`of today, within ${plural(months, "month")}`}>
        <div id="levers">
          <LeverTable page={page} sort={sort} path={path} mayEdit={mayEdit} />
        </div>
        <Assumptions page={page} />
        {mayEdit ? (
          <Disclosure summary="Limits and assumptions">
            <LimitsForm
              key={version}
              ventureId={venture.id}
              version={version}
              inputs={inputs}
              currency={venture.currency}
            />
          </Disclosure>
        ) : null}
      </Section>
      {versions.length > 0 ? (
        <Section title="Versions">
          <Versions versions={versions} />
        </Section>
      ) : null}
    </div>
  );
}

const HEAD = [
  { part: "equity", name: "Equity value now" },
  { part: "total", name: "Gained by the plan" },
  { part: "total-cost", name: "Cost of the plan" },
  { part: "reached", name: "Equity value after it" },
  { part: "at-least", name: "Gained at least" },
  { part: "planned", name: "Planned for today" },
  { part: "gap", name: "Now against the plan" },
] as const;

function Head({ page: { figures, version, moved, proven, months, keptMonths } }: { page: PlanPage }) {
  return (
    <div className="grid gap-4">
      <FigureList lines={HEAD} figures={figures} large columns="lg:grid-cols-7" />
      {version === 0 ? (
        <Notice>
          No plan is kept yet. What stands below follows from the house’s estimates; change one to keep the first
          version.
        </Notice>
      ) : null}
      {moved ? (
        <Notice level="warning" word="moved">
          By today’s facts the order would be another than the one that was kept. Keep the plan again to follow it.
        </Notice>
      ) : null}
      {keptMonths !== null && keptMonths !== months ? (
        <Notice>{`The profile’s period was ${plural(keptMonths, "month")} when the plan was kept and is ${plural(months, "month")} now.`}</Notice>
      ) : null}
      {proven ? null : (
        <Notice level="warning" word="not proven">
          There are too many combinations to prove that no other plan is worth more. This is the best that was found.
        </Notice>
      )}
    </div>
  );
}

function Assumptions({ page: { inputs } }: { page: PlanPage }) {
  return (
    <p className="mt-3 prose-width text-sm text-muted">
      {`A driver is moved one step up and down and the valuation is made again; its central value is the middle one of the methods used, so a driver that the middle method does not see adds nothing. A point of readiness is taken to be worth ${Number(inputs.worthPerPoint) * 100} % of the equity value, and its hours are estimates: both are the house’s own. One team works on one step after the other, ${inputs.hoursPerMonth} hours a month; of all plans that fit, this one is worth most. Drivers of one plan are moved at once and the valuation is made again with all of them, so nothing counts twice among them; a step “adds” what it brings beyond those that show before it. Readiness is added to them. Where less risk is in the plan as well, both may be the same thing: “gained at least” counts the larger alone.`}
    </p>
  );
}

function Versions({ versions }: Pick<PlanPage, "versions">) {
  return (
    <Table caption="Versions of the plan">
      <TableHead>
        <TableHeadCell numeric>Version</TableHeadCell>
        <TableHeadCell>Kept</TableHeadCell>
        <TableHeadCell numeric>Steps</TableHeadCell>
        <TableHeadCell numeric>Value gained</TableHeadCell>
        <TableHeadCell>Why</TableHeadCell>
      </TableHead>
      <TableBody>
        {versions.map(({ version, startsOn, by, steps, total, reason }) => (
          <TableRow key={version}>
            <TableRowHead>{version}</TableRowHead>
            <TableCell>
              <span className="whitespace-nowrap">{formatDay(startsOn)}</span>
              <span className="block text-sm text-muted">{by}</span>
            </TableCell>
            <TableCell numeric>{steps}</TableCell>
            <TableCell numeric>
              <FigureValue figure={total} />
            </TableCell>
            <TableCell>{reason}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
