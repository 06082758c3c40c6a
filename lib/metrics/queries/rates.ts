import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { isPermitted } from "@/lib/auth/permissions";
import { db, Prisma } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { Exact } from "@/lib/money";
import { dayText } from "../rules/periods";

/** Ventures with facts in one currency of these pairs that are counted in the other. */
export async function listConverting(pairs: readonly string[]): Promise<string[]> {
  if (pairs.length === 0) return [];
  const rows = await db.$queryRaw<{ ventureId: string }[]>`
    SELECT DISTINCT "ventureId" FROM (${CONVERSIONS}) c WHERE "pair" = ANY (${[...pairs]}::text[]) ORDER BY 1`;
  return rows.map((row) => row.ventureId);
}

/** Each venture beside each pair of currencies at which its facts are converted into its own. */
const CONVERSIONS = Prisma.sql`
  SELECT v."id" AS "ventureId", 'fx:' || least(held."currency" COLLATE "C", v."currency" COLLATE "C") || '/'
      || greatest(held."currency" COLLATE "C", v."currency" COLLATE "C") AS "pair"
  FROM "venture" v CROSS JOIN LATERAL (
    SELECT "currency" FROM "metric_point" p WHERE p."ventureId" = v."id" AND p."supersededAt" IS NULL
    UNION SELECT "currency" FROM "subscription" s WHERE s."ventureId" = v."id" AND s."supersededAt" IS NULL
    UNION SELECT "currency" FROM "invoice" i WHERE i."ventureId" = v."id" AND i."supersededAt" IS NULL) held
  WHERE held."currency" IS NOT NULL AND held."currency" <> v."currency"`;

/** Ceilings of the policy and sizes of companies are in US dollars, so each venture needs its currency's rate. */
const DOLLARS = Prisma.sql`
  SELECT "id", 'fx:' || least("currency" COLLATE "C", 'USD') || '/' || greatest("currency" COLLATE "C", 'USD')
  FROM "venture" WHERE "currency" <> 'USD'`;

export type RatePair = {
  base: string;
  quote: string;
  rates: number;
  from: string;
  newest: string;
  rate: string;
  source: string;
  /** How many ventures have facts that are converted at it, or are weighed in US dollars at it. */
  ventures: number;
};

type PairRow = Omit<RatePair, "from" | "newest" | "rate"> & { from: Date; newest: Date; rate: Prisma.Decimal };

function requireReader(actor: Actor): void {
  if (!isPermitted(actor.role, "venture:read")) throw new AppError("FORBIDDEN");
}

/** Every pair that has a rate, with its newest one. */
export async function listRatePairs(actor: Actor): Promise<RatePair[]> {
  requireReader(actor);
  const rows = await db.$queryRaw<PairRow[]>`
    SELECT p.*, n."rate", n."source", coalesce(u."ventures", 0)::int AS "ventures" FROM (
      SELECT "base", "quote", count(*)::int AS "rates", min("day") AS "from", max("day") AS "newest"
      FROM "fx_rate" WHERE "supersededAt" IS NULL GROUP BY "base", "quote") p
    JOIN "fx_rate" n ON n."base" = p."base" AND n."quote" = p."quote" AND n."day" = p."newest" AND n."supersededAt" IS NULL
    LEFT JOIN (SELECT "pair", count(DISTINCT "ventureId") AS "ventures" FROM (${CONVERSIONS} UNION ALL ${DOLLARS}) c GROUP BY "pair") u
      ON u."pair" = 'fx:' || least(p."base" COLLATE "C", p."quote" COLLATE "C") || '/'
        || greatest(p."base" COLLATE "C", p."quote" COLLATE "C")
    ORDER BY p."base", p."quote"`;
  return rows.map((row) => ({
    ...row,
    from: dayText(row.from),
    newest: dayText(row.newest),
    rate: new Exact(row.rate.toString()).toFixed(),
  }));
}

export type RateRow = {
  id: string;
  base: string;
  quote: string;
  day: string;
  rate: string;
  source: string;
  /** The file and row that said so; null for a rate by a person, or one of the start. */
  importId: string | null;
  rowNumber: number | null;
  fileName: string | null;
  recordedBy: string;
  byPerson: boolean;
  recordedAt: string;
  reason: string | null;
  supersededAt: string | null;
};

export type RateFilter = { base: string | null; quote: string | null; history: boolean };
type Slice = { skip: number; take: number };

/** Rates, the newest day first; with `history` also those that were replaced or taken back. */
export async function listRates(
  actor: Actor,
  filter: RateFilter,
  slice: Slice,
): Promise<{ rows: RateRow[]; total: number }> {
  requireReader(actor);
  const { base, quote, history } = filter;
  const where = { ...(base ? { base } : {}), ...(quote ? { quote } : {}), ...(history ? {} : { supersededAt: null }) };
  const [total, found] = await Promise.all([
    db.fxRate.count({ where }),
    db.fxRate.findMany({
      ...{ where, ...slice },
      orderBy: [{ day: "desc" }, { base: "asc" }, { quote: "asc" }, { id: "desc" }],
    }),
  ]);
  const [files, names] = await Promise.all([
    db.import.findMany({
      where: { id: { in: found.flatMap((row) => row.importId ?? []) } },
      select: { id: true, fileName: true },
    }),
    namesByRef(
      db,
      found.map(({ recordedBy }) => recordedBy),
    ),
  ]);
  const fileNames = new Map(files.map((file) => [file.id, file.fileName]));
  const rows = found.map(({ id, base: from, quote: into, day, rate, source, importId, rowNumber, ...row }) => ({
    ...{ id: id.toString(), base: from, quote: into, day: dayText(day), rate: new Exact(rate.toString()).toFixed() },
    ...{ source, importId, rowNumber, fileName: importId ? (fileNames.get(importId) ?? null) : null },
    recordedBy: names.get(row.recordedBy) ?? row.recordedBy,
    byPerson: importId === null && row.recordedBy.startsWith("user:"),
    recordedAt: row.recordedAt.toISOString(),
    reason: row.reason,
    supersededAt: row.supersededAt?.toISOString() ?? null,
  }));
  return { rows, total };
}
