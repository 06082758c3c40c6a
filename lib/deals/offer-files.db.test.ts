import { expect, test } from "vitest";
import { openClosing } from "@/lib/closing/mutations/opening";
import { removeItem } from "@/lib/closing/mutations/removals";
import { findClosing } from "@/lib/closing/queries/closing-row";
import { db } from "@/lib/db";
import { openFigure } from "@/lib/figures/mutations/open";
import { staleFigures } from "@/lib/figures/queries";
import { applyImport, importFile } from "@/lib/imports/mutations";
import { undoImport } from "@/lib/imports/mutations/undo";
import { keepNegotiation } from "./mutations/negotiation";
import { recordOffer, reviseOffer } from "./mutations/offers";
import { openDeal } from "./mutations/opening";
import { advanceDeal, undoStep } from "./mutations/stages";
import { getDealsPage } from "./queries/deals";
import { getNegotiationPage } from "./queries/negotiation";
import { NOTHING_SAID } from "./schema/negotiation";
import { plainTerms } from "./test-support/offers";
import { analyst, bidder, NOW, sellingVenture } from "./test-support/sale";

const HEAD =
  "Bidder,Offer,Dated,Source,Basis,Currency,Price,Stock,Rollover,Vendor note,Earn-out,Escrow,Holdback,Working capital,Cash,Debt,Costs,Carve-out,Closes with,Expected closing";
const rest = "0,0,0,none,0,0,none,0,0,0,0,0.9,2027-04-01";
const bid = (name: string, price: string, dated = "2026-12-20") =>
  `${name},First bid,${dated},Letter,equity,EUR,${price},${rest}`;

async function preview(ventureId: string, kind: "offers" | "checklist", rows: readonly string[], head = HEAD) {
  const bytes = new TextEncoder().encode([head, ...rows].join("\n"));
  const looked = await importFile(analyst, {
    ...{ ventureId, kind, fileName: `${kind}.csv`, sourceName: "Letters", bytes, asOf: NOW },
    mapping: { options: { dateOrder: "ymd", decimalMark: "." } },
  });
  if (!looked.ok) throw new Error(`${looked.refusal} ${JSON.stringify(looked.problems)}`);
  return looked.value;
}
const load = async (ventureId: string, rows: readonly string[]) => {
  const { importId } = await preview(ventureId, "offers", rows);
  return { importId, applied: await applyImport(analyst, importId, NOW) };
};
const offersOf = async (ventureId: string) =>
  (await getDealsPage(analyst, ventureId, NOW)).deals.map(({ bidder: name, offers, best }) => [
    ...[name, offers.length, best?.version, best?.figures.price?.value],
  ]);

test("a file of offers is looked at, loaded once, revised by the next one, and taken back as a whole", async () => {
  const early = await sellingVenture(["40.2"]);
  expect((await load(early, [bid("Nordwerk AG", "30000000")])).applied).toMatchObject({ refusal: "NOT_TAKEN" });
  expect(await db.offerListing.count({ where: { ventureId: early } })).toBe(0);

  const ventureId = await sellingVenture();
  const looked = await preview(ventureId, "offers", [bid("Nordwerk AG", "30000000"), bid("Bad", "-1")]);
  expect(looked.counts).toMatchObject({ inserted: 1, rejected: 1 });
  expect(await offersOf(ventureId)).toEqual([]);

  const two = [bid("Nordwerk AG", "30000000"), bid("Kapital Nord", "28000000")];
  const first = await load(ventureId, two);
  expect(first.applied).toMatchObject({ ok: true });
  expect(await offersOf(ventureId)).toEqual([
    ["Kapital Nord", 1, 1, "28000000"],
    ["Nordwerk AG", 1, 1, "30000000"],
  ]);
  expect((await preview(ventureId, "offers", two)).counts).toMatchObject({ inserted: 0, changed: 0, same: 2 });

  const second = await load(ventureId, [bid("NORDWERK ag", "31000000", "2026-12-28"), two[1] ?? ""]);
  expect(second.applied).toMatchObject({ ok: true, value: { counts: { changed: 1, same: 1 } } });
  expect((await offersOf(ventureId))[1]).toEqual(["Nordwerk AG", 2, 2, "31000000"]);
  expect(await undoImport(analyst, first.importId, "Wrong file", NOW)).toMatchObject({ refusal: "BUILT_UPON" });
  expect(await undoImport(analyst, second.importId, "Wrong file", NOW)).toMatchObject({ ok: true });
  expect((await offersOf(ventureId))[1]).toEqual(["Nordwerk AG", 1, 1, "30000000"]);

  const offer = await db.offer.findFirstOrThrow({ where: { ventureId, deal: { bidder: "Nordwerk AG" } } });
  const said = { dated: "2026-12-30", source: "Call", note: "" };
  const revised = { offerId: offer.id, version: 1, terms: plainTerms({ price: "32000000" }), ...said };
  expect(await reviseOffer(analyst, revised, NOW)).toMatchObject({ ok: true });
  expect(await undoImport(analyst, first.importId, "Wrong file", NOW)).toMatchObject({ refusal: "BUILT_UPON" });
  await db.offerVersion.delete({ where: { offerId_version: { offerId: offer.id, version: 2 } } });
  expect(await undoImport(analyst, first.importId, "Wrong file", NOW)).toMatchObject({ ok: true });
  expect(await offersOf(ventureId)).toEqual([]);
});

