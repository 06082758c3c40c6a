import { shapeOf } from "@/lib/cap-table/rules/package";

/** A transaction of the cap table as it was imported. */
export type Moved = { objectType: string; date: string | null; payload: Readonly<Record<string, unknown>> };

/** How a holder came to a security; `carried`: from another one of the same holder, whose day and cost it keeps. */
export const WAYS = ["issue", "transfer", "exercise"] as const;
export type Way = (typeof WAYS)[number];
export type Acquired = { on: string | null; way: Way };

type Parent = { ids: readonly string[]; way: Way | "carried" };
type Issued = { on: string | null; holderId: string };

const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];

function issuancesOf(moves: readonly Moved[]): Map<string, Issued> {
  const issued = moves.filter(({ objectType }) => shapeOf(objectType)?.endsWith("_ISSUANCE"));
  return new Map(
    issued.map(({ date, payload }) => [
      text(payload.security_id),
      { on: date, holderId: text(payload.stakeholder_id) },
    ]),
  );
}

/** Which security a result came from, and whether its holder has only exchanged one paper for another. */
function parentsOf(moves: readonly Moved[], issued: ReadonlyMap<string, Issued>): Map<string, Parent> {
  const parents = new Map<string, Parent>();
  const sameHolder = (a: string, b: string) => issued.get(a)?.holderId === issued.get(b)?.holderId;
  for (const { objectType, payload } of moves) {
    const shape = shapeOf(objectType);
    const from = text(payload.security_id);
    if (shape === "CONSOLIDATION") {
      parents.set(text(payload.resulting_security_id), { ids: list(payload.security_ids), way: "carried" });
      continue;
    }
    const balance = text(payload.balance_security_id);
    if (balance) parents.set(balance, { ids: [from], way: "carried" });
    for (const result of list(payload.resulting_security_ids)) {
      const exercised = shape === "EXERCISE" || shape === "RELEASE";
      const way = exercised ? "exercise" : sameHolder(from, result) ? "carried" : "transfer";
      parents.set(result, { ids: [from], way });
    }
  }
  return parents;
}

const DEEPEST = 200;

/**
 * The day and the way in which each security came to its holder. What remains of a partial transfer, and what a
 * conversion, reissue or consolidation made of the holder's own, keeps the first day (tacking, as in 26 USC 1223);
 * papers of different days made into one have none.
 */
export function acquisitions(moves: readonly Moved[]): Map<string, Acquired> {
  const issued = issuancesOf(moves);
  const parents = parentsOf(moves, issued);
  const find = (id: string, depth: number): Acquired => {
    const parent = parents.get(id);
    const own = { on: issued.get(id)?.on ?? null, way: "issue" as const };
    if (!parent || depth > DEEPEST) return own;
    if (parent.way !== "carried") return { on: own.on, way: parent.way };
    const [first, ...others] = parent.ids.map((each) => find(each, depth + 1));
    if (!first) return own;
    return others.every(({ on, way }) => on === first.on && way === first.way) ? first : { on: null, way: first.way };
  };
  return new Map([...issued.keys()].map((id) => [id, find(id, 0)]));
}
