import { LEVELS, type LevelName } from "@/components/ui/level";
import { COLUMNS, type Column, type VentureLine, worstLevel } from "./venture-line";

/** What the address says about how the portfolio is shown. Sortable, shareable, and the back button works. */
export type PortfolioView = {
  search: string;
  stage: VentureLine["stage"] | null;
  level: LevelName | null;
  sort: SortKey;
  descending: boolean;
  page: number;
};

export const SORT_KEYS = ["name", "sector", "stage", "asOf", ...COLUMNS] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export const STAGES = ["mature", "active", "exited"] as const;
export const PAGE_SIZE = 50;

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));
const known = <T extends string>(list: readonly T[], value: string): T | null =>
  list.find((item) => item === value) ?? null;

/** Anything that is not understood falls back to the plain view; an address never breaks the page. */
export function parseView(params: SearchParams): PortfolioView {
  const page = Number.parseInt(one(params.page), 10);
  return {
    search: one(params.q).slice(0, 100),
    stage: known(STAGES, one(params.stage)),
    level: known(LEVELS, one(params.level)),
    sort: known(SORT_KEYS, one(params.sort)) ?? "name",
    descending: one(params.order) === "descending",
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

/** Filter and order as an address carries them; empty where they are plain. The page is not part of it. */
export const queryOf = (view: PortfolioView): Record<string, string> => ({
  q: view.search,
  stage: view.stage ?? "",
  level: view.level ?? "",
  sort: view.sort === "name" ? "" : view.sort,
  order: view.descending ? "descending" : "",
});

/** The address of a changed view; what is plain is left out. Changing anything but the page starts at the first page. */
export function hrefOf(path: string, view: PortfolioView, change: Partial<PortfolioView> = {}): string {
  const next = { ...view, page: 1, ...change };
  const entries = Object.entries({ ...queryOf(next), page: next.page > 1 ? String(next.page) : "" });
  const query = new URLSearchParams(entries.filter(([, value]) => value)).toString();
  return query ? `${path}?${query}` : path;
}

const text = (line: VentureLine, key: "name" | "sector" | "stage" | "asOf"): string | null =>
  key === "stage" ? `${line.stage} ${line.openSubstages.join()}` : line[key];

function compareKnown(a: VentureLine, b: VentureLine, key: SortKey): number | null {
  if (key === "name" || key === "sector" || key === "stage" || key === "asOf") {
    const [left, right] = [text(a, key), text(b, key)];
    return left === null || right === null ? missing(left, right) : left.localeCompare(right, "en");
  }
  const [left, right] = [sortValue(a, key), sortValue(b, key)];
  return left === null || right === null ? missing(left, right) : left - right;
}

/** Null: decided by what is missing, in whichever direction the column is sorted. */
const missing = (left: unknown, right: unknown): number | null => (left === null && right === null ? 0 : null);

/** Good enough to order by; the exact value stays in the figure. A runway without burn is the longest. */
function sortValue(line: VentureLine, column: Column): number | null {
  const figure = line.figures[column]?.figure;
  if (!figure) return null;
  if (figure.value === null) return figure.reason === "not-burning" ? Number.MAX_VALUE : null;
  return Number(figure.value);
}

const isMissing = (line: VentureLine, key: SortKey): boolean =>
  key === "name" || key === "sector" || key === "stage" || key === "asOf"
    ? text(line, key) === null
    : sortValue(line, key) === null;

/** Unknown comes last in both directions; equal ones by name. Money of several currencies orders by number alone. */
export function sortLines(lines: readonly VentureLine[], key: SortKey, descending: boolean): VentureLine[] {
  return [...lines].sort((a, b) => {
    const order = compareKnown(a, b, key);
    if (order === null) return isMissing(a, key) ? 1 : -1;
    return (descending ? -order : order) || a.name.localeCompare(b.name, "en");
  });
}

const plain = (value: string): string => value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

export function filterLines(lines: readonly VentureLine[], view: PortfolioView): VentureLine[] {
  const wanted = plain(view.search).split(/\s+/).filter(Boolean);
  return lines.filter((line) => {
    const words = plain(`${line.name} ${line.sector} ${line.currency}`);
    if (!wanted.every((part) => words.includes(part))) return false;
    if (view.stage && line.stage !== view.stage) return false;
    return !view.level || worstLevel(line) === view.level;
  });
}

export type Page = { lines: VentureLine[]; found: number; page: number; pages: number; first: number; last: number };

export function pageOf(lines: readonly VentureLine[], view: PortfolioView): Page {
  const found = sortLines(filterLines(lines, view), view.sort, view.descending);
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const page = Math.min(view.page, pages);
  const start = (page - 1) * PAGE_SIZE;
  const shown = found.slice(start, start + PAGE_SIZE);
  return {
    lines: shown,
    found: found.length,
    page,
    pages,
    first: shown.length ? start + 1 : 0,
    last: start + shown.length,
  };
}
