import { beforeAll, expect, test } from "vitest";
import { db } from "@/lib/db";
import { recordOffer } from "@/lib/deals/mutations/offers";
import { plainTerms } from "@/lib/deals/test-support/offers";
import { analyst, bidder, NOW, sellingVenture } from "@/lib/deals/test-support/sale";
import { openFigure } from "@/lib/figures/mutations/open";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { reportSchema } from "@/lib/reports/schema";
import { keepSplit, writeFundsFlow } from "./mutations/split-plans";
import { getWaterfallPage } from "./queries/waterfall";
import type { SplitPlan } from "./schema/split";

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
    withholdings: [{ holderId: founder, ratio: "0.25", office: "Tax office" }],
    financing: [{ kind: "financing", name: "Bank", amount: "10000000" }],
  };
  const keep = (version: number, more: Partial<SplitPlan> = {}) =>
    keepSplit(analyst, { ventureId, version, plan: { ...plan, ...more }, reason: "Agreed with the buyer" }, NOW);
  expect(await keep(0, { withholdings: [{ holderId: "nobody", ratio: "0.1", office: "Tax office" }] })).toMatchObject({
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
