import { TrendChart } from "@/components/charts/trend-chart";
import { FigureValue } from "@/components/figures/figure-value";
import { Section } from "@/components/ui/section";
import { formatDay, formatFigure, formatNumber } from "@/lib/format";
import type { ChangeView, LineView, ReadinessPage } from "@/lib/readiness/queries/readiness-page";
import { changeText } from "./readiness-words";

type HistoryProps = Pick<ReadinessPage, "history" | "quarter" | "lines">;

/** How the score went, and why it differs from a quarter ago. */
export function ReadinessHistory({ history, quarter, lines }: HistoryProps) {
  const known = history.filter(({ score }) => score !== null);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return null;
  const was = Math.round(Number(first.score?.value));
  const is = Math.round(Number(last.score?.value));
  const title =
    known.length === 1 ? `First kept ${formatDay(first.day)}` : `From ${was} to ${is} since ${formatDay(first.day)}`;
  return (
    <Section title="History">
      <div className="grid gap-x-10 gap-y-6 lg:grid-cols-2 *:min-w-0">
        <TrendChart
          title={title}
          summary={`Exit readiness, ${known.length} kept days, last ${is} of 100.`}
          series={[
            {
              name: "Exit readiness",
              points: history.map(({ day, score }) => ({
                day,
                value: score?.value ? Number(score.value) : null,
                text: score ? formatFigure(score) : "unknown",
                figure: score,
              })),
            },
          ]}
          thresholds={[
            { value: 70, label: "approaching 70" },
            { value: 85, label: "ready 85" },
          ]}
          formatTick={(value) => formatNumber(Math.round(value))}
        />
        <div>
          <h3 className="headline text-base">
            {quarter ? `What changed since ${formatDay(quarter.day)}` : "No earlier day is kept to compare with"}
          </h3>
          {quarter && quarter.changes.length === 0 ? <p className="text-muted">No criterion changed.</p> : null}
          <ul>
            {quarter?.changes.map((change) => (
              <li key={change.criterion} className="border-b border-line py-1.5">
                <span className="flex justify-between gap-4">
                  <span>{changeText(change)}</span>
                  <FigureValue
                    figure={change.points}
                    written={formatFigure(change.points, { decimals: 1, signed: true, keepZeros: true })}
                  />
                </span>
                <Why change={change} line={lines.find(({ criterion }) => criterion.id === change.criterion)} />
              </li>
            ))}
          </ul>
          {quarter && quarter.changes.length > 0 ? (
            <p className="mt-1 text-sm text-muted">Points of the total that each did alone.</p>
          ) : null}
        </div>
      </div>
    </Section>
  );
}

/** What stands behind a change: the measure that moved, what a person found, or evidence that grew old. */
function Why({ change: { cause }, line }: { change: ChangeView; line: LineView | undefined }) {
  if (cause === "withdrawn") return null;
  if (cause === "data" && line?.measure)
    return (
      <span className="text-sm text-muted">
        By data. {line.measure.label}: <FigureValue figure={line.measure} />
      </span>
    );
  if (cause === "decay") return <span className="text-sm text-muted">Its evidence is older than 12 months.</span>;
  return line?.given ? (
    <span className="text-sm text-muted">{`${line.given.rationale}. ${line.given.by}, ${formatDay(line.given.on)}`}</span>
  ) : null;
}
