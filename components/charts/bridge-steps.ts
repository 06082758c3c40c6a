import type { FigureView } from "@/lib/figures/schema";

export type BridgeItem = {
  label: string;
  /** A total stands on zero; a change starts where the one before it ended. */
  kind: "total" | "change";
  value: number;
  text: string;
  figure?: FigureView;
};

export type BridgeStep = { label: string; kind: "total" | "gain" | "loss"; from: number; to: number; text: string };

export function bridgeSteps(items: readonly BridgeItem[]): BridgeStep[] {
  let level = 0;
  return items.map(({ label, kind, value, text }) => {
    const from = kind === "total" ? 0 : level;
    const to = kind === "total" ? value : level + value;
    level = to;
    return { label, kind: kind === "total" ? "total" : value < 0 ? "loss" : "gain", from, to, text };
  });
}
