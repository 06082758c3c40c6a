import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, Prisma } from "@/lib/db";
import { AppError } from "@/lib/errors";

export const RECORD_KINDS = ["subscriptions", "invoices"] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

export type DisagreeingRecord = {
  externalId: string;
  /** What each source says, as text: amount in the minor unit, days, state. */
  values: { sourceId: string; says: Record<string, string | null> }[];
};
export type Disagreement = {
  kind: RecordKind;
  /** How many ids two sources hold with different content. */
  count: number;
  sources: { id: string; name: string }[];
  believed: { id: string; name: string } | null;
  /** The first of them, by id. */
  examples: DisagreeingRecord[];
};

type Shape = { table: Prisma.Sql; said: Prisma.Sql };

// The columns that decide whether two statements are the same one: as in lib/metrics, which leaves such a record out.
const SHAPES: Readonly<Record<RecordKind, Shape>> = {
  subscriptions: {
    table: Prisma.sql`"subscription"`,
    said: Prisma.sql`jsonb_build_object('customer', "customerExternalId", 'starts', "startOn", 'ends', "endOn",
      'amountMinor', "amountMinor"::text, 'currency', "currency", 'interval', "interval", 'quantity', trim_scale("quantity")::text)`,
  },
  invoices: {
    table: Prisma.sql`"invoice"`,
    said: Prisma.sql`jsonb_build_object('customer', "customerExternalId", 'issued', "issuedOn",
      'amountMinor', "amountMinor"::text, 'currency', "currency", 'status', "status")`,
  },
};

const MOST_EXAMPLES = 8;

type Row = { externalId: string; sourceId: string; says: Record<string, string | null>; total: number };

/** The subscriptions and invoices that two sources hold differently, and which source figures believe. */
export async function listDisagreeing(actor: Actor, ventureId: string): Promise<Disagreement[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const [sources, books] = await Promise.all([
    db.dataSource.findMany({ where: { ventureId }, select: { id: true, name: true } }),
    db.bookOfRecord.findMany({ where: { ventureId, metric: { in: [...RECORD_KINDS] } } }),
  ]);
  const named = (id: string) => ({ id, name: sources.find((source) => source.id === id)?.name ?? "unnamed source" });
  const found = await Promise.all(RECORD_KINDS.map((kind) => disagreeing(kind, ventureId)));
  return RECORD_KINDS.flatMap((kind, i) => {
    const rows = found[i] ?? [];
    const [first] = rows;
    if (!first) return [];
    const book = books.find((one) => one.metric === kind);
    const examples = [...Map.groupBy(rows, (row) => row.externalId)].map(([externalId, group]) => ({
      externalId,
      values: group.map(({ sourceId, says }) => ({ sourceId, says })),
    }));
    const ids = [...new Set(rows.map((row) => row.sourceId))];
    const believed = book ? named(book.sourceId) : null;
    return [{ kind, count: first.total, sources: ids.map(named), believed, examples }];
  });
}

async function disagreeing(kind: RecordKind, ventureId: string): Promise<Row[]> {
  const { table, said } = SHAPES[kind];
  return db.$queryRaw<Row[]>`
    WITH current AS (
      SELECT "externalId", "sourceId"::text AS "sourceId", ${said} AS says FROM ${table}
      WHERE "ventureId" = ${ventureId}::uuid AND "supersededAt" IS NULL),
    twice AS (
      SELECT "externalId", count(*) OVER ()::int AS total FROM current GROUP BY "externalId"
      HAVING count(DISTINCT "sourceId") > 1 AND count(DISTINCT says) > 1 ORDER BY "externalId" LIMIT ${MOST_EXAMPLES})
    SELECT current.*, twice.total FROM current JOIN twice USING ("externalId") ORDER BY "externalId", "sourceId"`;
}
