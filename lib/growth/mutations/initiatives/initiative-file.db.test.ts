import { afterAll, beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { makeVenture } from "@/lib/metrics/test-support/facts";
import { disconnectEngineClient, engineClient } from "@/lib/workflows/transport";
import { listInitiativeFiles } from "../../queries/initiatives/initiative-file";
import { makePerson, NOON } from "../../test-support/initiatives";
import { loadInitiatives, previewInitiatives, undoInitiatives } from "./initiative-file";
import { followInitiatives, readFollowMove } from "./initiative-measure";
import { addNote } from "./initiative-plan";

afterAll(disconnectEngineClient);

let grace: Awaited<ReturnType<typeof makePerson>>;
let ana: Awaited<ReturnType<typeof makePerson>>;
beforeAll(async () => {
  await engineClient();
  [grace, ana] = [await makePerson("chairman"), await makePerson("analyst")];
});

const HEAD = "title;owner;budget;metric;target;baseline;started on;review on;stop rule;milestones";
async function fileFor(ventureId: string, ...rows: string[]) {
  const { email } = await db.user.findUniqueOrThrow({ where: { id: ana.id } });
  const text = [HEAD, ...rows.map((row) => row.replace("OWNER", email))].join("\r\n");
  return { ventureId, fileName: "initiatives.csv", base64: Buffer.from(text).toString("base64"), targets: null };
}
const ANNUAL =
  'Annual plans;OWNER;5000;revenue;1200;1000;2026-03-02;2026-12-01;Stop if it falls;"Offer sent 2026-05-04 done; Decided 2026-12-01"';
const PRICES = "Prices closer together;OWNER;800.50;arpa;;;2026-05-04;2026-12-01;;Announced 2026-06-01";

test("a file is looked at, taken over once, and taken back while nobody has worked on it", async () => {
  const ventureId = await makeVenture();
  const file = await fileFor(ventureId, ANNUAL, PRICES, "No owner;;1;revenue;;;2026-03-02;2026-12-01;;Done 2026-05-01");
  const seen = await previewInitiatives(grace.actor, file, NOON);
  expect(seen.ok && seen.value.lines.map(({ state }) => state)).toEqual(["new", "new", "rejected"]);
  expect(await db.initiative.count({ where: { ventureId } })).toBe(0);

  const loaded = await loadInitiatives(grace.actor, file, NOON);
  expect(loaded).toMatchObject({ ok: true, value: { adopted: 2 } });
  expect(await loadInitiatives(grace.actor, file, NOON)).toMatchObject({ value: { adopted: 0 } });
  const rows = await db.initiative.findMany({
    where: { ventureId },
    include: { milestones: true, tasks: true },
    orderBy: { title: "asc" },
  });
  expect(rows).toMatchObject([
    { title: "Annual plans", status: "running", ownerId: ana.id, budgetMinor: 500_000n, metric: "revenue" },
    { title: "Prices closer together", budgetMinor: 80_050n, targetValue: null },
  ]);
  // No month is stored, so the baseline is what the file says.
  expect(rows[0]?.baselineValue?.toString()).toBe("1000");
  expect(rows[0]?.tasks.map(({ doneOn }) => doneOn !== null)).toEqual([true, false]);
  expect(await db.event.count({ where: { chain: ventureId, type: "initiative.file-loaded" } })).toBe(1);

  const undo = { ventureId, importKey: loaded.ok ? loaded.value.importKey : "" };
  await followInitiatives(ventureId, NOON);
  await expect(undoInitiatives(ana.actor, undo, NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
  expect(await undoInitiatives(grace.actor, undo, NOON)).toMatchObject({ ok: true, value: { removed: 2 } });
  expect(await undoInitiatives(grace.actor, undo, NOON)).toMatchObject({ refusal: "NOT_APPLIED" });
  expect(await db.initiative.count({ where: { ventureId } })).toBe(0);
  expect(await readFollowMove(rows[0]?.id ?? "", NOON)).toMatchObject({ move: { kind: "end" } });
});

test("what somebody has worked on is not taken back, and no other role takes a file over", async () => {
  const ventureId = await makeVenture();
  const file = await fileFor(ventureId, ANNUAL);
  await expect(loadInitiatives(ana.actor, file, NOON)).rejects.toMatchObject({ code: "FORBIDDEN" });
  const loaded = await loadInitiatives(grace.actor, file, NOON);
  const { id } = await db.initiative.findFirstOrThrow({ where: { ventureId } });
  await addNote(ana.actor, { initiativeId: id, text: "First offers are out" }, NOON);
  const undo = { ventureId, importKey: loaded.ok ? loaded.value.importKey : "" };
  expect(await undoInitiatives(grace.actor, undo, NOON)).toMatchObject({ refusal: "BUILT_UPON" });
});

test("columns with other headers are named by a person, and remembered for the next file of these headers", async () => {
  const ventureId = await makeVenture();
  const plain = await fileFor(ventureId, ANNUAL);
  const text = Buffer.from(plain.base64, "base64")
    .toString()
    .replace("title;", "Vorhaben;")
    .replace(";budget;", ";Kosten;");
  const foreign = (more = "") => ({ ...plain, base64: Buffer.from(text + more).toString("base64") });
  const seen = await previewInitiatives(grace.actor, foreign(), NOON);
  if (!seen.ok) throw new Error(seen.refusal);
  expect(seen.value).toMatchObject({ remembered: false, lines: [] });
  expect(seen.value.columns[0]).toMatchObject({ header: "Vorhaben", target: "" });
  expect(seen.value.unclear).toEqual([expect.stringContaining("Title"), expect.stringContaining("Approved budget")]);
  expect(await loadInitiatives(grace.actor, foreign(), NOON)).toMatchObject({ refusal: "INVALID_INPUT" });

  const named = { Vorhaben: "title", Kosten: "budget" } as const;
  const targets = seen.value.columns.map(({ header, target }) => named[header as keyof typeof named] ?? target);
  expect(await loadInitiatives(grace.actor, { ...foreign(), targets }, NOON)).toMatchObject({ value: { adopted: 1 } });
  const next = await previewInitiatives(grace.actor, foreign(`\r\n${PRICES.replace("OWNER", "nobody")}`), NOON);
  expect(next).toMatchObject({
    value: {
      ...{ remembered: true, unclear: [], lines: [{ state: "known" }, { state: "rejected" }] },
      rejected: expect.stringMatching(/Why it is not taken\r\n[^\r]*nobody[^\r]*owner: the name or e-mail[^\r]*\r\n$/),
    },
  });

  const [file, ...more] = await listInitiativeFiles(grace.actor, ventureId);
  expect([file?.fileName, file?.initiatives, more]).toEqual(["initiatives.csv", 1, []]);
  const undo = { ventureId, importKey: file?.importKey ?? "" };
  expect(await undoInitiatives(grace.actor, undo, NOON)).toMatchObject({ ok: true });
  expect(await listInitiativeFiles(grace.actor, ventureId)).toEqual([]);
});
