import { beforeAll, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { recordOffer, reviseOffer } from "@/lib/deals/mutations/offers";
import { plainTerms } from "@/lib/deals/test-support/offers";
import { analyst, bidder, NOW, sellingVenture } from "@/lib/deals/test-support/sale";
import { person } from "@/lib/decisions/test-support/memos";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { carryOutRequest } from "@/lib/ledger/mutations/carry-out";
import { postTransaction } from "@/lib/ledger/mutations/post";
import { askClosing, askReversal } from "@/lib/ledger/mutations/requests";
import { openTranche, recordInstruction, releaseTranche } from "@/lib/ledger/mutations/tranches";
import { getLedger } from "@/lib/ledger/queries";
import { basisFromCapTable } from "@/lib/ledger/queries/basis";
import { listDistributions } from "@/lib/ledger/queries/distributions";
import { listPlannedTranches } from "@/lib/ledger/queries/planned-tranches";
import type { AccountRef } from "@/lib/ledger/rules/entry";
import { instructionSchema, trancheSchema } from "@/lib/ledger/schema";
import { reportSchema } from "@/lib/reports/schema";
import { keepSplit, writeFundsFlow } from "./mutations/split-plans";
import { getWaterfallPage } from "./queries/waterfall";
import { payment, whole } from "./rules/exact";
import type { SplitPlan } from "./schema/split";
import { goalSeekTools } from "./tools/goal-seek";

/** When the instructions have been signed. */
const SIGNED = new Date("2028-02-02T10:00:00Z");

let ventureId: string;
let founder: string;
const noGoal = { goal: "", reach: "all", who: "group" };
const page = (asked: Partial<Parameters<typeof getWaterfallPage>[2]> = {}) =>
  getWaterfallPage(analyst, ventureId, { offer: null, price: "", goal: noGoal, plain: false, ...asked }, NOW);

beforeAll(async () => {
  ventureId = await sellingVenture();
  const { context } = await page();
  founder = context?.holders.find(({ name }) => name === "Founder")?.id ?? "";
});

test("without an offer the cap table alone has its breakpoints, and a typed price is split", async () => {
  const empty = await page();
  expect(empty).toMatchObject({ offers: [], chosen: null, split: null, flow: null, kept: null });
  expect(empty.picture?.breakpoints.map(({ at, reason }) => [at, reason])).toEqual([
    ["10000000", "preference"],
    ["50000000", "conversion"],
  ]);
  const typed = await page({ price: "30000000", goal: { goal: "20000000", reach: "all", who: "group" } });
  expect(typed.figures["group.net"]).toMatchObject({ value: "15000000", unit: "EUR" });
  expect(typed.figures["goal.price"]?.value).toBe("50000000");
  const sought = typed.figures["goal.price"];
  if (!sought?.ask) throw new Error("no question");
  const opened = await openFigure(analyst, sought.id, sought.ask, NOW);
  expect(opened).toMatchObject({ ok: true, value: { value: "50000000", revision: 1 } });
  expect(await recomputeFigure(analyst, sought.id, NOW)).toMatchObject({ ok: true, value: { same: true } });
});

test("an offer is kept with tax and financing, once, and written as a statement that balances to the cent", async () => {
  const dealId = await bidder(ventureId, "Nordwerk");
  const terms = plainTerms({ costs: "1000000.01", escrow: "0.1", escrowMonths: 12, escrowProbability: "1" });
  const said = { dated: "2026-12-01", source: "Letter", note: "" };
  const recorded = await recordOffer(analyst, { dealId, kind: "bid", title: "First bid", terms, ...said }, NOW);
  if (!recorded.ok) throw new Error(recorded.refusal);
  const { chosen, offers } = await page();
  expect(offers).toHaveLength(1);
  const plan: SplitPlan = {
    ...{ offer: chosen, price: null },
    withholdings: [{ holderId: founder, classId: null, on: "all", ratio: "0.25", office: "Tax office" }],
    financing: [{ kind: "financing", name: "Bank", amount: "10000000" }],
  };
  const keep = (version: number, more: Partial<SplitPlan> = {}) =>
    keepSplit(analyst, { ventureId, version, plan: { ...plan, ...more }, reason: "Agreed with the buyer" }, NOW);
  expect(
    await keep(0, {
      withholdings: [{ holderId: "nobody", classId: null, on: "all", ratio: "0.1", office: "Tax office" }],
    }),
  ).toMatchObject({
    ...{ ok: false, refusal: "UNKNOWN_HOLDER" },
  });
  expect(await keep(0, { financing: [{ kind: "deposit", name: "Buyer", amount: "40000000" }] })).toMatchObject({
    refusal: "FINANCING_EXCEEDS",
  });
  const both = await Promise.all([keep(0), keep(0)]);
  expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  expect(both.find(({ ok }) => !ok)).toMatchObject({ refusal: "STALE_SPLIT" });

  const { flow, figures, split } = await page();
  if (!flow || "refusal" in flow || !split?.known) throw new Error("no statement");
  // 29 M − 0.01 of equity, 10 % escrow: closing 26.1 M; A 10 M, common 16.1 M, founder three quarters.
  expect(figures["flow.total"]?.value).toBe("30000000");
  expect(figures["flow.use.escrow"]?.value).toBe("2900000");
  expect(figures[`holder.${founder}.withheld`]?.value).toBe("3018750");
  expect(figures["flow.source.buyer"]?.value).toBe("20000000");

  const written = await writeFundsFlow(analyst, ventureId, NOW);
  if (!written.ok) throw new Error(written.refusal);
  const row = await db.artefact.findUniqueOrThrow({ where: { id: written.value.id } });
  const { blocks } = reportSchema.parse(row.body);
  const model = blocks.find((block) => block.kind === "model");
  if (model?.kind !== "model") throw new Error("no model");
  const results = new Map(model.steps.flatMap(({ rows }) => rows.map(({ key, result }) => [key, result] as const)));
  for (const key of ["check_balance", "check_price", "check_closing"]) expect(results.get(key)).toBeCloseTo(0, 6);
  const stored = await db.figure.findMany({ where: { id: { in: model.checks.map(({ figure }) => figure) } } });
  for (const { step, figure } of model.checks)
    expect(results.get(step)).toBeCloseTo(Number(stored.find(({ id }) => id === figure)?.value), 6);
});

test("an agent asks what price gives the group, or a holder by name, an amount", async () => {
  const [tool] = goalSeekTools;
  if (!tool) throw new Error("no tool");
  const call = { actor: analyst, agent: null, runId: null, now: NOW };
  const ask = (input: object) => callTool(tool, { venture: ventureId, offer: null, ...input }, call);
  const group = await ask({ amount: "20000000" });
  if (!group.ok) throw new Error(group.error.message);
  expect(group.result).toMatchObject({ answer: "one", who: "group", currency: "EUR", reason: null });
  const [price] = group.figures;
  expect([price?.value, price?.id]).toEqual([
    "50000000",
    (group.result as { figures: { price: string } }).figures.price,
  ]);
  // 7.5 M of common at 1.25 a share, A's preference of 10 M before it.
  expect(await ask({ amount: "7500000", who: "founder" })).toMatchObject({
    result: { who: "Founder" },
    figures: [{ value: "20000000" }],
  });
  expect(await ask({ amount: "1", who: "nobody" })).toMatchObject({ ok: false, error: { path: "who" } });
});

const grace = person("chairman", "grace", NOW);
function must<T>(outcome: { ok: true; value: T } | { ok: false; refusal: string; problems?: unknown }): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal} ${JSON.stringify(outcome.problems ?? "")}`);
  return outcome.value;
}
const account = (kind: AccountRef["kind"], party = "", name = ""): AccountRef => ({
  ...{ kind, party, name, currency: "EUR" },
});
const receive = (amountMinor: bigint) =>
  db.$transaction((tx) =>
    postTransaction(
      tx,
      "user:test",
      {
        ...{ ventureId, kind: "receipt", description: "Price", effectiveOn: "2026-12-31", key: `price:${amountMinor}` },
        lines: [
          { account: account("bank", "main", "Bank"), amountMinor },
          { account: account("proceeds"), amountMinor: -amountMinor },
        ],
      },
      NOW,
    ),
  );
const owed = async () =>
  Object.fromEntries(
    (await getLedger(grace, ventureId, "2030-01-01")).accounts.map(({ kind, name, figure }) => [
      `${kind} ${name}`.trim(),
      figure.value,
    ]),
  );

test("the closing is handed to the ledger once, by two people, to the cent of the statement; a wrong one is undone by its mirror", async () => {
  const ask = (planVersion = 1) =>
    askClosing(analyst, { ventureId, planVersion, paidOn: "2027-01-01", reason: "Signed off by both counsels" }, NOW);
  expect(await ask()).toMatchObject({ refusal: "NOT_CLOSED" });
  await db.deal.updateMany({ where: { ventureId }, data: { stage: "complete" } });
  expect(await ask(2)).toMatchObject({ refusal: "STALE_SPLIT" });
  const asks = await Promise.all([ask(), ask()]);
  expect(asks.filter(({ ok }) => ok)).toHaveLength(1);
  expect(asks.find(({ ok }) => !ok)).toMatchObject({ refusal: "REQUEST_OPEN" });
  const { requestId } = must(asks.find(({ ok }) => ok) ?? asks[0]);
  // Who carries it out reads what does not reach the holders as well.
  expect((await listDistributions(grace, ventureId)).request).toMatchObject({
    charges: [{ name: "Transaction costs", amountMinor: 100_000_001n }],
    withholdings: [{ holder: "Founder", office: "Tax office", amountMinor: 301_875_000n }],
  });
  const carry = (by = grace, version = 1) => carryOutRequest(by, { requestId, version }, NOW);
  await expect(carry(person("chairman", "grace"))).rejects.toMatchObject({ code: "STEP_UP_REQUIRED" });
  expect(await carry(person("chairman", "analyst", NOW))).toMatchObject({ refusal: "OWN_REQUEST" });
  expect(await carry()).toMatchObject({ refusal: "OVERDRAWN" });
  expect(await db.distributionBasis.count({ where: { ventureId } })).toBe(0);

  must(await receive(2_710_000_000n));
  const done = (await Promise.all([carry(), carry(), carry()])).map(must);
  expect(done.map(({ repeated }) => repeated).toSorted()).toEqual([false, true, true]);
  const { flow } = await page();
  if (!flow || "refusal" in flow) throw new Error("no statement");
  // The statement's cash to each holder, its tax and its costs are what the ledger owes, and nothing else is.
  const cash = flow.holders.map(({ name, cash: units }) => [
    `payable ${name}`,
    String(payment(whole(units).div(100n))),
  ]);
  expect(await owed()).toEqual({
    ...Object.fromEntries(cash),
    ...{ "bank Bank": "27100000", proceeds: "0", "withholding Tax office": "3018750" },
    "costs Transaction costs": "1000000.01",
  });
  expect(await ask()).toMatchObject({ refusal: "DISTRIBUTED_ALREADY" });

  const distributionId = done[0]?.distributionId ?? "";
  const undo = { distributionId, paidOn: "2027-01-02", reason: "The founder’s tax rate was wrong" };
  expect(await askReversal(analyst, { ...undo, paidOn: "2026-12-31" }, NOW)).toMatchObject({ refusal: "BEFORE_IT" });
  const wrong = must(await askReversal(analyst, undo, NOW));
  const mirror = await carryOutRequest(grace, { requestId: wrong.requestId, version: 1 }, NOW);
  expect(must(mirror).distributionId).toBe(distributionId);
  expect(await owed()).toMatchObject({ proceeds: "27100000", "withholding Tax office": "0" });
  expect((await listDistributions(grace, ventureId)).distributions).toMatchObject([
    { label: "Closing", reversed: { on: "2027-01-02", reason: undo.reason }, last: false },
  ]);
  expect(await askReversal(analyst, undo, NOW)).toMatchObject({ refusal: "REVERSED" });

  // The right one: partly in stock and rolled over, another version of the split, another statement, another basis.
  const { kept, terms } = await page();
  if (!kept?.plan.offer || !terms) throw new Error("nothing kept");
  const paper = { stock: "5000000", stockDiscount: "0.1", rollover: "1000000", rolloverDiscount: "0" };
  const said = { dated: "2026-12-02", source: "Letter", note: "", terms: { ...terms, ...paper } };
  await db.deal.updateMany({ where: { ventureId }, data: { stage: "closing" } });
  must(await reviseOffer(analyst, { ...kept.plan.offer, ...said }, NOW));
  await db.deal.updateMany({ where: { ventureId }, data: { stage: "complete" } });
  const offer = { ...kept.plan.offer, version: 2 };
  const withholdings = [{ holderId: founder, classId: null, on: "all" as const, ratio: "0.1", office: "Tax office" }];
  must(
    await keepSplit(
      analyst,
      { ventureId, version: 1, plan: { ...kept.plan, offer, withholdings }, reason: "Right rate" },
      NOW,
    ),
  );
  expect(await ask(2)).toMatchObject({ refusal: "STATEMENT_STALE" });
  must(await writeFundsFlow(analyst, ventureId, NOW));
  const again = must(await ask(2));
  must(await carryOutRequest(grace, { requestId: again.requestId, version: 1 }, NOW));
  const group = "Chairman Holdings";
  // 26.1 M of closing less a cent, 12,074,999.99 of it the founder's, less a tenth for tax; 6 M of it in paper, which nothing pays.
  expect(await owed()).toMatchObject({
    ...{ proceeds: "6000000", "withholding Tax office": "1207500", [`payable ${group}`]: "10800862.07" },
    ...{ "in-kind Stock of the bidder": "5000000", "in-kind Rolled over": "1000000" },
    ...{ "payable Founder": "8091637.92", "stock Founder": "2313218.39", "rollover Founder": "462643.68" },
    ...{ [`stock ${group}`]: "2686781.61", [`rollover ${group}`]: "537356.32" },
  });
  expect(await db.distributionBasis.count({ where: { ventureId } })).toBe(2);
  expect(await db.ledgerTransaction.count({ where: { ventureId } })).toBe(4);
});

test("what escrow releases later is taxed by the same rates", async () => {
  const planned = () => listPlannedTranches(analyst, ventureId);
  expect(await planned()).toMatchObject([
    { kind: "escrow", label: "Escrow", amountMinor: 290_000_000n, opensOn: "2027-01-01", endsOn: "2028-01-01" },
  ]);
  const terms = {
    ...{ ventureId, kind: "escrow", label: "Escrow", currency: "EUR", amountMinor: "290000000", heldBy: "Agent" },
    ...{ buyer: "Nordwerk", seller: "Holders", opensOn: "2027-01-01", endsOn: "2028-01-01" },
    schedule: [{ dueOn: "2028-01-01", amountMinor: null, condition: "All of it" }],
  };
  const { trancheId } = must(await openTranche(analyst, trancheSchema.parse(terms), NOW));
  expect(await planned()).toEqual([]);
  const instruction = instructionSchema.parse({
    ...{ trancheId, documentName: "Joint instruction", documentHash: "a".repeat(64), datedOn: "2028-01-01" },
    ...{ buyerSigner: "A", sellerSigner: "B", sellersMinor: "290000000", buyerMinor: "0" },
  });
  const { instructionId } = must(await recordInstruction(analyst, instruction, SIGNED));
  must(await releaseTranche(grace, instructionId, NOW));
  // All of it goes to common, three quarters to the founder: 2,175,000, a tenth of it withheld.
  expect(await owed()).toMatchObject({ "withholding Tax office": "1425000", "contingent Escrow": "0" });
  // Undone, the tranche holds it again, and another instruction lets it go.
  const { distributions } = await listDistributions(grace, ventureId);
  const released = distributions.find(({ last }) => last)?.id ?? "";
  const first = distributions.find(({ label, reversed }) => label === "Closing" && !reversed)?.id ?? "";
  const wrong = { paidOn: "2028-01-02", reason: "Released too early" };
  expect(await askReversal(analyst, { ...wrong, distributionId: first }, NOW)).toMatchObject({ refusal: "LATER_ONE" });
  const { requestId } = must(await askReversal(analyst, { ...wrong, distributionId: released }, NOW));
  must(await carryOutRequest(grace, { requestId, version: 1 }, NOW));
  expect(await owed()).toMatchObject({ "withholding Tax office": "1207500", "contingent Escrow": "2900000" });
  expect(await releaseTranche(grace, instructionId, NOW)).toMatchObject({ ok: true, value: { repeated: true } });
  const anew = { ...instruction, documentHash: "b".repeat(64), datedOn: "2028-02-01" };
  const again = must(await recordInstruction(analyst, anew, SIGNED));
  must(await releaseTranche(grace, again.instructionId, NOW));
  expect(await owed()).toMatchObject({ "withholding Tax office": "1425000", "contingent Escrow": "0" });
  const cheat = `UPDATE distribution_request SET "status" = 'open', "decidedBy" = NULL, "decidedAt" = NULL`;
  await expect(db.$executeRawUnsafe(cheat)).rejects.toThrow(/decided once/);
});

test("proceeds of a day belong to who held the shares on that day, not to who came by some later", async () => {
  const sold = await sellingVenture();
  const where = { package: { ventureId: sold }, objectType: "TX_STOCK_ISSUANCE" };
  const first = await db.capTableObject.findFirstOrThrow({ where, orderBy: { position: "asc" } });
  const payload = { ...(first.payload as object), id: "late", security_id: "late", date: "2027-06-01" };
  const late = { externalId: "late", position: 9_999, date: new Date("2027-06-01"), payload };
  await db.capTableObject.create({ data: { ...first, ...late } });
  const units = async (upTo: string | null) => {
    const basis = await db.$transaction((tx) => basisFromCapTable(tx, sold, "EUR", { day: "2027-01-01", upTo }));
    return must(basis).holdings.reduce((sum, one) => sum + Number(one.units), 0);
  };
  const issued = Number((first.payload as { quantity: string }).quantity);
  expect([await units("2027-01-01"), await units(null)]).toEqual([10_000_000, 10_000_000 + issued]);
});
