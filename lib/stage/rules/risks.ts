import type { RiskSort, RiskStatus, RiskView } from "../schema/risks";

export type RiskFacts = {
  title: string;
  venture: { slug: string; name: string } | null;
  owner: { id: string; name: string } | null;
  likelihood: number;
  impact: number;
  dueOn: string | null;
  status: RiskStatus;
};

/** 1 to 25. */
export const riskScore = ({ likelihood, impact }: Pick<RiskFacts, "likelihood" | "impact">): number =>
  likelihood * impact;

export type RiskLevel = "critical" | "warning" | "healthy";

/** The usual 5 × 5 matrix: from 15 it is critical, from 8 it is watched. */
export function riskLevel(risk: Pick<RiskFacts, "likelihood" | "impact">): RiskLevel {
  const score = riskScore(risk);
  return score >= 15 ? "critical" : score >= 8 ? "warning" : "healthy";
}

export const isOverdue = ({ dueOn, status }: Pick<RiskFacts, "dueOn" | "status">, today: string): boolean =>
  dueOn !== null && dueOn < today && (status === "open" || status === "mitigating");

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const KEYS: Readonly<Record<RiskSort, (risk: RiskFacts) => string | number>> = {
  score: riskScore,
  title: ({ title }) => title.toLowerCase(),
  venture: ({ venture }) => venture?.name.toLowerCase() ?? "",
  owner: ({ owner }) => owner?.name.toLowerCase() ?? "\uffff",
  due: ({ dueOn }) => dueOn ?? "9999",
  status: ({ status }) => status,
};

/** As the address asks: without a word about status, what is not closed. Equal ones by score, then by title. */
export function viewRisks<Risk extends RiskFacts>(risks: readonly Risk[], view: RiskView): Risk[] {
  const kept = risks.filter(
    ({ status, owner, venture }) =>
      (view.status === "all" || (view.status === "" ? status !== "closed" : status === view.status)) &&
      (view.owner === "" || (view.owner === "nobody" ? owner === null : owner?.id === view.owner)) &&
      (view.venture === "" || (view.venture === "holding" ? venture === null : venture?.slug === view.venture)),
  );
  const key = KEYS[view.sort];
  const compare = (a: Risk, b: Risk): number => {
    const [left, right] = [key(a), key(b)];
    const by =
      typeof left === "number" && typeof right === "number" ? left - right : byText(String(left), String(right));
    return view.descending ? -by : by;
  };
  return kept.sort(
    (a, b) => compare(a, b) || riskScore(b) - riskScore(a) || byText(a.title.toLowerCase(), b.title.toLowerCase()),
  );
}
