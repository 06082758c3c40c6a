import { beforeEach, expect, test } from "vitest";
import { HOLDING_CHAIN } from "@/lib/audit/rules";
import { db } from "@/lib/db";
import { listSourceRows, staleFigures } from "@/lib/figures/queries";
import { SHARED_DATA } from "@/lib/figures/schema";
import { refreshSnapshot } from "@/lib/metrics/mutations";
import { addRate, takeBackRate } from "@/lib/metrics/mutations/rates";
import { listSnapshots } from "@/lib/metrics/queries";
import { listRatePairs, listRates } from "@/lib/metrics/queries/rates";
import { makeVenture, sell } from "@/lib/metrics/test-support/facts";
import { applyAndRefresh, importFile, undoAndRefresh } from "./mutations";
import { getSourceRow, listChanges, listRejects } from "./queries";
import { analyst, csvFile, later, NOW } from "./test-support/venture";

const actor = analyst();
const HEADER = "date,base,quote,rate,source\n";
const file = (rows: string, name = "rates.csv") =>
  csvFile(SHARED_DATA, "rates", HEADER + rows, { fileName: name, sourceName: "ignored" });

async function bring(rows: string, name?: string) {
  const preview = await importFile(actor, file(rows, name), NOW);
  if (!preview.ok) throw new Error(preview.refusal);
  const applied = await applyAndRefresh(actor, preview.value.importId, NOW);
  return { ...preview.value, applied };
}

const standing = async (base = "CHF", quote = "DKK") =>
  (await listRates(actor, { base, quote, history: false }, { skip: 0, take: 9 })).rows.map(
    ({ day, rate, source }) => `${day} ${rate} ${source}`,
  );

beforeEach(async () => {
  await db.fxRate.deleteMany({ where: { base: { in: ["CHF", "DKK", "SEK"] } } });
});

test("a file of rates is previewed, rejected row by row, applied once, and taken back as a whole", async () => {
  await bring("2026-03-30,CHF,DKK,7.50,ECB\n", "first.csv");
  const rows =
    "2026-03-30,CHF,DKK,7.51,ECB\n2026-03-31,chf,DKK,7.6123456789012,ECB\n2026-04-30,CHF,DKK,7.7,ECB\n" +
    "2026-03-31,CHF,CHF,1,ECB\n2026-03-31,CHF,XXX,1,ECB\n2026-03-31,DKK,CHF,-0.2,ECB\n2026-03-31,SEK,CHF,0.1,\n,SEK,DKK,0.7,ECB\n";
  const second = await bring(rows);
  expect(second.counts).toEqual({ total: 8, inserted: 1, changed: 1, same: 0, rejected: 6 });
  expect(second.datasets).toEqual(["fx:CHF/DKK"]);
  expect((await listRejects(actor, second.importId, 1)).map(({ rowNumber, code }) => `${rowNumber} ${code}`)).toEqual([
    ...["4 FUTURE_ACTUAL", "5 CURRENCY", "6 CURRENCY", "7 NEGATIVE_VALUE", "8 MISSING_VALUE", "9 MISSING_VALUE"],
  ]);
  expect(await standing()).toEqual(["2026-03-31 7.612345678901 ECB", "2026-03-30 7.51 ECB"]);
  expect((await listChanges(actor, second.importId, "changed", 1))[0]).toMatchObject({
    previous: { rate: "7.500000000000" },
    next: { rate: "7.510000000000" },
  });
  const again = await bring(rows, "again.csv");
  expect(again.counts).toMatchObject({ inserted: 0, changed: 0, same: 2 });
  const undone = await undoAndRefresh(actor, second.importId, "Wrong month", later(1));
  expect(undone).toMatchObject({ ok: true, value: { withdrawn: 2, restored: 1 } });
  expect(await standing()).toEqual(["2026-03-30 7.5 ECB"]);
  const source = await db.dataSource.findMany({ where: { ventureId: SHARED_DATA } });
  expect(source.map(({ id, name }) => [id, name])).toEqual([[SHARED_DATA, "Exchange rates"]]);
});

