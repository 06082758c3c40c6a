import { ExportMenu } from "@/components/reports/export-menu";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import type { StoredSeries } from "@/lib/metrics/queries";
import { CorrectionDialog } from "./correction-dialog";
import { HistoryDialog } from "./history-dialog";
import { valueText } from "./series-table";

type Props = { ventureId: string; series: StoredSeries; mayCorrect: boolean };

/** The values of one series, newest first, each with where it came from, its history, and its correction. */
export function PointTable({ ventureId, series, mayCorrect }: Props) {
  const { metric, source, basis } = series;
  const points = [...series.points].reverse();
  return (
    <div className="mt-6">
      <p className="mb-2 prose-width text-sm text-muted">
        {metric.definition}. {metric.inclusion}.
      </p>
      <Table
        caption={`${metric.name}, ${basis}, from ${source}`}
        showCaption
        compact
        tall
        tools={<ExportMenu table="points" of={metric.name} query={{ venture: ventureId, metric: metric.key }} />}
      >
        <TableHead>
          <TableHeadCell>Period</TableHeadCell>
          <TableHeadCell numeric>Value</TableHeadCell>
          <TableHeadCell>From</TableHeadCell>
          <TableHeadCell>Stated</TableHeadCell>
          <TableHeadCell>
            <span className="sr-only">Actions</span>
          </TableHeadCell>
        </TableHead>
        <TableBody>
          {points.map((point) => {
            const period = formatDay(point.periodStart, series.grain === "day" ? "medium" : "month");
            return (
              <TableRow key={point.id}>
                <TableRowHead>{period}</TableRowHead>
                <TableCell numeric>
                  {point.disagrees ? <Level level="warning" word="sources disagree" markOnly /> : null}
                  {valueText(series, point)}
                </TableCell>
                <TableCell>{point.reason ? `corrected: ${point.reason}` : `row ${point.rowNumber ?? "–"}`}</TableCell>
                <TableCell>{formatDay(point.asOf.slice(0, 10))}</TableCell>
                <TableCell className="whitespace-nowrap text-right">
                  <HistoryDialog
                    pointId={point.id}
                    title={`${metric.name}, ${period}`}
                    unit={point.currency ?? "count"}
                  />
                  {mayCorrect ? (
                    <CorrectionDialog
                      ventureId={ventureId}
                      pointId={point.id}
                      value={point.value}
                      currency={point.currency}
                      title={`${metric.name}, ${period}`}
                    />
                  ) : null}
                </TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </div>
  );
}
