import { TrendChart } from "@/components/charts/trend-chart";
import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { FigureView } from "@/lib/figures/schema";
import { formatDay, formatFigure, formatRatio } from "@/lib/format";
import type { MeasurementView } from "@/lib/growth/queries/initiatives/initiative";
import { CANNOT_TELL_SENTENCES, type CannotTell } from "@/lib/growth/rules/initiatives/effect";
import { METHOD_WORDS, VERDICTS } from "./initiative-words";

type EffectProps = { measurements: readonly MeasurementView[]; reviewOn: string };

/** What came of it by the newest review, how that was found out, and what earlier reviews said. */
export function InitiativeEffect({ measurements, reviewOn }: EffectProps) {
  const [newest] = measurements;
  if (!newest) {
    return (
      <p className="py-2 text-muted">
        Not measured yet. The first measurement is made at the review of {formatDay(reviewOn)}.
      </p>
    );
  }
  return (
    <div className="grid grid-cols-1 gap-6">
      <Newest measurement={newest} />
      {newest.history.length > 0 ? <EffectChart measurement={newest} /> : null}
      <Tried measurement={newest} />
      {measurements.length > 1 ? <Earlier measurements={measurements} /> : null}
    </div>
  );
}

const figureOr = (figure: FigureView | null | undefined) =>
  figure ? <FigureValue figure={figure} /> : <span className="text-muted">unknown</span>;

function Newest({ measurement }: { measurement: MeasurementView }) {
  const { figures, why } = measurement;
  const said = VERDICTS[measurement.verdict];
  return (
    <div>
      <p className="flex flex-wrap items-baseline gap-x-3 text-lg">
        {said ? <Level level={said.level} word={said.word} /> : null}
        <span className="text-sm text-muted">review of {formatDay(measurement.reviewOn)}</span>
      </p>
      {why ? <p className="prose-width">{why}</p> : null}
      <dl className="mt-2 grid gap-x-8 sm:grid-cols-3">
        {[
          { term: effectTerm(measurement.unit), parts: ["effect", "effectLow", "effectHigh"] },
          { term: "Gain since the start", parts: ["gain", "gainLow", "gainHigh"] },
          { term: "Return", parts: ["roi"] },
        ].map(({ term, parts: [central = "", low = "", high = ""] }) => (
          <div key={term} className="border-b border-line py-1">
            <dt className="text-sm text-muted">{term}</dt>
            <dd className="text-lg">
              {figureOr(figures[central])}
              {low && figures[low]?.value ? (
                <span className="block text-sm text-muted">
                  {figureOr(figures[low])} to {figureOr(figures[high])}
                </span>
              ) : null}
            </dd>
          </div>
        ))}
      </dl>
      {measurement.consequence === "pause" ? (
        <p className="mt-2">The return is below what was spent after six months: a pause was proposed.</p>
      ) : null}
    </div>
  );
}

/** A change of a rate is in points, and stands; one of an amount or a count comes every month. */
const effectTerm = (unit: string): string => (unit === "ratio" ? "Effect, in percentage points" : "Effect per month");

const dayOf = (month: string): string => `${month}-01`;

function EffectChart({ measurement }: { measurement: MeasurementView }) {
  const { unit, history, counterfactual, measure } = measurement;
  const text = (value: number | null) => formatFigure({ value: value === null ? null : String(value), unit });
  const expected = counterfactual.map(({ month, expected: value }) => ({
    day: dayOf(month),
    value,
    text: text(value),
  }));
  const actual = history.map(({ month, value }) => ({ day: dayOf(month), value, text: text(value) }));
  const title = counterfactual.length > 0 ? `${measure}, and what it would have been` : `${measure} by month`;
  return (
    <TrendChart
      title={title}
      summary={`${title}. The months and their values are in the table.`}
      series={[
        { name: "actual", points: actual },
        ...(expected.length > 0 ? [{ name: "without it", points: expected, dashed: true }] : []),
      ]}
      range={counterfactual.map(({ month, low, high }) => ({
        day: dayOf(month),
        low: Math.min(low, high),
        high: Math.max(low, high),
      }))}
      formatTick={(value) => text(value)}
    />
  );
}

function Tried({ measurement }: { measurement: MeasurementView }) {
  const { tried, unit } = measurement;
  const text = (value: number | null) => (value === null ? "" : formatFigure({ value: String(value), unit }));
  return (
    <Table caption="Methods" showCaption compact>
      <TableHead>
        <TableHeadCell>Method</TableHeadCell>
        <TableHeadCell numeric>{effectTerm(unit)}</TableHeadCell>
        <TableHeadCell numeric>Interval</TableHeadCell>
        <TableHeadCell>On what, or why not</TableHeadCell>
      </TableHead>
      <TableBody>
        {tried.map((one) => (
          <TableRow key={one.method}>
            <TableRowHead>{METHOD_WORDS[one.method] ?? one.method}</TableRowHead>
            <TableCell numeric>{text(one.estimate) || "none"}</TableCell>
            <TableCell numeric>
              {one.estimate === null
                ? ""
                : `${text(one.low)} to ${text(one.high)} (${formatRatio(one.confidence, { decimals: 0 })})`}
            </TableCell>
            <TableCell className="min-w-56">
              {one.reason ? (CANNOT_TELL_SENTENCES[one.reason as CannotTell] ?? one.reason) : one.basis}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function Earlier({ measurements }: { measurements: readonly MeasurementView[] }) {
  return (
    <Table caption="Every review" showCaption compact>
      <TableHead>
        <TableHeadCell>Review</TableHeadCell>
        <TableHeadCell>Verdict</TableHeadCell>
        <TableHeadCell numeric>{effectTerm(measurements[0]?.unit ?? "")}</TableHeadCell>
        <TableHeadCell numeric>Gain</TableHeadCell>
        <TableHeadCell numeric>Spent</TableHeadCell>
        <TableHeadCell numeric>Return</TableHeadCell>
      </TableHead>
      <TableBody>
        {measurements.map(({ id, reviewOn, verdict, why, figures }) => (
          <TableRow key={id}>
            <TableRowHead className="whitespace-nowrap">{formatDay(reviewOn)}</TableRowHead>
            <TableCell className="min-w-36">
              {VERDICTS[verdict]?.word ?? verdict}
              {why ? <span className="block text-sm text-muted">{why}</span> : null}
            </TableCell>
            <TableCell numeric>{figureOr(figures.effect)}</TableCell>
            <TableCell numeric>{figureOr(figures.gain)}</TableCell>
            <TableCell numeric>{figureOr(figures.spend)}</TableCell>
            <TableCell numeric>{figureOr(figures.roi)}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
