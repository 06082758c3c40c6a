import type { Unit } from "@/lib/figures/schema";
import { findMetric } from "@/lib/metrics/schema";

/** What an initiative is measured by: a metric of the venture, or of one group of its customers. */
export type InitiativeMeasure = {
  /** A metric's key. */
  key: string;
  label: string;
  unit: Unit;
  direction: "up" | "down" | "none";
  /** Null: the whole venture. */
  group: { dimension: "segment" | "channel"; name: string } | null;
  /** How ventures are compared: amounts and counts by relative change. */
  scale: "relative" | "absolute";
};

const GROUPED: Readonly<Record<string, { key: string; dimension: "segment" | "channel"; label: string }>> = {
  "retention-gap": { key: "gross_revenue_retention", dimension: "segment", label: "Gross revenue retention" },
  "expansion-gap": { key: "expansion", dimension: "segment", label: "Expansion of existing customers" },
  "channel-mix": { key: "gross_revenue_retention", dimension: "channel", label: "Gross revenue retention" },
};

/** What net retention is made of: who works on a part works on the whole. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  net_revenue_retention: ["gross_revenue_retention", "expansion"],
};

type Measured = Pick<InitiativeMeasure, "key" | "group">;

/** Whether what moves one measure moves the other: the same metric or a part of it, of customers that are not apart. */
export function movesToo(one: Measured, other: Measured): boolean {
  const related = one.key === other.key || PARTS[one.key]?.includes(other.key) || PARTS[other.key]?.includes(one.key);
  if (!related) return false;
  if (!one.group || !other.group) return true;
  return one.group.dimension !== other.group.dimension || one.group.name === other.group.name;
}

/** A lever is named "<kind>:<subject>"; a lever about a group of customers is measured on that group. */
export function measureOf(initiative: { metric: string; lever: string; currency: string }): InitiativeMeasure {
  const { metric, lever, currency } = initiative;
  const cut = lever.indexOf(":");
  const [kind, subject] = cut === -1 ? [lever, ""] : [lever.slice(0, cut), lever.slice(cut + 1)];
  const grouped = subject ? GROUPED[kind] : undefined;
  if (grouped) {
    const { key, dimension, label } = grouped;
    return {
      ...{ key, label: `${label}, ${dimension} ${subject}`, unit: "ratio", direction: "up" },
      ...{ group: { dimension, name: subject }, scale: "absolute" },
    };
  }
  const known = findMetric(metric);
  const unit: Unit = known?.unit === "money" ? currency : (known?.unit ?? "count");
  return {
    ...{ key: metric, label: known?.name ?? metric, unit, direction: known?.direction ?? "none", group: null },
    scale: known?.unit === "money" || known?.unit === "count" ? "relative" : "absolute",
  };
}
