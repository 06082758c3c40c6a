import type { Figure } from "@/lib/figures/schema";
import { findMetric } from "../schema";
import { figuresByKey } from "./performance";

/** The rows of the performance page, in the order in which an analyst asks; `…` stands for the window's months. */
export const PERFORMANCE_GROUPS = [
  {
    title: "Growth",
    keys: ["revenue_…m", "growth_rate", "mrr", "arr", "net_new_arr", "customers", "new_customers_…m", "arpa"],
  },
  {
    title: "Keeping customers",
    keys: [
      ...["net_revenue_retention", "gross_revenue_retention", "expansion", "logo_churn"],
      ...["quick_ratio", "customer_concentration"],
    ],
  },
  {
    title: "Efficiency",
    keys: [
      ...["gross_margin_ratio", "ebitda_margin", "rule_of_40", "magic_number", "burn_multiple"],
      ...["cac", "cac_payback", "ltv", "ltv_to_cac"],
    ],
  },
  { title: "Cash", keys: ["cash", "monthly_net_burn", "cash_runway"] },
] as const satisfies readonly { title: string; keys: readonly string[] }[];

/** The measure that a row is about, whatever its window: "revenue", "growth_rate". */
export const measureOfKey = (key: string): string => key.replace(/_…m$/, "");

export const figureKey = (key: string, span: number): string => key.replace("…", String(span));

/** Measures that can be drawn month by month; concentration needs a reading of all invoices for each month. */
export const TREND_KEYS: readonly string[] = PERFORMANCE_GROUPS.flatMap(({ keys }) => [...keys]).filter(
  (key) => key !== "customer_concentration",
);

export const pickFigure = (figures: readonly Figure[], key: string, span: number): Figure | null =>
  figuresByKey(figures).get(figureKey(key, span)) ?? null;

export type Definition = { name: string; definition: string; inclusion: string; direction: "up" | "down" | "none" };

/** What the dictionary says; measures that are only steps on the way have none. */
export function definitionOf(key: string): Definition | null {
  const metric = findMetric(measureOfKey(key));
  if (!metric) return null;
  const { name, definition, inclusion, direction } = metric;
  return { name, definition, inclusion, direction };
}
