import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { formatDay, plural } from "@/lib/format";
import type { Contradiction } from "@/lib/metrics/queries/series";

const MOST = 5;

/** What two sources say differently, by metric: shown, never silently merged. */
export function ContradictionList({
  contradictions,
  slug,
}: {
  contradictions: readonly Contradiction[];
  slug: string;
}) {
  if (contradictions.length === 0) return <p className="py-2 text-muted">No two sources disagree.</p>;
  const byMetric = [...Map.groupBy(contradictions, (one) => one.metric).values()];
  return (
    <>
      <ul>
        {byMetric.slice(0, MOST).map((group) => {
          const first = group[0];
          if (!first) return null;
          const sources = [...new Set(group.flatMap((one) => one.values.map((value) => value.source)))];
          const periods = group.map((one) => one.periodStart).sort();
          return (
            <li key={first.metric} className="flex gap-2 border-b border-line py-2">
              <Level level="warning" word="contradiction" markOnly />
              <p>
                <span className="font-medium">{first.name}</span>: {sources.join(" and ")} disagree on{" "}
                {plural(group.length, "period")}
                <span className="text-muted">
                  {" "}
                  ({formatDay(periods[0] ?? null, "month")}
                  {periods.length > 1 ? ` to ${formatDay(periods.at(-1) ?? null, "month")}` : null}).{" "}
                  {first.believed ? `${first.believed} is believed.` : "What is built on them is unknown."}
                </span>
              </p>
            </li>
          );
        })}
      </ul>
      <p className="pt-2">
        <TextLink href={`/ventures/${slug}/data`}>Say which source to believe</TextLink>
      </p>
    </>
  );
}
