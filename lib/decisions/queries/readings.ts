import "server-only";
import { type Actor, maySeeVenture, venturesInSql } from "@/lib/auth/actor";
import { listOwners, type Person } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { dayText } from "@/lib/metrics/rules/periods";
import { OPEN } from "../rules/verdict";
import { STANCES, type Stance } from "../schema/inbox";
import { accountOf, namesOf } from "./people";

export type ReadingView = {
  id: string;
  reader: string;
  askedBy: string;
  askedAt: string;
  /** Asked for by, or of, the person who looks. */
  mine: boolean;
  own: boolean;
  note: string;
  dueOn: string;
  stance: Stance | null;
  opinion: string | null;
  opinionVersion: number | null;
  givenAt: string | null;
};

const stanceOf = (text: string | null): Stance | null => STANCES.find((stance) => stance === text) ?? null;

/** Who was asked to read a memo, and what they said of it; whoever was let off is left out. */
export async function listReadings(actor: Actor, memoId: string): Promise<ReadingView[]> {
  const rows = await db.memoReading.findMany({ where: { memoId, withdrawnAt: null }, orderBy: { askedAt: "asc" } });
  if (rows.length === 0) return [];
  const refs = rows.flatMap(({ readerId, askedBy }) => [`user:${readerId}`, askedBy]);
  const nameOf = await namesOf(db, refs);
  return rows.map(({ id, readerId, askedBy, note, opinion, opinionVersion, ...row }) => ({
    ...{ id, note, opinion, opinionVersion, stance: stanceOf(row.stance) },
    ...{ reader: nameOf(`user:${readerId}`), askedBy: nameOf(askedBy), mine: askedBy === actor.ref },
    ...{ own: readerId === accountOf(actor), dueOn: dayText(row.dueOn) },
    ...{ askedAt: row.askedAt.toISOString(), givenAt: row.givenAt?.toISOString() ?? null },
  }));
}

/** Colleagues who see the venture, but not oneself: who can be asked to read a memo about it. */
export async function listReaders(actor: Actor, ventureId: string): Promise<Person[]> {
  if (!isPermitted(actor.role, "memo:decide") || !maySeeVenture(actor, ventureId)) return [];
  return (await listOwners(db, ventureId)).filter(({ id }) => id !== accountOf(actor));
}

export type AskedReading = {
  id: string;
  memoId: string;
  title: string;
  venture: string;
  askedBy: string;
  dueOn: string;
  note: string;
};

/** What a person was asked to read and has said nothing about, the nearest day first; of memos that are still open. */
export async function listAskedReadings(actor: Actor, now: Date): Promise<AskedReading[]> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const readerId = accountOf(actor);
  if (!readerId) return [];
  const rows = await db.$queryRaw<(Omit<AskedReading, "dueOn"> & { dueOn: Date })[]>`
    SELECT r."id", m."id" AS "memoId", m."title", v."name" AS "venture", r."askedBy", r."dueOn", r."note"
    FROM "memo_reading" r JOIN "memo" m ON m."id" = r."memoId" JOIN "venture" v ON v."id" = m."ventureId"
    WHERE r."readerId" = ${readerId}::uuid AND r."givenAt" IS NULL AND r."withdrawnAt" IS NULL
      AND m."status"::text = ANY(${[...OPEN]}) AND m."expiresAt" > ${now}
      AND (${venturesInSql(actor)}::uuid[] IS NULL OR m."ventureId" = ANY(${venturesInSql(actor)}::uuid[]))
    ORDER BY r."dueOn", r."id"`;
  const nameOf = await namesOf(
    db,
    rows.map(({ askedBy }) => askedBy),
  );
  return rows.map((row) => ({ ...row, askedBy: nameOf(row.askedBy), dueOn: dayText(row.dueOn) }));
}
