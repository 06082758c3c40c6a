import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatFigure } from "@/lib/format";
import type { PlanPage, StepLine } from "@/lib/valuation/queries/optimization-page";
import { STATE_LEVEL } from "./plan-words";

/** The kept plan in its order: when, for how much, how far its measure should come, and how far it has. */
export function PlanSteps({ steps }: Pick<PlanPage, "steps">) {
  return (
    <Table caption="Steps of the kept plan">
      <TableHead>
        <TableHeadCell>Step</TableHeadCell>
        <TableHeadCell>Work</TableHeadCell>
        <TableHeadCell>Shows by</TableHeadCell>
        <TableHeadCell numeric>Value gained</TableHeadCell>
        <TableHeadCell numeric>Cost</TableHeadCell>
        <TableHeadCell numeric>From</TableHeadCell>
        <TableHeadCell numeric>Planned</TableHeadCell>
        <TableHeadCell numeric>Today</TableHeadCell>
        <TableHeadCell>Stands</TableHeadCell>
      </TableHead>
      <TableBody>
        {steps.map((step, index) => (
          <TableRow key={step.lever}>
            <TableRowHead>{`${index + 1}. ${step.label}`}</TableRowHead>
            <TableCell className="whitespace-nowrap">{`${formatDay(step.startsOn)} to ${formatDay(step.endsOn)}`}</TableCell>
            <TableCell className="whitespace-nowrap">{formatDay(step.showsOn)}</TableCell>
            <TableCell numeric>
              <FigureValue figure={step.effect} />
            </TableCell>
            <TableCell numeric>
              <FigureValue figure={step.cost} />
            </TableCell>
            <TableCell numeric>{measured(step, step.from)}</TableCell>
            <TableCell numeric>{measured(step, step.to)}</TableCell>
            <TableCell numeric>{step.actual ? <FigureValue figure={step.actual} /> : "–"}</TableCell>
            <TableCell>
              <Level level={STATE_LEVEL[step.state]} word={step.state} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const measured = ({ unit }: StepLine, value: string | null): string =>
  value === null ? "–" : formatFigure({ value, unit, reason: null });
