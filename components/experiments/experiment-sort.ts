import type { ExperimentLine } from "@/lib/experiments/queries";

export const SORT_KEYS = ["status", "name", "method", "units", "planned", "end", "said", "decision"] as const;
export type SortKey = (typeof SORT_KEYS)[number];
export type ListSort = { by: SortKey; descending: boolean };

const STATUS_ORDER = ["running", "draft", "decided", "stopped"];

/** From the address; what it does not know is the order by state. */
export function parseSort(params: Readonly<Record<string, string | string[] | undefined>>): ListSort {
  const by = SORT_KEYS.find((key) => key === params.sort) ?? "status";
  return { by, descending: params.order === "desc" };
}

export function hrefOf(path: string, by: SortKey, current: ListSort): string {
  const descending = current.by === by ? !current.descending : by === "units" || by === "planned";
  return `${path}?sort=${by}${descending ? "&order=desc" : ""}`;
}

const saidOf = ({ head, standing }: ExperimentLine): string => head.ruleSaid ?? standing.verdict.said;

const COMPARE: Readonly<Record<SortKey, (a: ExperimentLine, b: ExperimentLine) => number>> = {
  name: (a, b) => a.head.name.localeCompare(b.head.name, "en"),
  status: (a, b) => STATUS_ORDER.indexOf(a.head.status) - STATUS_ORDER.indexOf(b.head.status),
  method: (a, b) => a.head.method.localeCompare(b.head.method, "en"),
  planned: (a, b) => (a.head.plannedUnits ?? 0) - (b.head.plannedUnits ?? 0),
  said: (a, b) => saidOf(a).localeCompare(saidOf(b), "en"),
  decision: (a, b) => (a.head.decision ?? "~").localeCompare(b.head.decision ?? "~", "en"),
  units: (a, b) => a.standing.units - b.standing.units,
  end: (a, b) => (a.head.plannedEnd ?? "9999").localeCompare(b.head.plannedEnd ?? "9999"),
};

export const sortExperiments = (lines: readonly ExperimentLine[], { by, descending }: ListSort): ExperimentLine[] =>
  lines.toSorted((a, b) => COMPARE[by](a, b) * (descending ? -1 : 1));
