import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { Band, ForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import { monthWords, promised } from "./forecast-words";

/** Each month ahead with its intervals, the plan beside it, and the chance to stand higher than now. */
export function ForecastTable({ page }: { page: ForecastPage }) {
  const plan = new Map(page.plan.map(({ month, figure }) => [month, figure]));
  const planned = page.ahead.some(({ month }) => plan.has(month));
  const widened = page.ahead.some(({ wide }) => wide.length > 0);
  return (
    <Table caption={`${page.label}, months ahead`} compact>
      <TableHead>
        <TableHeadCell>Month</TableHeadCell>
        <TableHeadCell numeric>Forecast</TableHeadCell>
        <TableHeadCell numeric>80 % interval</TableHeadCell>
        <TableHeadCell numeric>95 % interval</TableHeadCell>
        {widened ? <TableHeadCell numeric>Model&rsquo;s own 80 %</TableHeadCell> : null}
        {planned ? <TableHeadCell numeric>Plan</TableHeadCell> : null}
        <TableHeadCell numeric>Chance above now</TableHeadCell>
      </TableHead>
      <TableBody>
        {page.ahead.map((ahead) => {
          const { month, point, bands, chanceHigher } = ahead;
          const target = plan.get(month);
          return (
            <TableRow key={month}>
              <TableRowHead className="whitespace-nowrap">{monthWords(month)}</TableRowHead>
              <TableCell numeric>
                <FigureValue figure={point} />
              </TableCell>
              {[0, 1].map((level) => (
                <TableCell key={level} numeric>
                  <Interval band={promised(ahead)[level]} />
                </TableCell>
              ))}
              {widened ? (
                <TableCell numeric>
                  <Interval band={bands[0]} />
                </TableCell>
              ) : null}
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
