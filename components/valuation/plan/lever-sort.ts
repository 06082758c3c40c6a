import type { LeverLine } from "@/lib/valuation/queries/optimization-page";

const KEYS = ["lever", "derivative", "effect", "hours", "cost", "months", "value"] as const;
export type LeverKey = (typeof KEYS)[number];
export type LeverSort = { by: LeverKey | null; descending: boolean };

/** "cost" or "-cost" as it stands in the address; anything else is the order of the plan. */
export function readLeverSort(raw: unknown): LeverSort {
  const text = typeof raw === "string" ? raw : "";
  const by = KEYS.find((key) => key === text.replace(/^-/, "")) ?? null;
  return { by, descending: by !== null && text.startsWith("-") };
}

/** Numbers begin with the largest. */
export function leverSortHref(path: string, sort: LeverSort, by: LeverKey): string {
  const first = by === "lever" ? "" : "-";
  const again = first === "" ? "-" : "";
  const mark = sort.by === by && sort.descending === (first === "-") ? again : first;
  return `${path}?sort=${mark}${by}#levers`;
}

const measureOf = (line: LeverLine, by: Exclude<LeverKey, "lever">): number | null => {
  if (by === "hours") return line.hours;
  if (by === "months") return line.months;
  const { value } = { derivative: line.derivative, effect: line.effect, cost: line.cost, value: line.perCost }[by];
  return value === null ? null : Number(value);
};

/** By the place in the plan, then by what is worth most; or by a column, the unknown last. */
export function sortLevers(lines: readonly LeverLine[], { by, descending }: LeverSort): LeverLine[] {
  const worth = (line: LeverLine) => measureOf(line, "effect") ?? Number.NEGATIVE_INFINITY;
  const place = (line: LeverLine) => line.place?.number ?? Number.POSITIVE_INFINITY;
  return [...lines].sort((a, b) => {
    if (by === null) return place(a) === place(b) ? worth(b) - worth(a) || 0 : place(a) - place(b);
    const turn = descending ? -1 : 1;
    if (by === "lever") return a.label.localeCompare(b.label) * turn;
    const [x, y] = [measureOf(a, by), measureOf(b, by)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return (x - y) * turn;
  });
}
