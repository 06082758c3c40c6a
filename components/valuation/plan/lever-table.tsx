import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatNumber } from "@/lib/format";
import type { LeverLine, PlanPage } from "@/lib/valuation/queries/optimization-page";
import { OUT_WORDS } from "@/lib/valuation/rules/optimization/plan";
import { EstimateDialog } from "./estimate-dialog";
import { type LeverKey, type LeverSort, leverSortHref, sortLevers } from "./lever-sort";

type LeverTableProps = { page: PlanPage; sort: LeverSort; path: string; mayEdit: boolean };

/** Everything that could be done: what a step of it is worth, what it costs, and why it is in the plan or out. */
export function LeverTable({ page, sort, path, mayEdit }: LeverTableProps) {
  const { lines, venture, version, inputs, facts, months } = page;
  const head = (by: LeverKey, label: string) => (
    <TableHeadCell
      numeric={by !== "lever"}
      sort={sort.by === by ? (sort.descending ? "descending" : "ascending") : null}
      sortHref={leverSortHref(path, sort, by)}
    >
      {label}
    </TableHeadCell>
  );
  const levers = lines.map(({ lever, label }) => ({ lever, label }));
  return (
    <Table
      caption="What raises the value"
      tools={<ExportMenu table="plan" of="the plan" query={{ venture: venture.slug }} />}
    >
      <TableHead>
        {head("lever", "Lever")}
        {head("derivative", "Value per step")}
        {head("effect", "Value as planned, alone")}
        {head("hours", "Hours")}
        {head("cost", "Cost")}
        {head("months", "Months")}
        {head("value", "Value for cost")}
        <TableHeadCell>In the plan</TableHeadCell>
        {mayEdit ? <TableHeadCell>Change</TableHeadCell> : null}
      </TableHead>
      <TableBody>
        {sortLevers(lines, sort).map((line) => (
          <TableRow key={line.lever}>
            <TableRowHead className="py-1.5">
              {line.label}
              <span className="block max-w-80 min-w-40 text-sm font-normal text-muted">{stepWords(line)}</span>
            </TableRowHead>
            <TableCell numeric>
              <FigureValue figure={line.derivative} />
            </TableCell>
            <TableCell numeric>
              <FigureValue figure={line.effect} />
              {line.gain && line.gain.value !== line.effect.value ? (
                <span className="mt-2 block text-sm text-muted">
                  adds <FigureValue figure={line.gain} />
                </span>
              ) : null}
            </TableCell>
            <TableCell numeric>{line.hours === null ? "–" : formatNumber(line.hours)}</TableCell>
            <TableCell numeric>
              <FigureValue figure={line.cost} />
            </TableCell>
            <TableCell numeric>{line.months}</TableCell>
            <TableCell numeric>
              <FigureValue figure={line.perCost} />
            </TableCell>
            <TableCell>
              <InPlan line={line} />
            </TableCell>
            {mayEdit ? (
              <TableCell>
                <EstimateDialog
                  key={version}
                  {...{
                    ventureId: venture.id,
                    version,
                    inputs,
                    levers,
                    currency: venture.currency,
                    facts,
                    period: months,
                  }}
                  {...{ estimate: line.estimate, label: line.label, step: line.step, hours: line.hours }}
                />
              </TableCell>
            ) : null}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function stepWords({ kind, step, size }: LeverLine): string {
  if (kind === "driver") return size === null ? `A step is ${step}` : `${size} × ${step}`;
  return `To do: ${step}`;
}

function InPlan({ line: { place, outReason } }: { line: LeverLine }) {
  if (place)
    return (
      <>
        <span className="font-medium">{`Step ${place.number}`}</span>
        <span className="block text-sm whitespace-nowrap text-muted">{`shows ${formatDay(place.showsOn)}`}</span>
      </>
    );
  return <span className="text-muted">{outReason ? OUT_WORDS[outReason] : "–"}</span>;
}
