import "server-only";
import type { Db, Tx } from "@/lib/db";

export type Person = { id: string; name: string };

const PERSON = /^user:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Names of people by the reference that events and rows carry ("user:<id>"); others are left out. */
export async function namesByRef(tx: Db | Tx, refs: Iterable<string>): Promise<Map<string, string>> {
  const ids = [...new Set(refs)].flatMap((ref) => PERSON.exec(ref)?.[1] ?? []);
  if (ids.length === 0) return new Map();
  const people = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } });
  return new Map(people.map(({ id, name }) => [`user:${id}`, name]));
}

/** Those of the holding who work on a venture: they may see it, and something can be theirs to do. */
const working = (ventureId: string) => ({
  ...{ disabledAt: null, role: { in: ["chairman" as const, "analyst" as const] } },
  OR: [{ grants: { none: {} } }, { grants: { some: { ventureId } } }],
});

/** Who can be named as the owner of something at a venture. */
export const listOwners = (tx: Db | Tx, ventureId: string): Promise<Person[]> =>
  tx.user.findMany({ where: working(ventureId), select: { id: true, name: true }, orderBy: { name: "asc" } });

/** Whether something at a venture may be given to this person; nobody is always possible. */
export async function mayOwn(tx: Db | Tx, ventureId: string, ownerId: string | null): Promise<boolean> {
  return ownerId === null || (await tx.user.count({ where: { id: ownerId, ...working(ventureId) } })) === 1;
}
