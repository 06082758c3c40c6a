import { expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { db } from "@/lib/db";
import { perform, reverse } from "@/lib/decisions/mutations/deeds";
import { lockMemo } from "@/lib/decisions/mutations/memo-row";
import { person } from "@/lib/decisions/test-support/memos";
import { saveFigures } from "@/lib/figures/mutations";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { listSourceRows } from "@/lib/figures/queries";
import { keepNegotiation, recordSent } from "./mutations/negotiation";
import { recordOffer, reviseOffer } from "./mutations/offers";
import { openDeal } from "./mutations/opening";
import { askSignature } from "./mutations/signature";
import { advanceDeal, undoStep } from "./mutations/stages";
import { getDealsPage } from "./queries/deals";
import { getNegotiationPage } from "./queries/negotiation";
import { getOffersPage } from "./queries/offers";
import type { DealFacts } from "./schema/deal";
import { NOTHING_SAID } from "./schema/negotiation";
import type { OfferTerms } from "./schema/terms";
import { plainTerms } from "./test-support/offers";
import { analyst, bidder, NOW, sellingVenture } from "./test-support/sale";
import { compareOffersTool } from "./tools";
import { negotiationTool, proposeCounterTool } from "./tools/negotiation";
import { proposePreferredTool } from "./tools/prefer";

const COUNSEL = [{ role: "counsel" as const, name: "Hartwell Pryce" }];
const OURS: Partial<DealFacts> = { contact: "Ana Duarte", ourAdvisers: COUNSEL, closesOn: "2027-04-01" };

async function owner(): Promise<string> {
  const email = `${crypto.randomUUID()}@example.test`;
  const { id } = await db.user.create({ data: { email, name: "Ana Lys", role: "analyst", passwordHash: "none" } });
  return id;
}

const offerOf = async (dealId: string, more: Partial<OfferTerms> = {}, title = "First bid") => {
  const said = { dated: "2026-12-20", source: "Letter", note: "" };
  const made = await recordOffer(analyst, { dealId, kind: "bid", title, terms: plainTerms(more), ...said }, NOW);
  if (!made.ok) throw new Error(`${made.refusal} ${JSON.stringify(made.problems)}`);
  return made.value.offerId;
};
const move = (dealId: string, version: number, to: "negotiating" | "loi" | "fallen-through", reason = "") =>
  advanceDeal(analyst, { dealId, version, to, on: "2027-01-01", reason, facts: {} }, NOW);
const dealsOf = async (ventureId: string) => (await getDealsPage(analyst, ventureId, NOW)).deals;

async function carryOut(memoId: string, optionId: string) {
  await db.$transaction(async (tx) => {
    const locked = await lockMemo(tx, memoId);
    const action = locked.content.options.find(({ id }) => id === optionId)?.action;
    if (!action) throw new Error("no action");
    await perform(tx, locked, action, { key: "test", now: NOW });
  });
}

test("a bidder joins after the exit was approved, once; a stage asks for its fields; of two who move it one wins", async () => {
  const early = await sellingVenture(["40.2"]);
  const asked = { ventureId: early, companyId: null, bidder: "Nordwerk AG" };
  expect(await openDeal(analyst, asked, NOW)).toMatchObject({ refusal: "EXIT_NOT_APPROVED" });

  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Nordwerk AG", OURS);
  expect(await openDeal(analyst, { ...asked, ventureId, bidder: "NORDWERK ag." }, NOW)).toMatchObject({
    refusal: "ALREADY_BIDDING",
  });
  expect(await move(dealId, 2, "negotiating")).toMatchObject({
    refusal: "FIELDS_MISSING",
    problems: [{ path: "facts.owner", expected: "Owner" }],
  });
  const ownerId = await owner();
  const into = { dealId, version: 2, to: "negotiating" as const, on: "2027-01-01", reason: "", facts: { ownerId } };
  const outcomes = await Promise.all([advanceDeal(analyst, into, NOW), advanceDeal(analyst, into, NOW)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  expect(outcomes).toContainEqual({ ok: false, refusal: "CONFLICT" });
  expect(await undoStep(analyst, { dealId, version: 3 }, NOW)).toMatchObject({ ok: true });
  const [deal] = await dealsOf(ventureId);
  expect([deal?.stage, deal?.steps.map(({ to, undone }) => [to, undone])]).toEqual([
    "not-started",
    [
      ["not-started", false],
      ["negotiating", true],
    ],
  ]);
});

test("what binds is the chairman's; exclusivity then keeps the others at talks, until the deal falls through", async () => {
  const ventureId = await sellingVenture();
  const ownerId = await owner();
  const [first, second] = [
    await bidder(ventureId, "Alder", { ...OURS, ownerId }),
    await bidder(ventureId, "Birch", { ...OURS, ownerId }),
  ];
  for (const dealId of [first, second]) await move(dealId, 2, "negotiating");
  const [offer, other] = [await offerOf(first), await offerOf(second, { price: "28000000" })];
  const facts = { agreedOffer: { offerId: offer, version: 1 } };
  const into = { dealId: first, version: 3, to: "loi" as const, on: "2027-01-01", reason: "", facts };
  expect(await advanceDeal(analyst, into, NOW)).toMatchObject({ refusal: "CHAIRMAN_DECIDES" });
  expect(
    await advanceDeal(analyst, { ...into, facts: { agreedOffer: { offerId: other, version: 1 } } }, NOW),
  ).toMatchObject({ refusal: "NO_SUCH_OFFER" });
  const rationale = "Their price is the best and they are ready to sign.";
  const ask = { dealId: first, version: 3, to: "loi" as const, rationale };
  const memo = await askSignature(analyst, { ...ask, facts: { ...facts, exclusiveUntil: "2027-03-01" } }, NOW);
  const memoId = memo.ok ? (memo.value.memoId ?? "") : "";
  const row = await db.memo.findUniqueOrThrow({ where: { id: memoId }, include: { proposal: true } });
  expect(row).toMatchObject({ status: "pending", proposal: { policy: { outcome: "ask", rule: "signature" } } });
  for (const _time of [1, 2]) await carryOut(memoId, "sign");
  expect((await dealsOf(ventureId)).find(({ id }) => id === first)).toMatchObject({ stage: "loi", undoable: false });
  expect(await db.dealStep.count({ where: { dealId: first, memoId } })).toBe(1);

  const rival = { ...ask, dealId: second, facts: { agreedOffer: { offerId: other, version: 1 } } };
  expect(await askSignature(analyst, rival, NOW)).toMatchObject({ refusal: "EXCLUSIVE_ELSEWHERE" });
  expect(await move(first, 5, "fallen-through")).toMatchObject({ refusal: "FIELDS_MISSING" });
  expect(await move(first, 5, "fallen-through", "Their financing failed")).toMatchObject({ ok: true });
  expect(await askSignature(analyst, rival, NOW)).toMatchObject({ ok: true });
});

test("an offer is stored with its figures, which open, come out the same and lead to its terms; versions are never changed", async () => {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Alder", OURS);
  const offerId = await offerOf(dealId, { price: "60000000" });
  const [offer] = (await getOffersPage(analyst, ventureId, NOW)).offers;
  const closing = offer?.figures["group.atClosing"];
  expect(closing?.value).toBe("24000000");
  const { id = "", ask } = closing ?? {};
  expect(await db.figure.count({ where: { id } })).toBe(1);
  if (!ask) throw new Error("no question");
  expect(await openFigure(analyst, id, ask, NOW)).toMatchObject({ ok: true, value: { revision: 1 } });
  expect(await recomputeFigure(analyst, id, NOW)).toMatchObject({ ok: true, value: { same: true } });
  const { rows } = await listSourceRows(analyst, id);
  expect(rows.map(({ cells }) => cells)).toContainEqual(["price", "60000000"]);

  const revise = {
    offerId,
    version: 1,
    terms: plainTerms({ price: "60000000" }),
    dated: "2026-12-28",
    source: "Call",
    note: "",
  };
  expect(await reviseOffer(analyst, revise, NOW)).toMatchObject({ refusal: "SAME_TERMS" });
  const lower = { ...revise, terms: plainTerms({ price: "30000000", stock: "40000000", stockDiscount: "0" }) };
  expect(await reviseOffer(analyst, lower, NOW)).toMatchObject({ refusal: "TERMS_CONTRADICT" });
  const other = { ...revise, terms: plainTerms({ price: "30000000" }) };
  const outcomes = await Promise.all([reviseOffer(analyst, other, NOW), reviseOffer(analyst, other, NOW)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  await expect(db.offerVersion.updateMany({ where: { offerId }, data: { note: "changed" } })).rejects.toThrow();
  const { offers } = await getOffersPage(analyst, ventureId, NOW);
  expect(offers.map(({ version, newest, changed }) => [version, newest, changed])).toEqual([
    [1, false, []],
    [2, true, ["price"]],
  ]);
});

test("the agent compares on what reaches the group and proposes once; the chairman's yes marks the bidder, and can be taken back", async () => {
  const ventureId = await sellingVenture();
  const [low, high, mute] = [
    await bidder(ventureId, "Sure", OURS),
    await bidder(ventureId, "Loud", OURS),
    await bidder(ventureId, "Mute", OURS),
  ];
  const earnOuts = [{ title: "Far goal", amount: "25000000", dueOn: "2030-01-01", probability: "0.1" }];
  const [sure] = [await offerOf(low, { price: "40000000" }), await offerOf(high, { price: "55000000", earnOuts })];
  await offerOf(mute, { price: "90000000", debt: null });
  const call = { actor: analyst, agent: "value" as const, runId: null, now: NOW };
  const told = await callTool(compareOffersTool, { venture: ventureId }, call);
  if (!told.ok) throw new Error(told.error.code);
  const { offers } = told.result as { offers: { name: string; open: string[] }[] };
  expect(offers.map(({ name, open }) => [name, open])).toEqual([
    ["Sure", []],
    ["Loud", []],
    ["Mute", ["Debt at closing"]],
  ]);
  const proposed = await callTool(proposePreferredTool, { venture: ventureId, offerId: sure }, call);
  const again = await callTool(proposePreferredTool, { venture: ventureId, offerId: sure }, call);
  if (!proposed.ok || !again.ok) throw new Error(JSON.stringify(proposed));
  const { memoId } = proposed.result as { memoId: string };
  expect(again.result).toMatchObject({ memoId, repeated: true });
  await carryOut(memoId, "prefer");
  expect((await dealsOf(ventureId)).filter(({ preferred }) => preferred).map(({ id }) => id)).toEqual([low]);
  expect(await callTool(proposePreferredTool, { venture: ventureId, offerId: sure }, call)).toMatchObject({
    ok: false,
  });
  await db.$transaction(async (tx) => reverse(tx, await lockMemo(tx, memoId), 1, NOW));
  expect((await dealsOf(ventureId)).some(({ preferred }) => preferred)).toBe(false);
});

test("a venture out of sight has no deals to see, to move or to bid for", async () => {
  const ventureId = await sellingVenture();
  const dealId = await bidder(ventureId, "Alder", OURS);
  const stranger = { ...person("analyst"), ventures: [] } as unknown as typeof analyst;
  await expect(getDealsPage(stranger, ventureId, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(getOffersPage(stranger, ventureId, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const into = { dealId, version: 2, to: "negotiating" as const, on: "2027-01-01", reason: "", facts: {} };
  await expect(advanceDeal(stranger, into, NOW)).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(openDeal(stranger, { ventureId, companyId: null, bidder: "X" }, NOW)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  const call = { actor: stranger, agent: "value" as const, runId: null, now: NOW };
  expect(await callTool(compareOffersTool, { venture: ventureId }, call)).toMatchObject({ ok: false });
});

test("a counter is drafted from our positions, proposed once, and sent only in the version that the chairman let go", async () => {
  const ventureId = await sellingVenture();
  const [dealId, other] = [await bidder(ventureId, "Alder", OURS), await bidder(ventureId, "Birch", OURS)];
  await offerOf(dealId);
  await offerOf(other, { price: "40000000" });
  const about = { ownerId: null, state: "open" as const, fallback: "", term: "price" as const };
  const issues = [{ ...about, id: crypto.randomUUID(), title: "The price", position: "45000000" }];
  const body = { ...NOTHING_SAID, alternative: other, ceiling: "44000000", issues };
  const keep = (version: number) => keepNegotiation(analyst, { dealId, version, body }, NOW);
  const outcomes = await Promise.all([keep(0), keep(0)]);
  expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
  const view = async () =>
    (await getNegotiationPage(analyst, ventureId, NOW)).deals.find((one) => one.dealId === dealId);
  const stands = await view();
  // Birch pays 40 M: 17.5 M to the group, which a headline of 40 M of Alder would bring as well.
  expect(stands?.standing).toEqual({ zoneState: "open", acceptable: false, alternative: "Birch" });
  expect([stands?.figures.reservation?.value, stands?.figures.zone?.value]).toEqual(["17500000", "4000000"]);
  const { id = "", ask } = stands?.figures.reservationPrice ?? {};
  if (!ask) throw new Error("no question");
  expect(await openFigure(analyst, id, ask, NOW)).toMatchObject({ ok: true, value: { value: "40000000" } });
  expect(await recomputeFigure(analyst, id, NOW)).toMatchObject({ ok: true, value: { same: true } });

  const call = { actor: analyst, agent: "value" as const, runId: null, now: NOW };
  const told = await callTool(negotiationTool, { venture: ventureId }, call);
  const told2 = await callTool(compareOffersTool, { venture: ventureId }, call);
  if (!told.ok || !told2.ok) throw new Error("not told");
  await db.$transaction((tx) => saveFigures(tx, ventureId, [...told.figures, ...told2.figures], NOW));
  const proposed = await callTool(proposeCounterTool, { venture: ventureId, bidderId: dealId }, call);
  if (!proposed.ok) throw new Error(JSON.stringify(proposed));
  const { memoId } = proposed.result as { memoId: string };
  for (const _time of [1, 2]) await carryOut(memoId, "send");
  const counters = (await view())?.counters ?? [];
  expect(counters.map(({ cleared, sentOn, terms }) => [cleared, sentOn, terms.price])).toEqual([
    [true, null, "45000000"],
  ]);
  const offerId = counters[0]?.offerId ?? "";
  const sent = (version: number) => recordSent(analyst, { offerId, version, on: "2027-01-01" }, NOW);
  expect(await sent(2)).toMatchObject({ refusal: "NOT_CLEARED" });
  expect(await sent(1)).toMatchObject({ ok: true });
  expect(await sent(1)).toMatchObject({ refusal: "NOT_CLEARED" });
  expect(await callTool(proposeCounterTool, { venture: ventureId, bidderId: dealId }, call)).toMatchObject({
    ok: false,
  });
  await expect(db.$transaction(async (tx) => reverse(tx, await lockMemo(tx, memoId), 1, NOW))).rejects.toMatchObject({
    code: "CONFLICT",
  });
});
