import { TrendChart } from "@/components/charts/trend-chart";
import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { AnomalyMonth, ComponentMonth, ForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import { pointOf, tickOf } from "./forecast-fan";
import { monthWords } from "./forecast-words";

const PARTS = [
  { part: "trend", name: "Trend", title: "Trend without the season" },
  { part: "seasonal", name: "Season", title: "Season, the same every year" },
  { part: "remainder", name: "Remainder", title: "What neither explains" },
] as const;

/** The series taken apart, three small charts. */
export function ForecastComponents({ months, unit }: { months: readonly ComponentMonth[]; unit: string }) {
  return (
    <div className="grid gap-6 md:grid-cols-2 xl:grid-cols-3">
      {PARTS.map(({ part, name, title }) => (
        <TrendChart
          key={part}
          title={title}
          summary={`${title}, month by month.`}
          series={[{ name, points: months.map((month) => pointOf(month.month, month[part])) }]}
          formatTick={tickOf(unit)}
        />
      ))}
    </div>
  );
}

/** Months that neither trend nor season explains, newest first. */
export function ForecastAnomalies({ page }: { page: ForecastPage }) {
  if (!page.components && page.model?.by) {
    return <p className="text-muted">See net burn, from which this is computed.</p>;
  }
  if (!page.components) {
    return (
      <p className="text-muted">Known from three years of months on: less cannot tell an odd month from a season.</p>
    );
  }
  if (page.anomalies.length === 0) return <p className="text-muted">No month stands out.</p>;
  const rows = [...page.anomalies].sort((a, b) => (a.month < b.month ? 1 : -1));
  return (
    <Table caption="Months that stand out" compact>
      <TableHead>
        <TableHeadCell>Month</TableHeadCell>
        <TableHeadCell numeric>Actual</TableHeadCell>
        <TableHeadCell numeric>Expected</TableHeadCell>
        <TableHeadCell numeric>Distance, robust σ</TableHeadCell>
      </TableHead>
      <TableBody>
        {rows.map((row) => (
          <AnomalyRow key={row.month} row={row} />
        ))}
      </TableBody>
    </Table>
  );
}

function AnomalyRow({ row }: { row: AnomalyMonth }) {
  return (
    <TableRow>
      <TableRowHead>▲ {monthWords(row.month)}</TableRowHead>
      {[row.actual, row.expected, row.score].map((figure) => (
        <TableCell key={figure.id} numeric>
          <FigureValue figure={figure} />
        </TableCell>
      ))}
    </TableRow>
  );
}
