import { expect, test } from "vitest";
import { db } from "@/lib/db";
import { perform } from "@/lib/decisions/mutations/deeds";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { makeVenture, person } from "@/lib/decisions/test-support/memos";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { askApproach } from "./mutations/approach";
import { claimOfBuyer, loadBuyers, previewBuyers } from "./mutations/candidates";
import { moveOutreach, placeBuyer } from "./mutations/outreach";
import { getBuyersPage, listPlaced } from "./queries";

const NOW = new Date("2026-11-22T12:00:00Z");
const analyst = person("analyst");
const HEAD =
  "name,kind,country,sectors,currency,cash,debt,ebitda,deals_36m,as_of,source,overlap,overlap_claim,overlap_tier,relationship,relationship_claim,relationship_tier";
const file = (...rows: string[]): string => [HEAD, ...rows].join("\n");
const LIST = file(
  "Nordwerk AG,strategic,DE,robots;logistics,EUR,900000000,100000000,300000000,4,2026-06-30,Annual report,4,Sells to the same warehouses,A,3,Board members know each other,C",
  "Kapital Nord,financial,SE,,EUR,2000000000,,,7,2026-03-31,Fund report,1,One portfolio company next door,B,2,Met twice,B",
  "Quiet Co,strategic,FR,,EUR,,,,,2026-03-31,Register,,,,,,",
);

async function listed() {
  const ventureId = await makeVenture();
  expect(await loadBuyers(analyst, ventureId, LIST, NOW)).toMatchObject({ ok: true, value: { added: 3, claims: 4 } });
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
  const looked = await previewBuyers(analyst, ventureId, LIST);
  expect(looked).toMatchObject({ ok: true, value: { rows: 3, added: 3, known: 0, claims: 4 } });
  expect(await db.buyerCandidate.count({ where: { ventureId } })).toBe(0);
  await loadBuyers(analyst, ventureId, LIST, NOW);
  const events = () => db.event.count({ where: { chain: ventureId, type: "buyer.list-loaded" } });
  expect(await events()).toBe(1);
  expect(await loadBuyers(analyst, ventureId, LIST, NOW)).toMatchObject({ ok: true, value: { added: 0, claims: 0 } });
  expect([await events(), await db.buyerCandidate.count({ where: { ventureId } })]).toEqual([1, 3]);
});

test("one bad row, and nothing is taken: every problem by line and column", async () => {
  const ventureId = await makeVenture();
  const bad = file(
    "Good Buyer,strategic,DE,,EUR,1,1,1,1,2026-01-01,Register,,,,,,",
    "Bad Buyer,pirate,DEU,,EUR,1e9,,,,2026-02-30,,5,,,,,",
    "good buyer,strategic,DE,,EUR,1,1,1,1,2026-01-01,Register,,,,,,",
  );
  const refused = await loadBuyers(analyst, ventureId, bad, NOW);
  expect(refused).toMatchObject({ ok: false, refusal: "BAD_FILE" });
  const paths = refused.ok ? [] : (refused.problems ?? []).map(({ path }) => path);
  expect(paths).toEqual(
    expect.arrayContaining([
      "line 3, kind",
      "line 3, country",
      "line 3, cash",
      "line 3, asOf",
      "line 3, source",
      "line 3, overlap",
      "line 4, name",
    ]),
  );
  expect(await db.buyerCandidate.count({ where: { ventureId } })).toBe(0);
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
  await expect(loadBuyers(stranger as typeof analyst, ventureId, LIST, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
});
