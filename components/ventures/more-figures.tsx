import { FigureValue } from "@/components/figures/figure-value";
import type { SnapshotMeasure } from "@/lib/metrics/queries/snapshots";

const GROUPS = [
  { name: "Recurring revenue", keys: ["mrr", "arr", "customers", "arpa"] },
  { name: "Retention", keys: ["net_revenue_retention", "gross_revenue_retention", "logo_churn", "quick_ratio"] },
  { name: "Money", keys: ["gross_margin_ratio", "cash", "monthly_net_burn", "rule_of_40"] },
  { name: "Acquisition", keys: ["cac", "cac_payback", "ltv_to_cac", "burn_multiple", "magic_number"] },
] as const;

/** The rest of the headline figures, in four short lists; one that was never computed is not listed. */
export function MoreFigures({ measures }: { measures: Readonly<Record<string, SnapshotMeasure | undefined>> }) {
  return (
    <div className="grid gap-x-8 gap-y-5 sm:grid-cols-2 xl:grid-cols-4">
      {GROUPS.map((group) => {
        const held = group.keys.flatMap((key) => measures[key] ?? []);
        if (held.length === 0) return null;
        return (
          <section key={group.name} aria-label={group.name}>
            <h3 className="text-sm font-medium">{group.name}</h3>
            <dl>
              {held.map((measure) => (
                <div key={measure.id} className="flex items-baseline justify-between gap-4 border-b border-line py-1">
                  <dt className="min-w-0 text-muted">{measure.label}</dt>
                  <dd className="shrink-0">
                    <FigureValue figure={measure} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        );
      })}
    </div>
  );
}
