import { MOVEMENT_TYPES, type MovementType } from "@/lib/metrics/rules/movements";
import { TREND_KEYS } from "@/lib/metrics/rules/performance-table";
import type { CohortBy } from "@/lib/metrics/rules/point-figures";
import { SPANS, type Span } from "@/lib/metrics/rules/venture-facts";

export const MOVEMENT_SORTS = ["amount", "month", "customer"] as const;
export type MovementSort = (typeof MOVEMENT_SORTS)[number];

/** What the address says about how performance is shown: shareable, and the back button works. */
export type PerformanceView = {
  span: Span;
  /** "2026-10"; null is the newest. */
  month: string | null;
  trend: string;
  cohorts: CohortBy;
  /** The first month of the bridge and the movements; null is that of the window. */
  since: string | null;
  type: MovementType | null;
  search: string;
  sort: MovementSort;
  descending: boolean;
  page: number;
};

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const PLAIN_TREND = "mrr";

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));
const known = <T extends string>(list: readonly T[], value: string): T | null =>
  list.find((item) => item === value) ?? null;
const monthOf = (value: string): string | null => (MONTH.test(value) ? value : null);

/** Anything that is not understood falls back to the plain view; an address never breaks the page. */
export function parsePerformanceView(params: SearchParams): PerformanceView {
  const page = Number.parseInt(one(params.page), 10);
  return {
    span: SPANS.find((span) => String(span) === one(params.span)) ?? 12,
    month: monthOf(one(params.month)),
    trend: known(TREND_KEYS, one(params.trend)) ?? PLAIN_TREND,
    cohorts: known(["customers", "revenue"], one(params.cohorts)) ?? "customers",
    since: monthOf(one(params.since)),
    type: known(MOVEMENT_TYPES, one(params.type)),
    search: one(params.q).slice(0, 100),
    sort: known(MOVEMENT_SORTS, one(params.sort)) ?? "amount",
    descending: one(params.order) !== "ascending",
    page: Number.isSafeInteger(page) && page > 0 && page < 10_000 ? page : 1,
  };
}

/** What a view adds to the plain address, name by name; empty where it is plain. */
export function performanceParams(view: PerformanceView): [string, string][] {
  const entries: [string, string][] = [
    ["span", view.span === 12 ? "" : String(view.span)],
    ["month", view.month ?? ""],
    ["trend", view.trend === PLAIN_TREND ? "" : view.trend],
    ["cohorts", view.cohorts === "customers" ? "" : view.cohorts],
    ["since", view.since ?? ""],
    ["type", view.type ?? ""],
    ["q", view.search],
    ["sort", view.sort === "amount" ? "" : view.sort],
    ["order", view.descending ? "" : "ascending"],
    ["page", view.page > 1 ? String(view.page) : ""],
  ];
  return entries.filter(([, value]) => value !== "");
}

/** The address of a changed view; changing anything but the page starts at the first page. */
export function performanceHref(path: string, view: PerformanceView, change: Partial<PerformanceView> = {}): string {
  const query = new URLSearchParams(performanceParams({ ...view, page: 1, ...change })).toString();
  return query ? `${path}?${query}` : path;
}
