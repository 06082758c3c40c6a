import { FigureValue } from "@/components/figures/figure-value";
import { Notice } from "@/components/ui/notice";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import type { ForecastPage, PastMonth } from "@/lib/growth/queries/forecast/forecast-page";
import { Interval } from "./forecast-table";
import { monthWords } from "./forecast-words";

/** "Of 14 past 80 % intervals 11 held": what kept forecasts were worth, beside each new one. */
export function PastCoverage({ calibration }: Pick<ForecastPage, "calibration">) {
  const { figures } = calibration;
  const [all, held] = [figures["intervals|0.8"], figures["held|0.8"]];
  const { brier, calls } = figures;
  if (!all || !held || calibration.calibration.intervals[0]?.of === 0) {
    return (
      <p className="prose-width text-muted">
        No month of a kept forecast has come yet, so nothing is known of how well its intervals hold.
      </p>
    );
  }
  return (
    <p className="prose-width">
      Of <FigureValue figure={all} /> past 80 % intervals <FigureValue figure={held} /> held.
      {brier && calls && brier.value !== null ? (
        <>
          {" "}
          Of <FigureValue figure={calls} /> calls of higher or not the Brier score is <FigureValue figure={brier} />; a
          coin scores a quarter, less is better.
        </>
      ) : null}
    </p>
  );
}

/** Below this an 80 % interval has held so seldom that a reader must know before reading it. */
const TRUSTED = 0.6;

/** Says how well the intervals held at past months: widened by past errors, or too narrow where too little came yet. */
export function NarrowIntervals({ accuracy }: Pick<ForecastPage, "accuracy">) {
  const [model, wide] = [accuracy["model_coverage|0.8"], accuracy["wide_coverage|0.8"]];
  if (model && wide && model.value !== null && wide.value !== null) {
    const said = (
      <>
        At past months the model&rsquo;s own 80 % interval held <FigureValue figure={model} /> of what came; widened by
        the errors known until then it held <FigureValue figure={wide} />.
      </>
    );
    if (Number(wide.value) >= TRUSTED) return <p className="prose-width">{said}</p>;
    return (
      <Notice level="warning" word="too narrow">
        {said} Expect more than it shows.
      </Notice>
    );
  }
  const coverage = accuracy["coverage|0.8"];
  if (!coverage || coverage.value === null || Number(coverage.value) >= TRUSTED) return null;
  return (
    <Notice level="warning" word="too narrow">
      At past months only <FigureValue figure={coverage} /> of what came lay inside the 80 % interval: expect more than
      it shows.
    </Notice>
  );
}

/** Kept forecasts beside what came. */
export function PastTable({ past }: { past: readonly PastMonth[] }) {
  if (past.length === 0) return null;
  return (
    <Table caption="Kept forecasts and what came" compact tall>
      <TableHead>
        <TableHeadCell>Month</TableHeadCell>
        <TableHeadCell>Made</TableHeadCell>
        <TableHeadCell numeric>Forecast</TableHeadCell>
        <TableHeadCell numeric>80 % interval</TableHeadCell>
        <TableHeadCell numeric>Came</TableHeadCell>
        <TableHeadCell>Held</TableHeadCell>
      </TableHead>
      <TableBody>
        {past.map((row) => (
          <TableRow key={`${row.madeOn} ${row.month}`}>
            <TableRowHead className="whitespace-nowrap">{monthWords(row.month)}</TableRowHead>
            <TableCell className="whitespace-nowrap">{formatDay(row.madeOn)}</TableCell>
            <TableCell numeric>{row.forecast ? <FigureValue figure={row.forecast} /> : "unknown"}</TableCell>
            <TableCell numeric>
              <Interval band={row.low && row.high ? { low: row.low, high: row.high } : undefined} />
            </TableCell>
            <TableCell numeric>{row.actual ? <FigureValue figure={row.actual} /> : "unknown"}</TableCell>
            <TableCell>{row.held ? "● yes" : "▲ no"}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
