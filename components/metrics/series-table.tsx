import { ExportMenu } from "@/components/reports/export-menu";
import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatFigure } from "@/lib/format";
import type { StoredPoint, StoredSeries } from "@/lib/metrics/queries";

const FRESHNESS: Readonly<Record<StoredSeries["freshness"], LevelName>> = {
  fresh: "healthy",
  ageing: "warning",
  stale: "critical",
  unknown: "unknown",
};

/** A stored value in the unit of its metric. */
export const valueText = ({ metric }: Pick<StoredSeries, "metric">, point: Pick<StoredPoint, "value" | "currency">) =>
  formatFigure({ value: point.value, unit: point.currency ?? (metric.unit === "money" ? "count" : metric.unit) });

type Props = { ventureId: string; series: readonly StoredSeries[]; metric: string | null; dataPath: string };

/** One line for each metric and source: how far it reaches, how fresh it is, what it says last. */
export function SeriesTable({ ventureId, series, metric, dataPath }: Props) {
  if (series.length === 0) return <p className="py-2 text-muted">No metric is stored yet.</p>;
  return (
    <Table
      caption="Stored metrics"
      compact
      tools={<ExportMenu table="series" of="the stored metrics" query={{ venture: ventureId }} />}
    >
      <TableHead>
        <TableHeadCell>Metric</TableHeadCell>
        <TableHeadCell>Source</TableHeadCell>
        <TableHeadCell>Basis</TableHeadCell>
        <TableHeadCell>Until</TableHeadCell>
        <TableHeadCell>Freshness</TableHeadCell>
        <TableHeadCell numeric>Values</TableHeadCell>
        <TableHeadCell numeric>Last value</TableHeadCell>
      </TableHead>
      <TableBody>
        {series.map((one) => (
          <SeriesRow
            key={`${one.metric.key}/${one.basis}/${one.grain}/${one.sourceId}`}
            series={one}
            open={one.metric.key === metric}
            dataPath={dataPath}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function SeriesRow({ series, open, dataPath }: { series: StoredSeries; open: boolean; dataPath: string }) {
  const { metric, source, basis, grain, freshness, lastDay, points, bookOfRecord } = series;
  const last = points.at(-1);
  return (
    <TableRow aria-selected={open || undefined}>
      <TableRowHead title={`${metric.definition}. ${metric.inclusion}.`}>
        <TextLink href={`${dataPath}?metric=${metric.key}#values`}>{metric.name}</TextLink>
      </TableRowHead>
      <TableCell>
        {source}
        {bookOfRecord ? <span className="text-muted"> (book of record)</span> : null}
      </TableCell>
      <TableCell>
        {basis}, {grain}
      </TableCell>
      <TableCell>{formatDay(lastDay)}</TableCell>
      <TableCell>
        <Level level={FRESHNESS[freshness]} word={freshness} />
      </TableCell>
      <TableCell numeric>{points.length}</TableCell>
      <TableCell numeric>{last ? valueText(series, last) : "unknown"}</TableCell>
    </TableRow>
  );
}
