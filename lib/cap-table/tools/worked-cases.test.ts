import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { callTool } from "@/lib/agents/define-tool";
import { distributionTools } from "@/lib/distribution/tools";
import { simulationTools } from "@/lib/valuation/tools/simulation";
import { capTableComputingTools } from "../tools";

// Each number of these files stands in a test of its own as well; here the files are read as a whole, where they are.
const FOLDER = path.resolve(import.meta.dirname, "../../../../shared/cases");

const numberRecord = z.record(z.string(), z.number());
const caseSchema = z.object({
  id: z.string(),
  inputs: z.record(z.string(), z.any()),
  expected: z.record(z.string(), z.any()),
  tolerance: numberRecord,
});
type Case = z.infer<typeof caseSchema>;
type Row = Record<string, unknown>;

const read = (file: string): Case[] =>
  existsSync(path.join(FOLDER, file))
    ? z.object({ cases: z.array(caseSchema) }).parse(JSON.parse(readFileSync(path.join(FOLDER, file), "utf8"))).cases
    : [];

const tools = [...distributionTools, ...capTableComputingTools, ...simulationTools];
async function run(name: string, input: unknown): Promise<Record<string, unknown>> {
  const tool = tools.find((one) => one.name === name);
  if (!tool) throw new Error(name);
  const call = { actor: null, agent: null, runId: null, now: new Date("2026-11-22T00:00:00Z") };
  const answer = await callTool(tool, input, call);
  if (!answer.ok) throw new Error(answer.error.message);
  return { ...(answer.result as object) };
}

/** The case's own tolerance: one for all numbers, or absolute by the name of the expected one. */
function close(got: unknown, wanted: unknown, { tolerance }: Case, name: string): void {
  if (Array.isArray(wanted)) {
    for (const [index, one] of wanted.entries()) close((got as unknown[])[index], one, { tolerance } as Case, name);
    return;
  }
  if (wanted !== null && typeof wanted === "object") {
    for (const [key, one] of Object.entries(wanted))
      close((got as Row | undefined)?.[key], one, { tolerance } as Case, key);
    return;
  }
  if (typeof wanted !== "number") return void expect(got, name).toEqual(wanted);
  const room = tolerance[name] ?? Math.max(tolerance.abs ?? 0, (tolerance.rel ?? 0) * Math.abs(wanted));
  expect(Math.abs(Number(got) - wanted), `${name}: ${got} for ${wanted}`).toBeLessThanOrEqual(room);
}

const NAMES: Readonly<Record<string, string>> = {
  as_converted_shares: "shares",
  liq_multiple: "multiple",
  cap_multiple_total: "capMultiple",
  preference_amount_override: "preferenceAmount",
  cap_amount_override: "capAmount",
  type: "kind",
};
const classesOf = (rows: readonly Row[]) =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) => [NAMES[key] ?? key, value])));

const founders = (shares: number) => ({ id: "common", kind: "common", shares });
const round = (given: Row) => ({ newMoney: given.new_money, preMoney: given.pre_money });

async function dividends({ inputs }: Case) {
  const flips = Object.entries(inputs.variants as Record<string, Record<string, number>>).map(
    async ([name, variant]) => {
      const a = {
        id: "a",
        kind: "preferred",
        shares: variant.as_converted,
        preferenceAmount: variant.preference,
        participation: "none",
      };
      const { breakpoints } = await run("distribution.breakpoints", { classes: [founders(inputs.common), a] });
      return [
        name,
        (breakpoints as { at: number; reason: string }[]).find(({ reason }) => reason === "conversion")?.at,
      ] as const;
    },
  );
  return { flip_exit: Object.fromEntries(await Promise.all(flips)) };
}

async function safeRound({ inputs }: Case) {
  const { round: terms, safes = [], common_shares: common, pool_total: pool = 0, pool_granted: granted = 0 } = inputs;
  const result = await run("cap-table.safe-conversion", {
    round: {
      ...round(terms),
      ...(terms.target_unallocated_pool_post_pct ? { poolTarget: terms.target_unallocated_pool_post_pct } : {}),
    },
    capitalization: { common, options: granted, unissuedPool: pool - granted },
    safes: (safes as Row[]).map(({ type, ...safe }) => ({ ...safe, kind: type, id: "safe" })),
  });
  const { safe } = result.securities as Record<string, { conversionPrice: number; shares: number }>;
  const ownership = result.ownership as Record<string, number>;
  return {
    company_capitalization: result.companyCapitalization,
    total_shares: result.totalShares,
    price: result.pricePerShare,
    pool_increase: result.poolIncrease,
    ...{ safe_price: safe?.conversionPrice, safe_shares: safe?.shares },
    ownership: { common: ownership.common, safe: ownership.safe, new: ownership.newMoney },
  };
}

