import { beforeEach, expect, test } from "vitest";
import { mintActor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { setBookOfRecord } from "@/lib/metrics/mutations";
import { invoiceConcentration } from "@/lib/metrics/queries/invoices";
import { listDisagreeing } from "./disagreeing";

const analyst = mintActor({
  ...{ id: "ana", ref: "user:ana", name: "Ana", role: "analyst", ventures: "all", sessionId: null, steppedUpAt: null },
});
let made = 0;
let ventureId = "";
let sources: string[] = [];
const at = new Date("2026-04-15T00:00:00Z");

beforeEach(async () => {
  made += 1;
  const base = { name: `Twice ${made}`, sector: "Robotics", businessModel: "saas", currency: "EUR", country: "DE" };
  ventureId = (await db.venture.create({ data: { ...base, slug: `twice-${made}`, timeZone: "Europe/Berlin" } })).id;
  const rows = ["Billing", "Books"].map((name) => db.dataSource.create({ data: { ventureId, name, kind: "import" } }));
  sources = (await Promise.all(rows)).map(({ id }) => id);
});

const recorded = (source: number) => ({
  ...{ ventureId, sourceId: sources[source] ?? "", customerExternalId: "acme", currency: "EUR" },
  ...{ asOf: at, recordedAt: at, recordedBy: "user:test" },
});
const subscribe = (source: number, externalId: string, minor: bigint) =>
  db.subscription.create({
    data: { ...recorded(source), externalId, startOn: at, amountMinor: minor, interval: "month" },
  });
const invoice = (source: number, externalId: string, status: string) =>
  db.invoice.create({
    data: { ...recorded(source), externalId, issuedOn: at, amountMinor: 100n, kind: "recurring", status },
  });

test("what two sources hold differently is listed with what each says, and what they agree on is not", async () => {
  for (const source of [0, 1]) {
    await subscribe(source, "same", 100n);
    await subscribe(source, "price", source === 0 ? 100n : 120n);
    await invoice(source, "state", source === 0 ? "paid" : "void");
  }
  await subscribe(0, "alone", 5n);
  const [subscriptions, invoices] = await listDisagreeing(analyst, ventureId);
  expect(subscriptions).toMatchObject({ kind: "subscriptions", count: 1, believed: null });
  expect(subscriptions?.sources.map(({ name }) => name).sort()).toEqual(["Billing", "Books"]);
  expect(subscriptions?.examples.map(({ externalId }) => externalId)).toEqual(["price"]);
  expect(subscriptions?.examples[0]?.values.map(({ says }) => says.amountMinor).sort()).toEqual(["100", "120"]);
  expect(invoices).toMatchObject({ kind: "invoices", count: 1 });
  expect(invoices?.examples[0]?.values.map(({ says }) => says.status).sort()).toEqual(["paid", "void"]);

  const chosen = { ventureId, metric: "subscriptions", sourceId: sources[1] ?? "", reason: "the books are audited" };
  expect(await setBookOfRecord(analyst, chosen, at)).toMatchObject({ ok: true });
  expect((await listDisagreeing(analyst, ventureId))[0]?.believed).toEqual({ id: sources[1], name: "Books" });
});

test("all are counted and the first are shown", async () => {
  for (let i = 0; i < 12; i++) {
    await invoice(0, `i${i}`, "paid");
    await invoice(1, `i${i}`, "open");
  }
  const [found] = await listDisagreeing(analyst, ventureId);
  expect(found?.count).toBe(12);
  expect(found?.examples).toHaveLength(8);
});

test("nobody sees those of a venture that is not theirs", async () => {
  const stranger = mintActor({ ...analyst, ventures: [] });
  await expect(listDisagreeing(stranger, ventureId)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("an invoice that the believed source has voided does not come back from the other", async () => {
  await invoice(0, "kept", "paid");
  await invoice(0, "voided", "paid");
  await invoice(1, "voided", "void");
  const period = { from: "2026-04-01", to: "2026-04-30" };
  const invoiced = (bookOfRecord: string | null) =>
    db.$transaction((tx) => invoiceConcentration(tx, { ventureId, currency: "EUR", bookOfRecord }, period));
  expect((await invoiced(null)).contradictions).toBe(1);
  expect((await invoiced(sources[1] ?? "")).total.toString()).toBe("1");
  expect((await invoiced(sources[0] ?? "")).total.toString()).toBe("2");
});
