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
