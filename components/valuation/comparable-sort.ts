import type { StoredComparable } from "@/lib/valuation/rules/venture-methods";

const KEYS = ["kind", "name", "metric", "multiple", "date", "source"] as const;
export type ComparableKey = (typeof KEYS)[number];
export type ComparableSort = { by: ComparableKey | null; descending: boolean };

/** "date" or "-date" as it stands in the address; anything else is the order of the list itself. */
export function readComparableSort(raw: unknown): ComparableSort {
  const text = typeof raw === "string" ? raw : "";
  const by = KEYS.find((key) => key === text.replace(/^-/, "")) ?? null;
  return { by, descending: by !== null && text.startsWith("-") };
}

export function comparableSortHref(path: string, sort: ComparableSort, by: ComparableKey): string {
  const descending = sort.by === by && !sort.descending;
  return `${path}?sort=${descending ? "-" : ""}${by}`;
}

export function sortComparables(
  rows: readonly StoredComparable[],
  { by, descending }: ComparableSort,
): StoredComparable[] {
  if (by === null) return [...rows];
  return [...rows].sort((a, b) => {
    const order =
      by === "multiple" ? Number(a.multiple) - Number(b.multiple) : a[by] < b[by] ? -1 : Number(a[by] > b[by]);
    return descending ? -order : order;
  });
}
