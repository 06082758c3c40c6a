import { FigureValue } from "@/components/figures/figure-value";
import { Level, levelOf } from "@/components/ui/level";
import type { SnapshotMeasure } from "@/lib/metrics/queries/snapshots";

const SHOWN = [
  "growth_rate",
  "mrr",
  "arr",
  "customers",
  "net_revenue_retention",
  "gross_revenue_retention",
  "logo_churn",
  "quick_ratio",
  "arpa",
  "gross_margin_ratio",
  "rule_of_40",
  "burn_multiple",
  "cac_payback",
  "ltv_to_cac",
] as const;

/** What the analysis starts from, in the order in which it is asked; one that was never computed is not listed. */
export function GrowthFigures({ measures }: { measures: Readonly<Record<string, SnapshotMeasure | undefined>> }) {
  const held = SHOWN.flatMap((key) => measures[key] ?? []);
  return (
    <dl className="grid gap-x-8 sm:grid-cols-2">
      {held.map((measure) => (
        <div key={measure.id} className="flex items-baseline justify-between gap-4 border-b border-line py-1">
          <dt className="min-w-0 text-muted">{measure.label}</dt>
          <dd className="flex shrink-0 items-baseline gap-2">
            {measure.level ? <Level level={levelOf(measure.level.tone)} word={measure.level.word} markOnly /> : null}
            <FigureValue figure={measure} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
