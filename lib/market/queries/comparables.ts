import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import type { ComparableKind } from "../schema/comparables";

export type Comparable = {
  id: string;
  kind: ComparableKind;
  name: string;
  metric: string;
  multiple: string;
  date: string;
  source: string;
  excluded: string | null;
};

/** A venture's multiples, newest first; who may see them was asked before. */
export async function loadComparables(client: Db | Tx, ventureId: string): Promise<Comparable[]> {
  const rows = await client.comparable.findMany({
    where: { ventureId },
    orderBy: [{ kind: "desc" }, { date: "desc" }, { name: "asc" }],
  });
  return rows.map(({ id, kind, name, metric, multiple, date, source, excluded }) => ({
    ...{ id, name, metric, source, excluded },
    kind: kind === "precedent" ? "precedent" : "trading",
    multiple: new Exact(multiple.toString()).toFixed(),
    date: dayText(date),
  }));
}

export async function listComparables(actor: Actor, ventureId: string): Promise<Comparable[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return loadComparables(db, ventureId);
}