test("an offer by hand stays when a file of the same bidder is taken back", async () => {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Nordwerk AG");
  const own = { dealId, kind: "bid" as const, title: "By hand", terms: plainTerms(), dated: "2026-12-20" };
  expect(await recordOffer(analyst, { ...own, source: "Call", note: "" }, NOW)).toMatchObject({ ok: true });
  const { importId } = await load(ventureId, [bid("Nordwerk AG", "30000000")]);
  expect((await offersOf(ventureId))[0]?.[1]).toBe(2);
  expect(await undoImport(analyst, importId, "Wrong file", NOW)).toMatchObject({ ok: true });
  expect((await offersOf(ventureId))[0]?.[1]).toBe(1);
});

test("what a person said later than a file stands, whatever files come and go", async () => {
  const ventureId = await sellingVenture();
  await load(ventureId, [bid("Nordwerk AG", "30000000")]);
  const offer = await db.offer.findFirstOrThrow({ where: { ventureId } });
  const said = { dated: "2026-12-26", source: "Call", note: "" };
  const terms = plainTerms({ price: "32000000" });
  expect(await reviseOffer(analyst, { offerId: offer.id, version: 1, terms, ...said }, NOW)).toMatchObject({
    ok: true,
  });
  const early = await load(ventureId, [bid("Nordwerk AG", "29000000", "2026-12-22")]);
  expect(early.applied).toMatchObject({ refusal: "NOT_TAKEN" });
  const later = await load(ventureId, [bid("Nordwerk AG", "31000000", "2026-12-28")]);
  expect(await offersOf(ventureId)).toEqual([["Nordwerk AG", 3, 3, "31000000"]]);
  expect(await undoImport(analyst, later.importId, "Wrong file", NOW)).toMatchObject({ ok: true });
  expect(await offersOf(ventureId)).toEqual([["Nordwerk AG", 2, 2, "32000000"]]);
});

