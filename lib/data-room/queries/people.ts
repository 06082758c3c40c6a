import "server-only";
import { type Db, db, type Tx } from "@/lib/db";

/** Names of people by reference, as events write them. */
export async function namesOf(refs: readonly string[], tx: Db | Tx = db): Promise<Map<string, string>> {
  const ids = [...new Set(refs)].filter((ref) => ref.startsWith("user:")).map((ref) => ref.slice(5));
  const users = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(users.map(({ id, name }) => [`user:${id}`, name]));
}

export type Person = { id: string; name: string };
/** Who can be asked to answer for a section. */
export async function listAnswerers(): Promise<Person[]> {
  const where = { disabledAt: null, role: { in: ["chairman" as const, "analyst" as const] } };
  return db.user.findMany({ where, select: { id: true, name: true }, orderBy: { name: "asc" } });
}