test("an imported rate makes figures over it stale, is computed in at once, and leads to its row of the file", async () => {
  const ventureId = await makeVenture("DKK");
  await sell(ventureId, [{ id: "1", customer: "a", start: "2025-01-01", minor: 10_000, currency: "CHF" }]);
  await bring("2026-03-31,CHF,DKK,7.5,ECB\n");
  await refreshSnapshot(ventureId, NOW);
  const mrr = async () => {
    const found = (await listSnapshots(actor)).find((row) => row.ventureId === ventureId)?.measures.mrr;
    if (!found) throw new Error("no MRR");
    return found;
  };
  const before = await mrr();
  expect(before.value).toBe("750");
  const proof = await listSourceRows(actor, before.id, { source: 1 });
  const [row] = proof.rows;
  expect(row).toMatchObject({ cells: ["2026-03-31", "CHF", "DKK", "7.5", "ECB"], rowNumber: 2 });
  expect(await getSourceRow(actor, row?.importId ?? "", 2)).toMatchObject({ fileName: "rates.csv" });
  await bring("2026-03-31,CHF,DKK,8,ECB\n", "mended.csv");
  expect((await mrr()).value).toBe("800");
  expect((await staleFigures([before])).map(({ id }) => id)).toEqual([before.id]);
  expect((await listRatePairs(actor)).find((one) => one.base === "CHF")).toMatchObject({ quote: "DKK", ventures: 1 });
});

test("a rate by hand replaces another only with a reason, once, and can be taken back; an import below it is held", async () => {
  const { importId } = await bring("2026-03-31,CHF,DKK,7.5,ECB\n");
  const typed = { base: "CHF", quote: "DKK", day: "2026-03-31", rate: "7.55", source: "Bank", reason: "" };
  expect(await addRate(actor, typed, later(1))).toMatchObject({ refusal: "REASON_REQUIRED" });
  expect(await addRate(actor, { ...typed, rate: "7.5", source: "ECB" }, later(1))).toMatchObject({
    refusal: "SAME_VALUE",
  });
  expect(await addRate(actor, { ...typed, day: "2026-06-30" }, later(1))).toMatchObject({ refusal: "FUTURE_DAY" });
  expect(await addRate(analyst(["one"]), typed, later(1))).toMatchObject({ refusal: "ALL_VENTURES" });
  expect(await addRate(actor, { ...typed, reason: "Rate of the contract" }, later(1))).toMatchObject({ ok: true });
  expect(await standing()).toEqual(["2026-03-31 7.55 Bank"]);
  expect(await undoAndRefresh(actor, importId, "No", later(2))).toMatchObject({ refusal: "BUILT_UPON" });
  const [row] = (await listRates(actor, { base: "CHF", quote: "DKK", history: false }, { skip: 0, take: 1 })).rows;
  const taken = { rateId: row?.id ?? "", reason: "Mistyped" };
  const both = await Promise.all([takeBackRate(actor, taken, later(3)), takeBackRate(actor, taken, later(3))]);
  expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(await standing()).toEqual(["2026-03-31 7.5 ECB"]);
  expect(await undoAndRefresh(actor, importId, "Now it can", later(4))).toMatchObject({ ok: true });
  expect(await standing()).toEqual([]);
});

test("imports of rates are noted in the holding's record", async () => {
  const { importId } = await bring("2026-03-31,CHF,DKK,7.5,ECB\n");
  const events = await db.event.findMany({ where: { subject: `import:${importId}` }, orderBy: { seq: "asc" } });
  expect(events.map(({ type, chain }) => [type, chain])).toEqual([
    ["import.received", HOLDING_CHAIN],
    ["import.previewed", HOLDING_CHAIN],
    ["import.applied", HOLDING_CHAIN],
  ]);
});
