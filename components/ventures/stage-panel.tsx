import { formatDay, formatMoney, formatNumber } from "@/lib/format";
import type { VentureSettingsView, VentureSummary } from "@/lib/ventures/queries";
import { substageName } from "./stage-words";

type StagePanelProps = { venture: VentureSummary; settings: VentureSettingsView };

const DONE_WHEN: Readonly<Record<string, string>> = {
  "40.1": "growth levers identified, strategies executed, metrics improved",
  "40.2": "buyers identified, due diligence ready, valuation maximized",
  "40.3": "deal negotiated, transaction closed, value distributed",
};

/** Where the venture stands in stage 40, and what its profile asks for. */
export function StagePanel({ venture, settings }: StagePanelProps) {
  const { parameters, profile, autonomy } = settings;
  const record = venture.stageRecord;
  const targets = [
    { label: "Growth to reach", value: `${formatNumber(parameters.growthOptimizationTarget)} % a year` },
    { label: "Readiness to reach", value: formatNumber(parameters.exitReadinessTarget) },
    { label: "Least valuation", value: formatMoney(parameters.minimumValuation, "USD") },
    { label: "Least return of an initiative", value: `${formatNumber(parameters.minimumInitiativeRoi)}×` },
  ];
  return (
    <div className="grid gap-4">
      {record ? (
        <div>
          <p>
            In stage 40 since {formatDay(record.enteredAt)}
            {record.endedAt ? `, until ${formatDay(record.endedAt)}` : null}.
          </p>
          <ul>
            {Object.entries(DONE_WHEN).map(([code, criteria]) => (
              <li key={code} className="flex items-baseline gap-3 border-b border-line py-1.5">
                <span className="w-10 shrink-0 font-medium">{code}</span>
                <span className="min-w-0 flex-1">
                  {substageName(code)} <span className="text-sm text-muted">done when {criteria}</span>
                </span>
                <span className="shrink-0 text-sm text-muted">
                  {record.openSubstages.includes(code) ? "open" : "not open"}
                </span>
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div>
        <h3 className="text-sm font-medium">
          Profile: {profile}, autonomy: {autonomy}
        </h3>
        <dl>
          {targets.map((target) => (
            <div key={target.label} className="flex justify-between gap-4 border-b border-line py-1">
              <dt className="text-muted">{target.label}</dt>
              <dd>{target.value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </div>
  );
}
