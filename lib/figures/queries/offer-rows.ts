import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import type { FigureSource } from "../schema";

type DatasetSource = Extract<FigureSource, { kind: "dataset" }>;
type Slice = { skip: number; take: number };

const filterSchema = z.object({ offer: z.uuid(), version: z.int() });
const plain = { importId: null, rowNumber: null, supersededAt: null };

const said = (value: unknown): string =>
  value === null ? "not stated" : typeof value === "object" ? JSON.stringify(value) : String(value);

/** The terms of a version of an offer, and where they are written. */
export async function offerRows({ filter, ventureId }: DatasetSource, { skip, take }: Slice) {
  const { offer: offerId, version } = filterSchema.parse(filter);
  const found = await db.offerVersion.findFirst({ where: { offerId, version, offer: { ventureId } } });
  const all = Object.entries((found?.terms ?? {}) as Record<string, unknown>);
  const by = { correctedBy: found?.by ?? null, reason: found ? `Written in: ${found.source}` : null };
  const rows = all
    .slice(skip, skip + take)
    .map(([key, value]) => ({ key, cells: [key, said(value)], ...plain, ...by }));
  return { columns: ["term", "value"], rows, total: all.length };
}

/** Every version of every offer of a bidder: what another negotiation has for its alternative. */
export async function bidRows({ dataset, ventureId }: DatasetSource, { skip, take }: Slice) {
  const where = { offer: { ventureId, dealId: dataset.slice("bids:".length) } };
  const found = await db.offerVersion.findMany({
    ...{ where, orderBy: [{ dated: "asc" }, { version: "asc" }], skip, take },
    include: { offer: { select: { title: true, kind: true } } },
  });
  const rows = found.map(({ offerId, version, offer, dated, source, terms, by }) => {
    const { price, currency } = terms as Record<string, unknown>;
    return {
      ...{ key: `${offerId}:${version}`, ...plain, correctedBy: by, reason: `Written in: ${source}` },
      cells: [offer.title, offer.kind, String(version), dated.toISOString().slice(0, 10), said(price), said(currency)],
    };
  });
  const columns = ["offer", "kind", "version", "said on", "headline", "currency"];
  return { columns, rows, total: await db.offerVersion.count({ where }) };
}

/** The checklist of a closing as it stands. */
export async function closingRows({ dataset, ventureId }: DatasetSource, { skip, take }: Slice) {
  const where = { closing: { ventureId }, dealId: dataset.slice("closing:".length), removedAt: null };
  const found = await db.closingItem.findMany({ where, orderBy: { ordinal: "asc" }, skip, take });
  const rows = found.map(({ id, task, state }) => {
    const { title, group, dueOn, days, condition } = task as Record<string, unknown>;
    const cells = [title, group, state, dueOn, days, condition].map((value) => (value === null ? "–" : String(value)));
    return { key: id, cells, ...plain, correctedBy: null, reason: null };
  });
  const columns = ["item", "group", "state", "due on", "days", "condition for"];
  return { columns, rows, total: await db.closingItem.count({ where }) };
}
