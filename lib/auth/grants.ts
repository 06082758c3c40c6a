import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { db } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import type { Actor } from "./actor";
import { isPermitted } from "./permissions";
import { decidePersonChange, type PeopleRefusal } from "./rules";

export type GrantableVenture = { id: string; name: string; archived: boolean };

/** Every venture by name, for who manages people: names only, because an administrator reads no venture. */
export async function listGrantableVentures(actor: Actor): Promise<GrantableVenture[]> {
  if (!isPermitted(actor.role, "people:manage")) throw new AppError("FORBIDDEN");
  const rows = await db.venture.findMany({
    select: { id: true, name: true, archivedAt: true },
    orderBy: [{ archivedAt: { sort: "asc", nulls: "first" } }, { name: "asc" }],
  });
  return rows.map(({ id, name, archivedAt }) => ({ id, name, archived: archivedAt !== null }));
}

/** The ids of the ventures granted, by the id of the person; who has none is not in it. */
export async function listGrants(actor: Actor): Promise<ReadonlyMap<string, readonly string[]>> {
  if (!isPermitted(actor.role, "people:manage")) throw new AppError("FORBIDDEN");
  const rows = await db.ventureGrant.findMany({ orderBy: { ventureId: "asc" } });
  const byPerson = Map.groupBy(rows, (row) => row.userId);
  return new Map([...byPerson].map(([userId, grants]) => [userId, grants.map((grant) => grant.ventureId)]));
}

type Wanted = {
  userId: string;
  /** Null: no limit for a reader, nothing for a guest or an administrator. */
  ventureIds: readonly string[] | null;
  /** What the person who decides had before them. */
  expected: readonly string[];
};

const same = (a: readonly string[], b: readonly string[]) => [...a].sort().join() === [...b].sort().join();

/**
 * Says which ventures a person may see, from the next request on. A list without any venture is refused, because to a
 * reader no grants mean every venture.
 */
export async function setVentureGrants(
  actor: Actor,
  { userId, ventureIds, expected }: Wanted,
  now: Date,
): Promise<Result<{ granted: number }, PeopleRefusal | "NO_VENTURE_CHOSEN">> {
  if (!isPermitted(actor.role, "people:manage")) throw new AppError("FORBIDDEN");
  const wanted = [...new Set(ventureIds ?? [])];
  if (ventureIds && wanted.length === 0) return refuse("NO_VENTURE_CHOSEN");
  return await db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "app_user" WHERE "id" = ${userId}::uuid FOR UPDATE`;
    const target = await tx.user.findUnique({ where: { id: userId } });
    if (!target) return refuse("NOT_FOUND");
    const refusal = decidePersonChange({ actor, target, next: target.role, activeChairmen: 1 });
    if (refusal) return refuse(refusal);
    const before = (await tx.ventureGrant.findMany({ where: { userId } })).map((grant) => grant.ventureId);
    if (!same(before, expected)) throw new AppError("CONFLICT");
    if ((await tx.venture.count({ where: { id: { in: wanted } } })) !== wanted.length) return refuse("NOT_FOUND");
    if (same(before, wanted)) return ok({ granted: wanted.length });
    await tx.ventureGrant.deleteMany({ where: { userId, ventureId: { notIn: wanted } } });
    const data = wanted.map((ventureId) => ({ userId, ventureId, createdAt: now }));
    await tx.ventureGrant.createMany({ data, skipDuplicates: true });
    await recordEvent(tx, {
      ventureId: null,
      type: "user.ventures-granted",
      actor: actor.ref,
      subject: `user:${userId}`,
      payload: { from: before, to: wanted },
      at: now,
    });
    return ok({ granted: wanted.length });
  });
}
