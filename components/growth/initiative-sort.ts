import type { InitiativeLine } from "@/lib/growth/queries/initiatives/initiatives";

const KEYS = ["title", "status", "used", "next", "review", "verdict"] as const;
export type InitiativeSort = { by: (typeof KEYS)[number] | null; descending: boolean };

/** "used" or "-used" as it stands in the address; anything else is the order of the list itself. */
export function readSort(raw: unknown): InitiativeSort {
  const text = typeof raw === "string" ? raw : "";
  const by = KEYS.find((key) => key === text.replace(/^-/, "")) ?? null;
  return { by, descending: by !== null && text.startsWith("-") };
}

export function sortHref(path: string, sort: InitiativeSort, by: NonNullable<InitiativeSort["by"]>): string {
  const descending = sort.by === by && !sort.descending;
  return `${path}?sort=${descending ? "-" : ""}${by}`;
}

const STATES = ["running", "planned", "paused", "done", "stopped"];
const LAST = "9999-12-31";

function keyOf(line: InitiativeLine, by: NonNullable<InitiativeSort["by"]>): string | number {
  if (by === "status") return STATES.indexOf(line.status);
  if (by === "used") return line.used?.all ?? -1;
  if (by === "next") return line.next?.dueOn ?? LAST;
  if (by === "review") return line.reviewOn;
  if (by === "verdict") return line.verdict?.verdict ?? "~";
  return line.title.toLowerCase();
}

export function sortInitiatives(
  lines: readonly InitiativeLine[],
  { by, descending }: InitiativeSort,
): InitiativeLine[] {
  if (by === null) return [...lines].sort((a, b) => STATES.indexOf(a.status) - STATES.indexOf(b.status));
  return [...lines].sort((a, b) => {
    const [x, y] = [keyOf(a, by), keyOf(b, by)];
    const order = x < y ? -1 : x > y ? 1 : 0;
    return descending ? -order : order;
  });
}
