import { BridgeChart } from "@/components/charts/bridge-chart";
import type { BridgeItem } from "@/components/charts/bridge-steps";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatFigure } from "@/lib/format";
import type { BridgeView } from "@/lib/metrics/queries/customers-page";
import { KeptParams, monthName } from "./performance-controls";
import type { PerformanceView } from "./performance-view";

type BridgeProps = { bridge: BridgeView; view: PerformanceView; path: string; months: readonly string[]; to: string };

const LABELS = ["Start", "New", "Expansion", "Contraction", "Churn", "Reactivation", "End"] as const;
const LOSSES = new Set(["Contraction", "Churn"]);

function itemsOf(steps: readonly FigureView[]): BridgeItem[] {
  return steps.flatMap((figure, index): BridgeItem[] => {
    const label = LABELS[index];
    if (!label) return [];
    const loss = LOSSES.has(label);
    const value = Number(figure.value ?? 0) * (loss ? -1 : 1);
    const text = `${loss && value !== 0 ? "−" : ""}${formatFigure(figure)}`;
    return [{ label, kind: label === "Start" || label === "End" ? "total" : "change", value, text, figure }];
  });
}

function findingOf(steps: readonly FigureView[]): string {
  const [start, end] = [steps[0], steps.at(-1)];
  if (start?.value == null || end?.value == null) return "MRR bridge";
  const gained = Number(end.value) >= Number(start.value);
  return `MRR ${gained ? "rose" : "fell"} from ${formatFigure(start)} to ${formatFigure(end)}`;
}

/** Where the change of MRR came from, between two months that can be chosen. */
export function PerformanceBridge({ bridge, view, path, months, to }: BridgeProps) {
  if ("reason" in bridge) {
    return (
      <EmptyState title="No bridge">
        {REASON_SENTENCES[bridge.reason] ?? "The subscriptions do not say."} The bridge is made from subscriptions.
      </EmptyState>
    );
  }
  const title = findingOf(bridge.steps);
  const span = `${monthName(bridge.from)} to ${monthName(bridge.to)}`;
  const choices = months.filter((month) => month <= to).slice(0, 60);
  return (
    <div className="grid gap-3 *:min-w-0">
      <form action={path} data-print="none" className="flex flex-wrap items-end gap-2">
        <KeptParams view={view} but={["since", "page"]} />
        <Field label="From">
          {(control) => (
            <Select
              key={bridge.from}
              name="since"
              defaultValue={bridge.from.slice(0, 7)}
              options={choices.map((month) => ({ value: month, label: monthName(month) }))}
              {...control}
            />
          )}
        </Field>
        <span className="pb-2 text-sm text-muted">to {monthName(bridge.to)}</span>
        <Button type="submit">Show</Button>
      </form>
      <BridgeChart title={title} summary={`${title}, ${span}, movement by movement.`} items={itemsOf(bridge.steps)} />
    </div>
  );
}
