import { beforeEach, expect, test } from "vitest";
import { applyImport, importFile } from "@/lib/imports/mutations";
import { analyst, csvFile, makeVenture, NOW } from "@/lib/imports/test-support/venture";
import { listCustomers, listInvoices, listSubscriptions } from "./queries";

const actor = analyst();
let ventureId: string;

beforeEach(async () => {
  ventureId = await makeVenture();
});

async function load(...args: Parameters<typeof csvFile>): Promise<string> {
  const preview = await importFile(actor, csvFile(...args));
  if (!preview.ok) throw new Error(preview.refusal);
  await applyImport(actor, preview.value.importId, NOW);
  return preview.value.importId;
}

test("current rows with the version of their data set and where they came from", async () => {
  const first = await load(ventureId, "customers", "id,name\nC-1,Acme\nC-2,Beta\n");
  const second = await load(ventureId, "customers", "id,name\nC-1,Acme Ltd\n");
  const { dataset, version, rows } = await listCustomers(actor, { ventureId });
  expect([dataset, version]).toEqual(["customers", 2]);
  expect(rows.map(({ externalId, name, importId, rowNumber }) => [externalId, name, importId, rowNumber])).toEqual([
    ["C-1", "Acme Ltd", second, 2],
    ["C-2", "Beta", first, 3],
  ]);
});

test("days are days and amounts exact, whatever the time zone", async () => {
  await load(
    ventureId,
    "subscriptions",
    "id,customer,start,end,amount,interval,seats\nS-1,C-1,2026-01-31,2026-03-01,49.90,month,2.5\n",
  );
  await load(ventureId, "invoices", "id,customer,date,amount\nI-1,C-1,2026-02-28,90071992547409.93\n");
  const [subscription] = (await listSubscriptions(actor, { ventureId })).rows;
  expect(subscription).toMatchObject({
    startOn: "2026-01-31",
    endOn: "2026-03-01",
    amountMinor: 4_990n,
    interval: "month",
    quantity: "2.5",
  });
  const [invoice] = (await listInvoices(actor, { ventureId })).rows;
  expect(invoice).toMatchObject({
    issuedOn: "2026-02-28",
    amountMinor: 9_007_199_254_740_993n,
    kind: "recurring",
    status: "open",
  });
});

test("one source at a time, and nothing of a venture that one may not see", async () => {
  await load(ventureId, "customers", "id,name\nC-1,Acme\n");
  await load(ventureId, "customers", "id,name\nC-1,ACME GmbH\n", { sourceName: "CRM" });
  const { rows } = await listCustomers(actor, { ventureId });
  expect(rows).toHaveLength(2);
  const [one] = rows;
  expect((await listCustomers(actor, { ventureId, sourceId: one?.sourceId })).rows).toEqual([one]);
  await expect(listCustomers(analyst([]), { ventureId })).rejects.toMatchObject({ code: "NOT_FOUND" });
});
