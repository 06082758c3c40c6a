import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { applyImport, importFile } from "@/lib/imports/mutations";

/** The ventures that are prepared or sold; who may buy them is made up, as everything in the demo is. */
export const LISTED_VENTURES = ["meridian-robotics", "northwind-data"] as const;

/** The list of each, as an analyst's research would have it, through the importer. Safe to repeat. */
export async function seedBuyers({ analyst }: { analyst: Actor }): Promise<void> {
  for (const slug of LISTED_VENTURES) {
    const venture = await db.venture.findUnique({ where: { slug }, select: { id: true } });
    if (!venture || (await db.buyerListing.count({ where: { ventureId: venture.id } })) > 0) continue;
    const bytes = await readFile(path.join(import.meta.dirname, "buyers", `${slug}.csv`));
    const about = { ventureId: venture.id, kind: "buyers" as const, sourceName: "Buyer research", asOf: clock.now() };
    const looked = await importFile(analyst, { ...about, bytes, fileName: `${slug}-buyers.csv` }, clock.now());
    if (!looked.ok || looked.value.counts.rejected > 0)
      throw new Error(`The buyers of ${slug} were refused: ${looked.ok ? "rows were rejected" : looked.refusal}`);
    const applied = await applyImport(analyst, looked.value.importId, clock.now());
    if (!applied.ok) throw new Error(`The buyers of ${slug} were refused: ${applied.refusal}`);
  }
}
