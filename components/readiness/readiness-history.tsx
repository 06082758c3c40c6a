import { TrendChart } from "@/components/charts/trend-chart";
import { Section } from "@/components/ui/section";
import { formatDay, formatFigure, formatNumber } from "@/lib/format";
import type { ReadinessPage } from "@/lib/readiness/queries/readiness-page";
import { changeText } from "./readiness-words";

type HistoryProps = Pick<ReadinessPage, "history" | "quarter">;

/** How the score went, and why it differs from a quarter ago. */
export function ReadinessHistory({ history, quarter }: HistoryProps) {
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
            {quarter?.changes.map((line) => (
              <li key={line.criterion} className="border-b border-line py-1">
                {changeText(line)}
              </li>
            ))}
          </ul>
        </div>
      </div>
    </Section>
  );
}
