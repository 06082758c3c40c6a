import { beforeEach, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { perform } from "@/lib/decisions/mutations/deeds";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { makeVenture, person } from "@/lib/decisions/test-support/memos";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { applyImport, importFile } from "@/lib/imports/mutations";
import { undoImport } from "@/lib/imports/mutations/undo";
import { xlsxStream } from "@/lib/integrations/xlsx-write";
import { askApproach } from "./mutations/approach";
import { addBuyer, claimOfBuyer } from "./mutations/candidates";
import { archiveBuyer, moveOutreach, placeBuyer, restoreBuyer } from "./mutations/outreach";
import { getBuyersPage, listPlaced } from "./queries";
import { ventureBuyers } from "./tools";

const NOW = new Date("2026-11-22T12:00:00Z");
const analyst = person("analyst");
// A company is known to the whole holding, so one test would see the facts of another.
beforeEach(async () => {
  await db.buyerCandidate.deleteMany();
  await db.buyerCompany.deleteMany();
  await db.buyerListing.deleteMany();
});
const HEAD =
  "name,kind,country,sectors,currency,cash,debt,ebitda,deals_36m,as_of,source,overlap,overlap_claim,overlap_tier,relationship,relationship_claim,relationship_tier";
const file = (...rows: string[]): string => [HEAD, ...rows].join("\n");
const LIST = file(
  "Nordwerk AG,strategic,DE,robots;logistics,EUR,900000000,100000000,300000000,4,2026-06-30,Annual report,4,Sells to the same warehouses,A,3,Board members know each other,C",
  "Kapital Nord,financial,SE,,EUR,2000000000,,,7,2026-03-31,Fund report,1,One portfolio company next door,B,2,Met twice,B",
  "Quiet Co,strategic,FR,,EUR,,,,,2026-03-31,Register,,,,,,",
);

async function preview(ventureId: string, csv: string, sourceName = "Research", bytes?: Uint8Array) {
  const about = { ventureId, kind: "buyers" as const, fileName: "buyers.csv", sourceName, asOf: NOW };
  const looked = await importFile(analyst, { ...about, bytes: bytes ?? new TextEncoder().encode(csv) });
  if (!looked.ok) throw new Error(looked.refusal);
  return looked.value;
}
async function load(ventureId: string, csv: string, sourceName?: string, bytes?: Uint8Array) {
  const { importId } = await preview(ventureId, csv, sourceName, bytes);
  const applied = await applyImport(analyst, importId, NOW);
  if (!applied.ok) throw new Error(applied.refusal);
  return importId;
}
const candidates = (ventureId: string) => db.buyerCandidate.count({ where: { ventureId } });

async function listed() {
  const ventureId = await makeVenture();
  await load(ventureId, LIST);
  const page = await getBuyersPage(analyst, ventureId, NOW);
  const named = (name: string) => {
    const found = page.buyers.find((one) => one.name === name);
    if (!found) throw new Error(name);
    return found;
  };
  return { ventureId, page, named };
}

test("a list is looked at before it is loaded, loaded once, and loading it again changes nothing", async () => {
  const ventureId = await makeVenture();
  const bad = file(
    "Good Buyer,private equity,DE,,EUR,1,1,1,1,2026-01-01,Register,,,,,,",
    "Bad Buyer,pirate,DEU,,EUR,ten,,,,2026-02-30,,5,,,,,",
  );
  const looked = await preview(ventureId, bad);
  expect(looked.counts).toMatchObject({ inserted: 1, rejected: 1 });
  const rejects = await db.importReject.findMany({ where: { importId: looked.importId }, orderBy: { column: "asc" } });
  const columns = ["as_of", "cash", "country", "kind", "overlap", "source"];
  expect(rejects.map(({ column }) => column)).toEqual(expect.arrayContaining(columns));
  expect(await candidates(ventureId)).toBe(0);
  await load(ventureId, LIST);
  expect((await preview(ventureId, LIST)).counts).toMatchObject({ inserted: 0, changed: 0, same: 3 });
  await load(ventureId, LIST);
  expect(await candidates(ventureId)).toBe(3);
});

test("a workbook says the same as a file with commas", async () => {
  const ventureId = await makeVenture();
  const columns = ["Company", "Type", "As of", "Source", "EBITDA"].map((label) => ({ label }));
  const rows = [["Nordwerk AG", "trade", { day: "2026-06-30" }, "Annual report", { number: "300000000" }]] as const;
  const sheet = { title: "Buyers", columns, rows: rows.map((row) => [...row]) };
  const chunks: Uint8Array[] = [];
  for await (const chunk of xlsxStream({ title: "Buyers", createdAt: NOW }, [sheet])) chunks.push(chunk);
  await load(ventureId, "", "Workbook", Buffer.concat(chunks));
  const [nord] = (await getBuyersPage(analyst, ventureId, NOW)).buyers;
  expect(nord).toMatchObject({ name: "Nordwerk AG", kind: "strategic", factsAsOf: "2026-06-30", tier: "out" });
});

test("a list is taken back as a whole, unless somebody worked on one of its buyers since", async () => {
  const { ventureId, named } = await listed();
  const more = file(
    "Late Co,strategic,FR,,EUR,5,5,5,1,2026-07-31,Register,3,Same shelf,B,,,",
    "Nordwerk AG,strategic,DE,,EUR,1,1,1,0,2026-08-31,Newer report,0,Sold that line,A,,,",
  );
  const second = await load(ventureId, more, "Adviser");
  const nord = () => db.buyerCompany.findUniqueOrThrow({ where: { nameKey: "nordwerk ag" } });
  expect([await candidates(ventureId), (await nord()).factsSource]).toEqual([4, "Newer report"]);
  expect(await undoImport(analyst, second, "a wrong file", NOW)).toMatchObject({ ok: true });
  expect([await candidates(ventureId), (await nord()).factsSource]).toEqual([3, "Annual report"]);
  expect(await db.buyerCompany.count({ where: { nameKey: "late co" } })).toBe(0);

  const first = await db.import.findFirstOrThrow({ where: { ventureId, status: "applied" } });
  const { id: companyId, version } = named("Quiet Co");
  await placeBuyer(analyst, { ventureId, companyId, version, tier: "long", reason: "The owner called" }, NOW);
  expect(await undoImport(analyst, first.id, "a wrong file", NOW)).toMatchObject({
    refusal: "BUILT_UPON",
    problems: [{ path: "Quiet Co" }],
  });
  expect(await candidates(ventureId)).toBe(3);
});

test("a person's claim stands before that of a list, and a buyer by hand is on a list of its own", async () => {
  const { ventureId, named } = await listed();
  const nord = named("Nordwerk AG");
  const from = (buyer: typeof nord) => Object.fromEntries(buyer.claims.map((claim) => [claim.criterion, claim.from]));
  expect(from(nord)).toEqual({ overlap: "list", relationship: "list", appetite: "rule" });
  const said = { criterion: "overlap" as const, score: 1, claim: "They closed that line", tier: "A" as const };
  await claimOfBuyer(
    analyst,
    { ventureId, companyId: nord.id, ...said, source: "Letter", dated: "2026-10-01", replaces: null },
    NOW,
  );
  const facts = {
    ...{ kind: "strategic" as const, country: "DE", website: null, sectors: [], currency: "EUR", cash: "1", debt: "1" },
    ...{ ebitda: "1", deals36m: 1, asOf: "2026-09-30", source: "Their own words" },
  };
  expect(await addBuyer(analyst, { ventureId, name: "NORDWERK ag.", facts }, NOW)).toMatchObject({ ok: true });
  expect(await addBuyer(analyst, { ventureId, name: "Nordwerk AG", facts }, NOW)).toMatchObject({
    refusal: "ALREADY_LISTED",
  });
  const after = (await getBuyersPage(analyst, ventureId, NOW)).buyers.find(({ id }) => id === nord.id);
  expect(after).toMatchObject({ factsSource: "Their own words", deals36m: 1 });
  expect(from(after ?? nord)).toMatchObject({ overlap: "person" });
  const told = await callTool(
    ventureBuyers,
    { venture: ventureId },
    { actor: analyst, agent: "exit", runId: null, now: NOW },
  );
  if (!told.ok) throw new Error(told.error.code);
  const { buyers } = told.result as { buyers: { name: string; fit: string }[] };
  const first = buyers.find(({ name }) => name === "Nordwerk AG");
  expect(told.figures.map(({ id }) => id)).toContain(first?.fit);
});

test("fit is claims and rule together, opens to its rows, and who is out says why", async () => {
  const { ventureId, named } = await listed();
  const [nord, quiet] = [named("Nordwerk AG"), named("Quiet Co")];
  // Overlap 4 × 30, appetite by rule 3 × 15, relationship 3 × 20; no valuation, so no capacity.
  expect(Number(nord.score.value)).toBeCloseTo(((120 + 45 + 60) / (4 * 65)) * 100, 10);
  expect([quiet.tier, quiet.reason, quiet.score.reason]).toEqual([
    "out",
    "Less than half of the fit is known",
    "half-unclaimed",
  ]);
  const { score } = nord;
  if (!score.ask) throw new Error("no question");
  expect(await openFigure(analyst, score.id, score.ask, NOW)).toMatchObject({
    ok: true,
    value: { value: score.value },
  });
  expect(await recomputeFigure(analyst, score.id, NOW)).toMatchObject({ ok: true, value: { same: true } });
  expect((await listSourceRows(analyst, score.id)).rows.map(({ cells }) => cells[0])).toEqual([
    "overlap",
    "relationship",
  ]);
  expect(await listPlaced(db, { id: ventureId, currency: "USD" }, "2026-11-22")).toHaveLength(3);
});

test("of two who claim the same exactly one wins; a person's place needs a reason and stands before the rule", async () => {
  const { ventureId, named } = await listed();
  const { id: companyId, version } = named("Quiet Co");
  const claim = {
    ventureId,
    companyId,
    criterion: "overlap" as const,
    score: 2,
    claim: "Same shelf",
    tier: "B" as const,
  };
  const said = { ...claim, source: "Trade press", dated: "2026-05-01", replaces: null };
  const outcomes = await Promise.all([
    claimOfBuyer(analyst, said, NOW),
    claimOfBuyer(analyst, { ...said, score: 3 }, NOW),
  ]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(await claimOfBuyer(analyst, { ...said, dated: "2027-01-01" }, NOW)).toMatchObject({
    refusal: "DATE_IN_FUTURE",
  });
  const place = { ventureId, companyId, version, tier: "priority" as const };
  expect(await placeBuyer(analyst, { ...place, reason: "" }, NOW)).toMatchObject({ refusal: "REASON_REQUIRED" });
  expect(await placeBuyer(analyst, { ...place, reason: "The owner called" }, NOW)).toMatchObject({ ok: true });
  const [first] = (await getBuyersPage(analyst, ventureId, NOW)).buyers;
  expect(first).toMatchObject({ name: "Quiet Co", tier: "priority", byRule: false, reason: "The owner called" });
});

test("nothing is sent before the chairman said so; then once for those named, and for nobody else", async () => {
  const { ventureId, named } = await listed();
  const [nord, kapital] = [named("Nordwerk AG"), named("Kapital Nord")];
  const step = (buyer: typeof nord, version: number) => ({
    ...{ ventureId, companyId: buyer.id, version, stage: "nda" as const, on: "2026-11-22", note: "Sent by courier" },
    ...{ ownerId: null, nextStep: "Signature", nextOn: "2026-12-01" },
  });
  expect(await moveOutreach(analyst, step(nord, 1), NOW)).toMatchObject({ refusal: "NOT_APPROVED" });
  const asked = { ventureId, companyIds: [nord.id], what: "nda" as const, rationale: "They asked for it themselves" };
  const proposed = await askApproach(analyst, asked, NOW);
  const memoId = proposed.ok ? (proposed.value.memoId ?? "") : "";
  const memo = await db.memo.findUniqueOrThrow({ where: { id: memoId }, include: { proposal: true } });
  expect(memo).toMatchObject({ status: "pending", proposal: { policy: { outcome: "ask", rule: "sent-outside" } } });
  for (const _time of [1, 2]) {
    await db.$transaction(async (tx) => {
      const locked = await lockMemo(tx, memoId);
      const action = locked.content.options.find(({ id }) => id === "send")?.action;
      if (!action) throw new Error("no action");
      await perform(tx, locked, action, { key: "test", now: NOW });
    });
  }
  expect(await db.event.count({ where: { chain: ventureId, type: "buyer.cleared" } })).toBe(1);
  expect(await moveOutreach(analyst, step(nord, 2), NOW)).toMatchObject({ ok: true });
  expect(await moveOutreach(analyst, step(kapital, 1), NOW)).toMatchObject({ refusal: "NOT_APPROVED" });
  const stands = (await getBuyersPage(analyst, ventureId, NOW)).buyers.find(({ id }) => id === nord.id);
  expect(stands).toMatchObject({
    stage: "nda",
    nextStep: "Signature",
    steps: [{ stage: "nda", note: "Sent by courier" }],
  });
});

test("a venture out of sight has no buyers to see or to add", async () => {
  const ventureId = await makeVenture();
  const stranger = { ...analyst, ventures: [] };
  await expect(getBuyersPage(stranger as typeof analyst, ventureId, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const mine = { ventureId, companyId: ventureId, version: 1, tier: null, reason: "" };
  await expect(placeBuyer(stranger as typeof analyst, mine, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a buyer is put away with a reason, leaves list and counts, and comes back as it was", async () => {
  const { ventureId, named } = await listed();
  const { id: companyId, version, name } = named("Nordwerk AG");
  const read = { ventureId, companyId, version };
  expect(await archiveBuyer(analyst, { ...read, version: 7, reason: "Twice in" }, NOW)).toMatchObject({
    refusal: "CONFLICT",
  });
  expect(await archiveBuyer(analyst, { ...read, reason: "Twice in" }, NOW)).toMatchObject({ ok: true });
  const without = await getBuyersPage(analyst, ventureId, NOW);
  expect(without.buyers.map((one) => one.name)).not.toContain(name);
  expect(without.away).toEqual([{ id: companyId, name, version: version + 1, reason: "Twice in", on: "2026-11-22" }]);
  expect(await listPlaced(db, { id: ventureId, currency: "USD" }, "2026-11-22")).toHaveLength(2);
  const asking = { ventureId, companyIds: [companyId], what: "nda" as const, rationale: "They asked for it" };
  await expect(askApproach(analyst, asking, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  // A list that names it again does not bring it back, nor does adding it by hand: somebody put it away.
  await load(ventureId, LIST.replaceAll("2026-06-30", "2026-07-31"), "Adviser");
  expect((await getBuyersPage(analyst, ventureId, NOW)).away).toHaveLength(1);
  expect(await restoreBuyer(analyst, { ...read, version: version + 1 }, NOW)).toMatchObject({ ok: true });
  const back = (await getBuyersPage(analyst, ventureId, NOW)).buyers.find(({ id }) => id === companyId);
  expect(back).toMatchObject({ name, claims: named(name).claims.map(({ criterion }) => ({ criterion })) });
});
