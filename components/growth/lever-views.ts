import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import type { FoundLever, VentureLevers } from "@/lib/growth/queries/levers/levers";
import type { LeverChoice } from "@/lib/growth/rules/levers/lever-portfolio";

export const ORDERS = ["return", "effect", "cost"] as const;
export type LeverOrder = (typeof ORDERS)[number];

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

export const parseOrder = (params: SearchParams): LeverOrder =>
  ORDERS.find((order) => order === params.order) ?? "return";

export type LeverRow = FoundLever & { rank: number; choice: LeverChoice | null };

const keyOf = ({ lever }: FoundLever, order: LeverOrder): number => {
  const { roi, effect, cost } = lever.outcome;
  if (order === "cost") return -(cost?.p50 ?? Number.POSITIVE_INFINITY);
  return order === "effect" ? effect.p50 : (roi?.p50 ?? Number.NEGATIVE_INFINITY);
};

/** The levers with their rank by return, in the order that the reader asks for; the cheapest first by cost. */
export function leverRows({ levers, portfolio }: VentureLevers, order: LeverOrder): LeverRow[] {
  const rows = levers.map((found, index) => ({
    ...found,
    rank: index + 1,
    choice: portfolio?.choice.choices.find(({ id }) => id === found.lever.id) ?? null,
  }));
  return rows.sort((a, b) => keyOf(b, order) - keyOf(a, order) || a.rank - b.rank);
}

/** How a figure of the levers is shown: stored with its proof when somebody opens it. */
export function leverViewer({ venture, through }: VentureLevers): (figure: Figure) => FigureView {
  const ask = { of: "growth.levers", args: { venture: venture.id, to: through ?? "" } };
  return (figure) => askedView(figure, ask);
}
