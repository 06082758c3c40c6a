import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { applyImport, importFile } from "@/lib/imports/mutations";
import { undoImport } from "@/lib/imports/mutations/undo";
import { analyst as analystOf, csvFile, makeVenture, NOW } from "@/lib/imports/test-support/venture";
import { listComparables } from "../queries/comparables";
import { excludeComparable, importComparables } from "./comparables";

const analyst = analystOf();
const HEAD = "Type,Company,Multiple of,EV multiple,As of,Source";
const file = (...rows: string[]) => [HEAD, ...rows].join("\n");
const row = (name: string, multiple: string, date = "2026-03-31") =>
  `traded,${name},"Revenue, last 12 months",${multiple},${date},Exchange`;

async function preview(ventureId: string, text: string, sourceName = "Research") {
  const looked = await importFile(analyst, csvFile(ventureId, "comparables", text, { sourceName }));
  if (!looked.ok) throw new Error(looked.refusal);
  return looked.value;
}
async function load(ventureId: string, text: string, sourceName?: string): Promise<string> {
  const { importId } = await preview(ventureId, text, sourceName);
  const applied = await applyImport(analyst, importId, NOW);
  if (!applied.ok) throw new Error(applied.refusal);
  return importId;
}
const multiples = async (ventureId: string) =>
  Object.fromEntries((await listComparables(analyst, ventureId)).map(({ name, multiple }) => [name, Number(multiple)]));
const undo = (importId: string) => undoImport(analyst, importId, "the wrong file", NOW);

test("a file of multiples is looked at before it is loaded, refused row by row, and changes nothing the second time", async () => {
  const ventureId = await makeVenture();
  const looked = await preview(
    ventureId,
    file(
      row("Good", "6.4"),
      row("Bad", "ten"),
      row("Late", "3", "2027-01-01"),
      row("Odd", "3").replace("traded", "barter"),
    ),
  );
  expect(looked.counts).toMatchObject({ inserted: 1, rejected: 3 });
  const rejects = await db.importReject.findMany({
    where: { importId: looked.importId },
    orderBy: { rowNumber: "asc" },
  });
  expect(rejects.map(({ column }) => column)).toEqual(["EV multiple", "As of", "Type"]);
  expect(await multiples(ventureId)).toEqual({});
  await load(ventureId, file(row("A", "6.4"), row("B", "7")));
  expect((await preview(ventureId, file(row("A", "6.4"), row("B", "7.5")))).counts).toMatchObject({
    changed: 1,
    same: 1,
  });
});

test("a file is taken back as a whole: what it changed is what stood before, also by hand", async () => {
  const ventureId = await makeVenture();
  const csv = `kind,name,metric,multiple,date,source\ntrading,A,"Revenue, last 12 months",5,2026-03-31,Exchange`;
  expect(await importComparables(analyst, { ventureId, csv }, NOW)).toMatchObject({ ok: true, value: { changed: 1 } });
  const importId = await load(ventureId, file(row("A", "6.4"), row("B", "7")));
  expect(await multiples(ventureId)).toEqual({ A: 6.4, B: 7 });
  const [a] = await listComparables(analyst, ventureId);
  await excludeComparable(analyst, { id: a?.id ?? "", reason: "another line of business" }, NOW);
  expect(await undo(importId)).toMatchObject({ ok: true });
  expect(await multiples(ventureId)).toEqual({ A: 5 });
  expect((await listComparables(analyst, ventureId))[0]?.excluded).toBe("another line of business");
});

test("of two sources the newer file is believed, and taking it back gives the other one's value", async () => {
  const ventureId = await makeVenture();
  await load(ventureId, file(row("A", "6")), "House one");
  const second = await load(ventureId, file(row("A", "8")), "House two");
  expect(await multiples(ventureId)).toEqual({ A: 8 });
  expect(await undo(second)).toMatchObject({ ok: true });
  expect(await multiples(ventureId)).toEqual({ A: 6 });
});
