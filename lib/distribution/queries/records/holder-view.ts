import "server-only";
import type { Holder } from "@/lib/auth/holder-session";
import { hashToken } from "@/lib/auth/secrets";
import { db } from "@/lib/db";
import { todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { accessShut, isShown } from "../../rules/records/access";

/** All that a holder is shown is read here, through what the chairman let be issued to this holder. */

/** The door behind a link, if it is open today and this address is named; null for everything else. */
export async function findOpenDoor(link: string, email: string, now: Date) {
  const door = await db.holderAccess.findUnique({ where: { linkHash: hashToken(link) } });
  if (!door?.emails.includes(email)) return null;
  const venture = await db.venture.findUnique({ where: { id: door.ventureId }, select: { timeZone: true } });
  const { revokedAt, expiresOn } = door;
  if (!venture || accessShut({ revokedAt, expiresOn: dayText(expiresOn) }, todayOf(venture, now))) return null;
  return door;
}

type Own = Pick<Holder, "ventureId" | "holderId">;

export type ShownStatement = { id: string; name: string; currency: string; version: number; slug: string };

/** The file, for the routes that draw the mark on it; asked as narrowly as what it is of. */
export async function readShown({ ventureId, holderId }: Own, statementId: string): Promise<Uint8Array | null> {
  const row = await db.holderStatement.findFirst({ where: { id: statementId, ventureId, holderId } });
  return row && isShown(row) ? row.pdf : null;
}

/** One statement, if it is this holder's and was issued; null for everything else, whether it exists or not. */
export async function findShown({ ventureId, holderId }: Own, statementId: string): Promise<ShownStatement | null> {
  const row = await db.holderStatement.findFirst({
    where: { id: statementId, ventureId, holderId },
    omit: { pdf: true },
  });
  if (!row?.pdfHash || !isShown(row)) return null;
  const { slug } = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { slug: true } });
  return { id: row.id, name: row.name, currency: row.currency, version: row.version, slug };
}

export type HolderLine = {
  id: string;
  currency: string;
  version: number;
  asOf: string;
  issuedAt: string;
  reason: string;
  hash: string;
  /** A later revision of it was issued as well. */
  replaced: boolean;
};
export type HolderRoom = { venture: string; statements: HolderLine[] };

/** What the holder's room lists: the issued revisions of this holder's statements, newest first. */
export async function getHolderRoom({ ventureId, holderId }: Own): Promise<HolderRoom> {
  const venture = await db.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { name: true } });
  const rows = await db.holderStatement.findMany({
    where: { ventureId, holderId, issuedAt: { not: null }, withdrawnAt: null, pdfHash: { not: null } },
    orderBy: [{ currency: "asc" }, { version: "desc" }],
    omit: { pdf: true },
  });
  const newest = new Map(rows.toReversed().map(({ currency, version }) => [currency, version]));
  return {
    venture: venture.name,
    statements: rows.map(({ id, currency, version, asOf, issuedAt, reason, pdfHash }) => ({
      ...{ id, currency, version, asOf: dayText(asOf), issuedAt: issuedAt?.toISOString() ?? "", reason },
      ...{ hash: pdfHash ?? "", replaced: newest.get(currency) !== version },
    })),
  };
}