test("the board of approaches follows the sale; what we do instead grows old when the other bidder says more", async () => {
  const ventureId = await sellingVenture();
  const by = { recordedBy: analyst.ref, recordedAt: NOW, factsAsOf: NOW, factsSource: "Test", version: 1 };
  const company = await db.buyerCompany.create({
    data: {
      id: crypto.randomUUID(),
      ...by,
      name: `Board ${ventureId}`,
      nameKey: `board ${ventureId}`,
      kind: "strategic",
      sectors: [],
    },
  });
  const join = { ventureId, companyId: company.id, stage: "teaser", cleared: [], version: 1 };
  await db.buyerCandidate.create({ data: { ...join, addedBy: analyst.ref, addedAt: NOW } });
  const opened = await openDeal(analyst, { ventureId, companyId: company.id, bidder: "" }, NOW);
  if (!opened.ok) throw new Error(opened.refusal);
  const { dealId } = opened.value;
  const fell = { dealId, version: 1, to: "fallen-through" as const, on: "2027-01-01", reason: "No money", facts: {} };
  expect(await advanceDeal(analyst, fell, NOW)).toMatchObject({ ok: true });
  const where = { ventureId_companyId: { ventureId, companyId: company.id } };
  expect((await db.buyerCandidate.findUniqueOrThrow({ where })).stage).toBe("declined");

  const [first, other] = [await bidder(ventureId, "First"), await bidder(ventureId, "Other")];
  const record = (id: string, price: string) =>
    recordOffer(
      analyst,
      {
        dealId: id,
        kind: "bid",
        title: price,
        terms: plainTerms({ price }),
        dated: "2026-12-20",
        source: "Call",
        note: "",
      },
      NOW,
    );
  await record(first, "30000000");
  await record(other, "28000000");
  await keepNegotiation(analyst, { dealId: first, version: 0, body: { ...NOTHING_SAID, alternative: other } }, NOW);
  const alternative = async () =>
    (await getNegotiationPage(analyst, ventureId, NOW)).deals.find((one) => one.dealId === first)?.figures.alternative;
  const before = await alternative();
  if (!before?.ask) throw new Error("no figure");
  const stored = await openFigure(analyst, before.id, before.ask, NOW);
  if (!stored.ok) throw new Error(stored.refusal);
  const ref = { id: before.id, revision: stored.value.revision };
  expect(await staleFigures([ref])).toEqual([]);
  await record(other, "29000000");
  expect(await staleFigures([ref])).toHaveLength(1);
  expect((await alternative())?.value).not.toBe(before.value);
  const said = async () =>
    (await db.datasetVersion.findFirstOrThrow({ where: { ventureId, dataset: `bids:${other}` } })).version;
  const { version } = await db.deal.findUniqueOrThrow({ where: { id: other } });
  expect(await advanceDeal(analyst, { ...fell, dealId: other, version }, NOW)).toMatchObject({ ok: true });
  const gone = await said();
  expect(await undoStep(analyst, { dealId: other, version: version + 1 }, NOW)).toMatchObject({ ok: true });
  expect(await said()).toBe(gone + 1);
});

test("a checklist is loaded over what stands and taken back to it, unless somebody worked on it since", async () => {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Nordwerk AG");
  await db.deal.update({ where: { id: dealId }, data: { stage: "definitive-agreement" } });
  await openClosing(analyst, { dealId, template: "share-sale" }, NOW);
  const itemsOf = async () => (await findClosing(db, dealId))?.items ?? [];
  const before = await itemsOf();
  const head = "Item,Group,Responsible,Due,Waits for";
  const rows = [
    "Consent of the landlord,Consents,Company,2027-02-01,",
    "Parking permit,Regulatory,Counsel,,Consent of the landlord",
  ];
  const bad = await preview(ventureId, "checklist", ["Parking permit,Regulatory,Counsel,,Nothing of the list"], head);
  expect(await applyImport(analyst, bad.importId, NOW)).toMatchObject({ refusal: "NOT_TAKEN" });
  const { importId } = await preview(ventureId, "checklist", rows, head);
  expect(await applyImport(analyst, importId, NOW)).toMatchObject({ ok: true });
  const loaded = await itemsOf();
  const landlord = loaded.find(({ task }) => task.title === "Consent of the landlord");
  const permit = loaded.find(({ task }) => task.title === "Parking permit");
  expect([loaded.length, landlord?.task.dueOn, landlord?.task.days, permit?.after]).toEqual([
    ...[before.length + 1, "2027-02-01", 14, [landlord?.id]],
  ]);
  const gone = { itemId: permit?.id ?? "", version: permit?.version ?? 0, reason: "Not needed" };
  expect(await removeItem(analyst, gone, NOW)).toMatchObject({ ok: true });
  expect(await undoImport(analyst, importId, "Wrong file", NOW)).toMatchObject({ ok: true });
  expect((await findClosing(db, dealId))?.removed).toEqual([]);
  expect((await itemsOf()).map(({ task, after }) => [task, after])).toEqual(
    before.map(({ task, after }) => [task, after]),
  );
});
