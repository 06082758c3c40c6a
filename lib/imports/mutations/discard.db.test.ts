import { beforeEach, expect, test } from "vitest";
import { db, pool } from "@/lib/db";
import { applyImport, importFile } from "../mutations";
import { findSweptAt } from "../queries/swept";
import { stagingTable } from "../rules/staging";
import { analyst, csvFile, makeVenture, NOW } from "../test-support/venture";
import { discardImport } from "./discard";
import { sweepPreviews } from "./sweep";

const actor = analyst();
const CSV = (name: string) => `id,name\n1,${name}\n,nobody\n`;
let ventureId: string;
beforeEach(async () => {
  ventureId = await makeVenture();
});

async function preview(name: string): Promise<string> {
  const made = await importFile(actor, csvFile(ventureId, "customers", CSV(name)));
  if (!made.ok) throw new Error(made.refusal);
  return made.value.importId;
}
const staged = async (id: string) =>
  (await pool().query<{ name: string | null }>("SELECT to_regclass($1)::text AS name", [stagingTable(id)])).rows[0]
    ?.name;

test("an upload that was not applied goes with its rows and its file, and the record says so", async () => {
  const importId = await preview("Discarded");
  const { fileSha256 } = await db.import.findUniqueOrThrow({ where: { id: importId } });
  expect(await staged(importId)).not.toBeNull();
  expect(await discardImport(actor, importId, NOW)).toEqual({ ok: true, value: { fileName: "customers.csv" } });
  expect(await staged(importId)).toBeNull();
  for (const left of [
    db.import.count({ where: { id: importId } }),
    db.importReject.count({ where: { importId } }),
    db.importProgress.count({ where: { importId } }),
    db.storedFile.count({ where: { sha256: fileSha256 } }),
  ])
    expect(await left).toBe(0);
  const last = await db.event.findFirstOrThrow({ where: { chain: ventureId }, orderBy: { seq: "desc" } });
  expect(last).toMatchObject({
    type: "import.discarded",
    payload: { importId, fileName: "customers.csv", sha256: fileSha256, fileKept: false },
  });
  await expect(discardImport(actor, importId, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("the bytes stay while another import needs them", async () => {
  const [one, two] = [await preview("Shared"), await preview("Shared")];
  await discardImport(actor, one, NOW);
  expect(await applyImport(actor, two, NOW)).toMatchObject({ ok: true });
});

test("what was applied is not thrown away, and neither by somebody who may not see it", async () => {
  const importId = await preview("Kept");
  await applyImport(actor, importId, NOW);
  expect(await discardImport(actor, importId, NOW)).toMatchObject({ ok: false, refusal: "ALREADY_APPLIED" });
  expect(await db.importReject.count({ where: { importId } })).toBe(1);
  await expect(discardImport(analyst([]), importId, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("of an apply and a discard at once one wins", async () => {
  const importId = await preview("Race");
  const [applied, discarded] = await Promise.all([
    applyImport(actor, importId, NOW).catch(() => ({ ok: false })),
    discardImport(actor, importId, NOW),
  ]);
  expect([applied.ok, discarded.ok].filter(Boolean)).toHaveLength(1);
  expect(await db.customer.count({ where: { ventureId } })).toBe(applied.ok ? 1 : 0);
});

test("a swept preview is named, and the import says since when", async () => {
  const importId = await preview("Swept");
  const later = new Date(Date.now() + 8 * 86_400_000);
  const swept = await sweepPreviews(later);
  expect(swept.imports).toContainEqual({ importId, ventureId, fileName: "customers.csv" });
  expect(swept.previews).toBe(swept.imports.length);
  expect(await findSweptAt(actor, importId)).toEqual(later);
});
