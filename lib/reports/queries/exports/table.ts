import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { ExportSheet } from "../../rules/export-table";

/** A table as it is about to be written: whatever may be refused has been by then. */
export type OpenedTable = ExportSheet & {
  /** For the name of the file: a venture's slug, or "holding". */
  subject: string;
  /** Whose record notes the export; null for the holding's. */
  ventureId: string | null;
};

export type ExportContext = { actor: Actor; now: Date; zone: string };

/** A table that can be taken along: what the address may ask, and how its rows are found. Who may: EXPORT_PERMISSIONS. */
export type ExportTable<Query extends z.ZodType = z.ZodType> = {
  query: Query;
  open: (context: ExportContext, query: z.output<Query>) => Promise<OpenedTable>;
};

/** Keeps the type of the query while the table is among others. */
export const exportTable = <Query extends z.ZodType>(table: ExportTable<Query>): ExportTable => table as ExportTable;

export const slugSchema = z.string().regex(/^[a-z0-9-]{1,80}$/);
export const ofVenture = z.object({ venture: slugSchema });

export type ExportedVenture = { id: string; slug: string; name: string; currency: string; timeZone: string };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The venture that the address names by its slug or id; one out of sight is as one that is not. */
export async function ventureInSight(actor: Actor, slug: string): Promise<ExportedVenture> {
  const venture = await db.venture.findUnique({
    where: UUID.test(slug) ? { id: slug } : { slug },
    select: { id: true, slug: true, name: true, currency: true, timeZone: true },
  });
  if (!venture || !maySeeVenture(actor, venture.id)) throw new AppError("NOT_FOUND");
  return venture;
}

const PAGE = 2_000;

/** Rows page by page after the last id, so that a large table is never held whole. */
export async function* paged<Row extends { id: bigint | string }>(
  page: (after: Row["id"] | null, take: number) => Promise<Row[]>,
): AsyncGenerator<Row> {
  for (let after: Row["id"] | null = null; ; ) {
    const rows: Row[] = await page(after, PAGE);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.id;
  }
}

export async function* mapRows<Row, Out>(rows: AsyncIterable<Row>, of: (row: Row) => Out): AsyncGenerator<Out> {
  for await (const row of rows) yield of(row);
}