async function cooley({ inputs }: Case) {
  const { amount, discount } = inputs.convertible;
  const result = await run("cap-table.safe-conversion", {
    round: round(inputs),
    capitalization: { common: inputs.existing_fd_shares, options: 0, unissuedPool: 0 },
    notes: [{ id: "note", principal: amount, accruedInterest: 0, discount, method: inputs.method }],
  });
  const { note } = result.securities as Record<string, { conversionPrice: number; shares: number }>;
  return {
    ...{ round_price: result.pricePerShare, new_shares: result.newShares, total_shares: result.totalShares },
    ...{ conversion_price: note?.conversionPrice, convertible_shares: note?.shares },
  };
}

async function vestingTranches({ inputs }: Case) {
  const months = { length: 1, type: "MONTHS", occurrences: inputs.tranches };
  const trigger = { type: "VESTING_SCHEDULE_RELATIVE", period: months, relative_to_condition_id: "start" };
  const { schedule } = await run("cap-table.vesting", {
    vestingTerms: {
      allocation_type: inputs.allocation_type,
      vesting_conditions: [
        { id: "start", quantity: "0", trigger: { type: "VESTING_START_DATE" }, next_condition_ids: ["m"] },
        { id: "m", portion: { numerator: "1", denominator: `${inputs.tranches}` }, trigger, next_condition_ids: [] },
      ],
    },
    grant: { quantity: inputs.quantity, vestingStartDate: "2025-01-01" },
    asOf: "2026-01-01",
  });
  return { tranche_shares: (schedule as { shares: number }[]).map(({ shares }) => shares) };
}

async function accruals({ inputs }: Case) {
  const { base = (inputs.principal as number) ?? inputs.shares * inputs.oip, rate } = inputs;
  const result = await run("cap-table.accrue", {
    ...{
      kind: inputs.principal === undefined ? "dividend" : "interest",
      base,
      rate,
      compounding: "simple",
      dayCount: "ACT/365F",
    },
    ...{ from: inputs.issued ?? inputs.accrual_start, to: inputs.as_of },
  });
  return { interest: result.accrued, accrued: result.accrued, preference: result.claim };
}

async function singles({ id, inputs }: Case): Promise<Row> {
  if (id === "a-wapp-carve") {
    const preferred = {
      id: "p",
      kind: "preferred",
      shares: 1,
      invested: inputs.preference_total,
      participation: "full",
    };
    const given = {
      proceeds: inputs.exit,
      classes: [preferred, founders(1)],
      carveOut: { rate: inputs.carve_out_pct_of_proceeds },
    };
    const { payouts, carveOut } = await run("distribution.waterfall", given);
    const { p, common } = payouts as Record<string, number>;
    return { carve_out_pool: carveOut, preferred: p, common_residual: common };
  }
  if (id === "a-note-C1") {
    const note = {
      id: "n",
      principal: inputs.claim,
      cap: 8_000_000 * inputs.cap_price,
      discount: inputs.discount,
      method: "pre-money",
    };
    const result = await run("cap-table.safe-conversion", {
      round: { newMoney: 3_000_000, pricePerShare: inputs.round_price },
      capitalization: { common: 8_000_000, options: 0, unissuedPool: 0 },
      notes: [note],
    });
    const { n } = result.securities as Record<string, { conversionPrice: number; shares: number }>;
    return { conversion_price: n?.conversionPrice, shares: n?.shares };
  }
  if (id === "a-ad-AD1") {
    const { adjustedPrice, ratio } = await run("cap-table.anti-dilution", {
      ...{ kind: "broad-based", conversionPrice: inputs.cp1, newShares: inputs.new_shares },
      outstanding: inputs.common + inputs.series_a + inputs.options_outstanding,
      newPrice: inputs.new_consideration / inputs.new_shares,
    });
    return { cp2: adjustedPrice, conversion_ratio: ratio, series_a_as_converted: Number(ratio) * inputs.series_a };
  }
  if (id.startsWith("a-tsm")) {
    const price = inputs.offer_price ?? inputs.price;
    const stock = { id: "basic", shares: inputs.basic_shares ?? 0, strike: 0 };
    const options = { id: "o", shares: inputs.options, strike: inputs.strike };
    const result = await run("cap-table.treasury-method", { price, instruments: [stock, options] });
    const { o } = result.perInstrument as Record<string, { netShares: number; repurchased: number }>;
    const diluted = Number(result.dilutedShares);
    return {
      repurchased: o?.repurchased,
      net_new_shares: o?.netShares,
      diluted_shares: diluted,
      equity_value: diluted * price,
    };
  }
  if (id === "a-nwc-silfer") {
    const workingCapital = { peg: inputs.peg, actual: inputs.actual_closing_nwc };
    const result = await run("distribution.purchase-price", { enterpriseValue: 10_000, workingCapital });
    return { price_adjustment: result.workingCapitalAdjustment };
  }
  if (id === "a-bp-BP1") {
    const { breakpoints } = await run("distribution.breakpoints", { classes: classesOf(inputs.classes) });
    return { breakpoints: (breakpoints as { at: number }[]).map(({ at }) => at) };
  }
  const { payouts, converted } = await run("distribution.waterfall", {
    proceeds: inputs.exit_proceeds_to_equity_and_debt,
    classes: classesOf(inputs.classes),
  });
  return { payouts, converted };
}

