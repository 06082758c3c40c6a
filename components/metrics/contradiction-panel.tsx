import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatFigure } from "@/lib/format";
import type { Contradiction } from "@/lib/metrics/queries";
import { BelieveDialog } from "./believe-dialog";

type Props = { ventureId: string; contradictions: readonly Contradiction[]; mayCorrect: boolean };

const MOST_PERIODS = 24;

/** What two sources say differently, side by side, and which of them figures believe. */
export function ContradictionPanel({ ventureId, contradictions, mayCorrect }: Props) {
  const byMetric = [...Map.groupBy(contradictions, (one) => one.metric).values()];
  return (
    <div className="grid gap-6">
      {byMetric.map((group) => (
        <MetricContradictions key={group[0]?.metric} ventureId={ventureId} group={group} mayCorrect={mayCorrect} />
      ))}
    </div>
  );
}

type GroupProps = { ventureId: string; group: readonly Contradiction[]; mayCorrect: boolean };

function MetricContradictions({ ventureId, group, mayCorrect }: GroupProps) {
  const first = group[0];
  if (!first) return null;
  const sources = new Map(group.flatMap((one) => one.values.map((value) => [value.sourceId, value.source] as const)));
  const shown = group.slice(0, MOST_PERIODS);
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap items-baseline justify-between gap-3">
        <span>
          <span className="font-medium">{first.name}</span>:{" "}
          {first.believed
            ? `${first.believed} is believed.`
            : "nobody has said which source to believe; figures over it are unknown."}
        </span>
        {mayCorrect ? (
          <BelieveDialog
            ventureId={ventureId}
            metric={first.metric}
            name={first.name}
            believed={first.believedSourceId}
            sources={[...sources].map(([id, name]) => ({ id, name }))}
          />
        ) : null}
      </p>
      <Table caption={`${first.name}: what each source says`} compact>
        <TableHead>
          <TableHeadCell>Period</TableHeadCell>
          {[...sources].map(([id, name]) => (
            <TableHeadCell key={id} numeric>
              {name}
            </TableHeadCell>
          ))}
        </TableHead>
        <TableBody>
          {shown.map((one) => (
            <TableRow key={`${one.basis}/${one.grain}/${one.periodStart}`}>
              <TableRowHead>
                {formatDay(one.periodStart, one.grain === "day" ? "medium" : "month")}
                {one.basis === "actual" ? null : `, ${one.basis}`}
              </TableRowHead>
              {[...sources.keys()].map((id) => {
                const value = one.values.find((candidate) => candidate.sourceId === id);
                return (
                  <TableCell key={id} numeric>
                    {value ? formatFigure({ value: value.value, unit: value.currency ?? "count" }) : "–"}
                  </TableCell>
                );
              })}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {group.length > shown.length ? (
        <p className="text-sm text-muted">
          The latest {shown.length} of {group.length} periods.
        </p>
      ) : null}
    </div>
  );
}
