import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { Band, ForecastPage } from "@/lib/growth/queries/forecast-page";
import { monthWords } from "./forecast-words";

/** Each month ahead with both intervals, the plan beside it, and the chance to stand higher than now. */
export function ForecastTable({ page }: { page: ForecastPage }) {
  const plan = new Map(page.plan.map(({ month, figure }) => [month, figure]));
  const planned = page.ahead.some(({ month }) => plan.has(month));
  return (
    <Table caption={`${page.label}, months ahead`} compact>
      <TableHead>
        <TableHeadCell>Month</TableHeadCell>
        <TableHeadCell numeric>Forecast</TableHeadCell>
        <TableHeadCell numeric>80 % interval</TableHeadCell>
        <TableHeadCell numeric>95 % interval</TableHeadCell>
        {planned ? <TableHeadCell numeric>Plan</TableHeadCell> : null}
        <TableHeadCell numeric>Chance above now</TableHeadCell>
      </TableHead>
      <TableBody>
        {page.ahead.map(({ month, point, bands, chanceHigher }) => {
          const target = plan.get(month);
          return (
            <TableRow key={month}>
              <TableRowHead>{monthWords(month)}</TableRowHead>
              <TableCell numeric>
                <FigureValue figure={point} />
              </TableCell>
              {[0, 1].map((level) => (
                <TableCell key={level} numeric>
                  <Interval band={bands[level]} />
                </TableCell>
              ))}
              {planned ? <TableCell numeric>{target ? <FigureValue figure={target} /> : "–"}</TableCell> : null}
              <TableCell numeric>
                <FigureValue figure={chanceHigher} />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}

export function Interval({ band }: { band: Pick<Band, "low" | "high"> | undefined }) {
  if (!band) return "unknown";
  return (
    <>
      <FigureValue figure={band.low} /> to <FigureValue figure={band.high} />
    </>
  );
}