/** What vests of a grant, and what its exercise costs: the strike that the waterfall takes off. */
async function exercised({ inputs }: Case): Promise<Row> {
  const { grant, vested_fraction: part, exercise_price: strike } = inputs;
  const condition = {
    ...{ id: "quarter", portion: { numerator: String(part), denominator: "1" } },
    trigger: { type: "VESTING_SCHEDULE_ABSOLUTE", date: "2024-01-01" },
  };
  const { vested } = await run("cap-table.vesting", {
    vestingTerms: { allocation_type: "CUMULATIVE_ROUNDING", vesting_conditions: [condition] },
    grant: { quantity: String(grant), vestingStartDate: "2023-01-01" },
    asOf: "2024-06-01",
  });
  const option = { id: "option", kind: "option", shares: vested, strike };
  const common = { id: "common", kind: "common", shares: 1_000_000 };
  const { breakdown } = await run("distribution.waterfall", { proceeds: 10_000_000, classes: [option, common] });
  const { option: parts } = breakdown as Record<string, Row>;
  return { exercised_shares: vested, consideration: parts?.strikeOffset };
}

const M = 1_000_000;
/** A call is the option with that strike beside common: its own class, so that its value is the call's on the whole. */
async function optionPricing({ id, inputs }: Case): Promise<Row> {
  const market = {
    volatility: inputs.volatility,
    years: inputs.years,
    riskFree: inputs.risk_free_cc ?? inputs.risk_free,
  };
  const price = async (equityValue: number, classes: unknown) => {
    const { classes: priced, tranches } = await run("valuation.option-pricing", { equityValue, classes, ...market });
    return { priced: priced as Record<string, Row>, tranches: tranches as { from: number; value: number }[] };
  };
  if (id === "a-opm-teju3") {
    const { vc_stake: stake, liquidation_preference: invested } = inputs;
    const vc = { id: "vc", kind: "preferred", shares: stake * 1_000, invested, participation: "full" };
    const { priced } = await price(inputs.S, [vc, { id: "common", kind: "common", shares: (1 - stake) * 1_000 }]);
    return { vc_value: priced.vc?.value };
  }
  if (id === "a-opm-O2") {
    const { priced } = await price(inputs.S, classesOf(inputs.classes));
    return { series_a: priced.series_a?.value, common: priced.common?.value };
  }
  // Debt of each strike in turn: what lies above it is the call.
  const calls = await Promise.all(
    [5, 25, 30, 50].map(async (strike) => {
      const debt = { id: "debt", kind: "debt", claim: strike * M };
      const { priced } = await price(inputs.S, [debt, { id: "common", kind: "common", shares: 1 }]);
      return [`C_${strike}M`, priced.common?.value] as const;
    }),
  );
  return Object.fromEntries(calls);
}

