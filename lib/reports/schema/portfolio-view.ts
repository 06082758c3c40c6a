import {
  AUTONOMY_CHOICES,
  type Bounds,
  COLUMN_KEYS,
  type ColumnKey,
  MEASURES,
  type Measure,
  MOST_COMPARED,
  PLAIN_COLUMNS,
  type PortfolioView,
  PROFILE_CHOICES,
  SORT_KEYS,
  STAGES,
  WORST,
} from "./portfolio";

export type SearchParams = Readonly<Record<string, string | string[] | undefined>>;

const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));
const all = (value: string | string[] | undefined): string[] => (Array.isArray(value) ? value : [value ?? ""]);
const known = <T extends string>(list: readonly T[], value: string): T | null =>
  list.find((item) => item === value) ?? null;

const DECIMAL = /^-?\d{1,9}(\.\d{1,4})?$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A number as a person types it, with a point or a comma; null for anything else. */
function bound(text: string): string | null {
  const plain = text.trim().replace(",", ".").replace("−", "-");
  return DECIMAL.test(plain) ? plain : null;
}

function boundsOf(params: SearchParams): PortfolioView["bounds"] {
  const given = MEASURES.map((measure): [Measure, Bounds] => [
    measure,
    { from: bound(one(params[`${measure}-from`])), to: bound(one(params[`${measure}-to`])) },
  ]);
  return Object.fromEntries(given.filter(([, { from, to }]) => from !== null || to !== null));
}

function columnsOf(text: string): readonly ColumnKey[] {
  const wanted = text.split(",").flatMap((key) => known(COLUMN_KEYS, key) ?? []);
  return wanted.length > 0 ? [...new Set(wanted)] : PLAIN_COLUMNS;
}

/** The ventures that an address names, in its order, each once, at most four: of "a,b" and of repeated parameters. */
export function comparedOf(value: string | string[] | undefined, most = MOST_COMPARED): string[] {
  const slugs = all(value).flatMap((text) => text.split(","));
  return [...new Set(slugs.filter((slug) => SLUG.test(slug) && slug.length <= 60))].slice(0, most);
}

/** Anything that is not understood falls back to the plain view; an address never breaks the page. */
export function parseView(params: SearchParams): PortfolioView {
  const page = Number.parseInt(one(params.page), 10);
  const [owner, kept] = [one(params.owner), one(params.view)];
  return {
    search: one(params.q).slice(0, 100),
    stage: known(STAGES, one(params.stage)),
    level: known(WORST, one(params.level)),
    profile: known(PROFILE_CHOICES, one(params.profile)),
    autonomy: known(AUTONOMY_CHOICES, one(params.autonomy)),
    owner: owner === "nobody" || UUID.test(owner) ? owner : null,
    sector: one(params.sector).slice(0, 80) || null,
    bounds: boundsOf(params),
    only: comparedOf(params.only, 100),
    columns: columnsOf(one(params.columns)),
    sort: known(SORT_KEYS, one(params.sort)) ?? "name",
    descending: one(params.order) === "descending",
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    kept: kept === "all" || UUID.test(kept) ? kept : null,
  };
}

const isPlain = (columns: readonly ColumnKey[]): boolean => columns.join() === PLAIN_COLUMNS.join();

/** Filter, order and columns as an address carries them; empty where they are plain. Neither page nor kept view are part. */
export function queryOf(view: PortfolioView): Record<string, string> {
  const bounds = MEASURES.flatMap((measure) => [
    [`${measure}-from`, view.bounds[measure]?.from ?? ""],
    [`${measure}-to`, view.bounds[measure]?.to ?? ""],
  ]);
  return {
    q: view.search,
    ...{ stage: view.stage ?? "", level: view.level ?? "", profile: view.profile ?? "", autonomy: view.autonomy ?? "" },
    ...{ owner: view.owner ?? "", sector: view.sector ?? "", only: view.only.join() },
    ...Object.fromEntries(bounds),
    columns: isPlain(view.columns) ? "" : view.columns.join(),
    sort: view.sort === "name" ? "" : view.sort,
    order: view.descending ? "descending" : "",
  };
}

const written = (entries: Readonly<Record<string, string>>): string =>
  new URLSearchParams(Object.entries(entries).filter(([, value]) => value)).toString();

/** What is kept of a view: the same for two addresses that show the same. */
export const keptQuery = (view: PortfolioView): string => written(queryOf(view));

/** The address of a changed view; what is plain is left out. Changing anything but the page starts at the first page. */
export function hrefOf(path: string, view: PortfolioView, change: Partial<PortfolioView> = {}): string {
  const next = { ...view, page: 1, ...change };
  const query = written({ ...queryOf(next), view: next.kept ?? "", page: next.page > 1 ? String(next.page) : "" });
  return query ? `${path}?${query}` : path;
}

/** A kept query as a view again; what it says of pages is of yesterday. */
export const viewOfQuery = (query: string, kept: string): PortfolioView => ({
  ...parseView(Object.fromEntries(new URLSearchParams(query))),
  ...{ page: 1, kept },
});

/** Is anything left out of the list? */
export const isFiltered = (view: PortfolioView): boolean =>
  Object.keys(view.bounds).length > 0 ||
  [view.search, view.stage, view.level, view.profile, view.autonomy, view.owner, view.sector].some(Boolean) ||
  view.only.length > 0;

/** Is anything said that only the further filters can say? */
export const isNarrow = ({ profile, autonomy, owner, sector, bounds }: PortfolioView): boolean =>
  [profile, autonomy, owner, sector].some(Boolean) || Object.keys(bounds).length > 0;

const plain = (value: string): string => value.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The words that a venture's name, sector and currency have to hold, without accents and capitals. */
export const searchWords = (search: string): string[] => plain(search).split(/\s+/).filter(Boolean);
