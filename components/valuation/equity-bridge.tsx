import { BridgeChart } from "@/components/charts/bridge-chart";
import type { BridgeItem } from "@/components/charts/bridge-steps";
import { FigureList } from "@/components/figures/figure-list";
import type { FigureView } from "@/lib/figures/schema";
import { formatFigure } from "@/lib/format";

type Figures = Readonly<Record<string, FigureView>>;
type Step = { part: string; label: string; kind: "total" | "change"; sign: 1 | -1 };

const STEPS: readonly Step[] = [
  { part: "enterprise", label: "Enterprise", kind: "total", sign: 1 },
  { part: "debt", label: "Debt", kind: "change", sign: -1 },
  { part: "cash", label: "Cash", kind: "change", sign: 1 },
  { part: "equity", label: "Equity", kind: "total", sign: 1 },
  { part: "preferred", label: "Preferred", kind: "change", sign: -1 },
  { part: "common", label: "Common", kind: "total", sign: 1 },
];

function itemsOf(figures: Figures): BridgeItem[] {
  return STEPS.flatMap(({ part, label, kind, sign }) => {
    const figure = figures[part];
    if (!figure || figure.value === null) return [];
    const text = sign < 0 ? formatFigure({ ...figure, value: `-${figure.value}` }) : formatFigure(figure);
    return [{ label, kind, value: sign * Number(figure.value), text, figure }];
  });
}

const LINES = [
  { part: "diluted_shares", name: "Shares at that price" },
  { part: "costs", name: "Transaction costs" },
  { part: "distributable", name: "Equity after costs" },
] as const;

/** Step by step from the enterprise to common shares; per share and the group stand at the head of the page. */
export function EquityBridge({ figures }: { figures: Figures }) {
  const { equity, common } = figures;
  const title =
    equity?.value != null
      ? `Of the enterprise ${formatFigure(equity)} belong to its holders${common?.value != null ? `, ${formatFigure(common)} to common shares and options` : ""}`
      : "The value does not reach the holders";
  return (
    <div className="grid gap-4 *:min-w-0">
      <BridgeChart title={title} summary={title} items={itemsOf(figures)} />
      <FigureList lines={LINES} figures={figures} columns="" />
    </div>
  );
}
