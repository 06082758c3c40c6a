import { RISK_SORTS, RISK_STATUSES, type RiskSort, type RiskView } from "@/lib/stage/schema/risks";

type SearchParams = Readonly<Record<string, string | string[] | undefined>>;
const one = (value: string | string[] | undefined): string => (Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));

export function parseRiskView(params: SearchParams): RiskView {
  const sort = RISK_SORTS.find((known) => known === one(params.sort)) ?? "score";
  const order = one(params.order);
  return {
    venture: /^[a-z0-9-]{1,60}$/.test(one(params.venture)) ? one(params.venture) : "",
    owner: /^[a-z0-9-]{1,36}$/.test(one(params.owner)) ? one(params.owner) : "",
    status: one(params.status) === "all" ? "all" : (RISK_STATUSES.find((known) => known === one(params.status)) ?? ""),
    sort,
    descending: order === "" ? sort === "score" : order === "descending",
  };
}

/** The same view sorted by another column; a second press turns it round. */
export function riskSortHref(view: RiskView, by: RiskSort): string {
  const descending = view.sort === by ? !view.descending : by === "score";
  const { venture, owner, status } = view;
  const entries = Object.entries({ venture, owner, status, sort: by, order: descending ? "descending" : "ascending" });
  return `/alerts/risks?${new URLSearchParams(entries.filter(([, value]) => value !== ""))}`;
}