async function exitAnswer(one: Case): Promise<Row> {
  if (one.id === "a-div-FL") return dividends(one);
  if (one.id.startsWith("a-safe")) return safeRound(one);
  if (one.id.startsWith("a-cooley")) return cooley(one);
  if (one.id === "a-div-DV1" || one.id === "a-debt-A1") return accruals(one);
  if (one.id === "a-ocf-exercise") return exercised(one);
  if (one.id.startsWith("a-opm")) return optionPricing(one);
  if (one.id.startsWith("a-ocf")) return vestingTranches(one);
  return singles(one);
}

const dated = (rows: readonly Row[]) => rows.map(({ t, amount }) => ({ date: `${2021 + Number(t)}-01-01`, amount }));

async function fund({ id, inputs }: Case): Promise<Row> {
  if (id === "b-ovf-F6") {
    const result = await run("distribution.fund-multiples", {
      ...{ calls: dated(inputs.calls), distributions: dated(inputs.distributions) },
      nav: { date: "2023-01-01", amount: inputs.nav_end },
      index: [{ date: "2021-01-01", level: 100 }],
    });
    return { ...result, ks_pme: result.ksPme };
  }
  const multiples = async ({ flows, nav }: { flows: number[]; nav?: number }) => {
    const rows = flows.map((amount, index) => ({
      date: `${2021 + index}-01-01`,
      amount: Math.abs(amount),
      in: amount < 0,
    }));
    const side = (paid: boolean) =>
      rows.flatMap(({ date, amount, in: into }) => (into === paid ? [{ date, amount }] : []));
    const left = nav === undefined ? {} : { nav: { date: "2030-01-01", amount: nav } };
    return run("distribution.fund-multiples", { calls: side(true), distributions: side(false), ...left });
  };
  if (inputs.cases)
    return {
      tvpi: await Promise.all(inputs.cases.map(async (one: { flows: number[] }) => (await multiples(one)).tvpi)),
    };
  return multiples(inputs as { flows: number[] });
}

async function returnAnswer(one: Case): Promise<Row> {
  const { id, inputs, expected } = one;
  if (inputs.cashflows) {
    const { cashflows, day_count: dayCount } = inputs;
    const result = await run("distribution.xirr", { cashflows, ...(dayCount ? { dayCount } : {}) });
    // Where there are two roots the source prints one of them.
    const listed = expected.non_unique ? (result.allRoots as number[]).at(-1) : result.xirr;
    return { xirr: listed, irr: result.xirr, all_roots: result.allRoots, non_unique: !result.unique };
  }
  if (id.startsWith("b-npf-mirr"))
    return run("distribution.mirr", {
      flows: inputs.flows,
      financeRate: inputs.finance_rate,
      reinvestRate: inputs.reinvest_rate,
    });
  if (expected.irr !== undefined && inputs.flows) return run("distribution.irr", inputs);
  if (expected.npv !== undefined) return run("distribution.npv", { ...inputs, firstFlowAt: 0 });
  return fund(one);
}

// Open Cap Format, Options tutorial, "Exercise the option" (facts).
test("exercising the vested quarter of 100,000 options at 0.10 costs 2,500", async () => {
  const inputs = { grant: 100_000, vested_fraction: 0.25, exercise_price: 0.1 };
  const answer = await exercised({ id: "a-ocf-exercise", inputs, expected: {}, tolerance: {} });
  expect(answer).toEqual({ exercised_shares: 25_000, consideration: 2_500 });
});

describe.runIf(existsSync(FOLDER))("the worked cases as files", () => {
  const exits = read("a-exit-waterfall.json");
  const returns = read("b-returns.json");

  test("are all there", () => {
    expect([exits.length, returns.length]).toEqual([38, 16]);
  });
  test.each(exits.map((one) => [one.id, one] as const))("%s", async (_id, one) => {
    const answer = await exitAnswer(one);
    for (const [name, wanted] of Object.entries(one.expected)) close(answer[name], wanted, one, name);
  });
  test.each(returns.map((one) => [one.id, one] as const))("%s", async (_id, one) => {
    const answer = await returnAnswer(one);
    for (const [name, wanted] of Object.entries(one.expected)) close(answer[name], wanted, one, name);
  });
});
