import { describe, expect, test } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { distributionTools } from "@/lib/distribution/tools";
import { capTableComputingTools } from "../tools";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };
type Fields = { [key: string]: Json };
const call = { actor: null, agent: null, runId: null, now: new Date("2026-11-22T00:00:00Z") };
const tools = new Map([...distributionTools, ...capTableComputingTools].map((one) => [one.name, one]));

async function ask(name: string, input: unknown) {
  const tool = tools.get(name);
  if (!tool) throw new Error(name);
  return callTool(tool, input, call);
}

const common: Fields = { id: "c", kind: "common", shares: 8 };
const flows = [
  { date: "2020-01-01", amount: -100 },
  { date: "2021-01-01", amount: 120 },
];

/** One full input for each tool that answers. */
const GOOD: Readonly<Record<string, Fields>> = {
  "distribution.waterfall": {
    proceeds: 100,
    classes: [
      common,
      {
        ...{ id: "p", kind: "preferred", shares: 2, invested: 5, participation: "capped", capMultiple: 2 },
        accruedDividends: 1,
      },
      { id: "o", kind: "option", shares: 1, strike: 1 },
      { id: "d", kind: "debt", claim: 3, seniority: 1 },
      { id: "s", kind: "safe", purchaseAmount: 2, valuationCap: 50, capitalization: 10 },
      { id: "n", kind: "note", principal: 2, accruedInterest: 1, conversionPrice: 4, premium: 0.5 },
    ],
    transactionCosts: 2,
    carveOut: { rate: 0.1, participants: [{ id: "ceo", class: "c", fraction: 0.2 }] },
    mandatoryConversion: { majority: 0.5 },
  },
  "distribution.payoff-curve": { classes: [common], exits: [0, 10, 100] },
  "distribution.breakpoints": { classes: [common, { id: "d", kind: "debt", claim: 3 }], upTo: 50 },
  "distribution.contingent": {
    classes: [common],
    releases: [
      { date: "2027-01-01", amount: 10, label: "closing" },
      { date: "2028-01-01", amount: 5, label: "escrow" },
    ],
  },
  "distribution.earn-out": {
    terms: { threshold: 10, amountAtThreshold: 5, ratePerUnit: 2, cap: 12 },
    outcomes: [
      { metric: 9, probability: 0.5 },
      { metric: 12, probability: 0.5 },
    ],
    discountRate: 0.1,
    years: 1.5,
  },
  "distribution.purchase-price": {
    ...{ enterpriseValue: 100, cash: 5, debt: 20, transactionCosts: 3 },
    workingCapital: { peg: 600, actual: 580, collar: 5 },
    escrow: { rate: 0.1 },
  },
  "distribution.xirr": { cashflows: flows, dayCount: "ACT/365F" },
  "distribution.irr": { flows: [-100, 60, 60] },
  "distribution.xnpv": { rate: 0.1, cashflows: flows, dayCount: "30/360" },
  "distribution.npv": { rate: 0.1, flows: [-100, 60, 60], firstFlowAt: 0 },
  "distribution.mirr": { flows: [-100, 60, 60], financeRate: 0.1, reinvestRate: 0.12 },
  "distribution.fund-multiples": {
    calls: [{ date: "2020-01-01", amount: 100 }],
    distributions: [{ date: "2021-01-01", amount: 50 }],
    nav: { date: "2022-01-01", amount: 80 },
    index: [
      { date: "2020-01-01", level: 100 },
      { date: "2022-01-01", level: 110 },
    ],
  },
  "cap-table.safe-conversion": {
    round: { newMoney: 3e6, preMoney: 12e6, poolTarget: 0.1 },
    capitalization: { common: 8e6, options: 5e5, unissuedPool: 5e5 },
    safes: [{ id: "s", kind: "post-money", amount: 1e6, cap: 1e7, discount: 0.2 }],
    notes: [{ id: "n", principal: 5e5, accruedInterest: 3e4, cap: 8e6, discount: 0.2, method: "percent-ownership" }],
  },
  "cap-table.anti-dilution": {
    kind: "broad-based",
    conversionPrice: 2.5,
    outstanding: 12e6,
    newShares: 4e6,
    newPrice: 1.25,
  },
  "cap-table.treasury-method": { price: 7.5, instruments: [{ id: "o", shares: 1000, strike: 5 }] },
  "cap-table.accrue": {
    ...{ kind: "interest", base: 1e6, rate: 0.08, compounding: "daily", dayCount: "ACT/365F" },
    ...{ from: "2025-01-01", to: "2027-01-01", endFee: 5, changeOfControlMultiple: 2 },
  },
};

type Path = (string | number)[];
const named = (path: Path): string =>
  path.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${key}` : key), "");
const at = (value: Json, path: Path): Json =>
  path.reduce<Json>((part, key) => (part as Record<string | number, Json>)[key] ?? null, value);

function pathsOf(value: Json, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  const inner = Array.isArray(value)
    ? value.flatMap((part, index) => pathsOf(part, [...path, index]))
    : Object.entries(value).flatMap(([key, part]) => pathsOf(part, [...path, key]));
  return path.length > 0 ? [path, ...inner] : inner;
}

function withValue(value: Json, path: Path, instead: Json | undefined): Json {
  const copy = structuredClone(value);
  const holder = at(copy, path.slice(0, -1)) as Record<string | number, Json>;
  const key = path.at(-1) ?? "";
  if (instead !== undefined) holder[key] = instead;
  else if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
  return copy;
}

/** What an answer in JSON cannot hold without becoming something else. */
const unsayable = (value: unknown): boolean => {
  if (value === undefined) return true;
  if (typeof value === "number") return !Number.isFinite(value) || Object.is(value, -0);
  return value !== null && typeof value === "object" && Object.values(value).some(unsayable);
};

const NASTY: (Json | undefined)[] = [
  ...[undefined, null, "", "abc", "1,000", " 5", "+5", "5e", ".5", "5.", "0x10", "١٢", "NaN", "Infinity"],
  ...["1e400", "1e-400", "9".repeat(61), "2025-02-30", "2025-13-01", "20250101"],
  ...[-1, 0, 1e300, 1e-300, Number.POSITIVE_INFINITY, true, [], {}],
];
const ALWAYS_WRONG = new Set<Json | undefined>([true, "abc", "١٢", Number.POSITIVE_INFINITY]);

describe.each(Object.entries(GOOD))("%s", (name, good) => {
  test("answers its own input in the shape that it prints", async () => {
    const answer = await ask(name, good);
    if (!answer.ok) throw new Error(answer.error.message);
    expect(tools.get(name)?.output.safeParse(answer.result).error).toBeUndefined();
    expect(answer.figures.length).toBeGreaterThan(0);
    expect(Object.keys(answer.conventions).length).toBeGreaterThan(0);
  });

  test("never throws and never says what is no number, whatever stands in whichever field", async () => {
    for (const path of pathsOf(good)) {
      for (const value of NASTY) {
        const answer = await ask(name, withValue(good, path, value));
        const where = `${named(path)} = ${JSON.stringify(value)}`;
        if (answer.ok) expect(unsayable(answer.result), where).toBe(false);
        else expect(answer.error.path, where).not.toBe("");
      }
    }
  });

  test("names the field that is no number or no text at all", async () => {
    for (const path of pathsOf(good)) {
      const old = at(good, path);
      if (typeof old !== "number") continue;
      for (const value of ALWAYS_WRONG) {
        const answer = await ask(name, withValue(good, path, value));
        expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT", path: named(path) } });
      }
    }
  });

  test("refuses fields that it does not know, at any depth", async () => {
    const objects = [[], ...pathsOf(good)].filter((path) => {
      const value = at(good, path);
      return value !== null && typeof value === "object" && !Array.isArray(value);
    });
    for (const path of objects) {
      const answer = await ask(name, withValue(good, [...path, "sheniority"], 1));
      expect(answer).toMatchObject({ ok: false, error: { path: named([...path, "sheniority"]) } });
    }
  });

  test("needs an object", async () => {
    for (const value of [null, [], "x", 5]) expect(await ask(name, value)).toMatchObject({ ok: false });
  });
});

const change = (name: string, more: Fields): Fields => ({ ...GOOD[name], ...more });
const day = (date: string) => ({
  cashflows: [
    { date, amount: -1 },
    { date: "2026-01-01", amount: 2 },
  ],
});

test.each<[tool: string, what: string, more: Fields, path: string]>([
  ["distribution.xirr", "no flows", { cashflows: [] }, "cashflows"],
  ["distribution.xirr", "a day that February lacks", day("2025-02-30"), "cashflows[0].date"],
  ["distribution.xirr", "29 February of no leap year", day("2100-02-29"), "cashflows[0].date"],
  ["distribution.xirr", "a time beside the day", day("2025-01-01T00:00:00Z"), "cashflows[0].date"],
  ["distribution.xirr", "a day without zeros", day("2025-1-1"), "cashflows[0].date"],
  ["distribution.xirr", "an unknown day count", { dayCount: "ACT/ACT" }, "dayCount"],
  ["distribution.xirr", "a flow without a date", { cashflows: [{ amount: 1 }] }, "cashflows[0].date"],
  ["distribution.xirr", "a flow without an amount", { cashflows: [{ date: "2025-01-01" }] }, "cashflows[0].amount"],
  ["distribution.irr", "no flows", { flows: [] }, "flows"],
  ["distribution.irr", "a hole", { flows: [-1, null, 2] }, "flows[1]"],
  ["distribution.xnpv", "a rate of −100 %", { rate: -1 }, "rate"],
  ["distribution.xnpv", "a rate below", { rate: "-1.5" }, "rate"],
  ["distribution.npv", "a rate of −100 %", { rate: -1 }, "rate"],
  ["distribution.npv", "another origin", { firstFlowAt: 2 }, "firstFlowAt"],
  ["distribution.npv", "the origin as text", { firstFlowAt: "0" }, "firstFlowAt"],
  ["distribution.mirr", "a finance rate of −100 %", { financeRate: -1 }, "financeRate"],
  ["distribution.mirr", "a reinvestment rate below", { reinvestRate: -2 }, "reinvestRate"],
  [
    "distribution.fund-multiples",
    "a call below zero",
    { calls: [{ date: "2020-01-01", amount: -5 }] },
    "calls[0].amount",
  ],
  ["distribution.fund-multiples", "a NAV below zero", { nav: { date: "2020-01-01", amount: -5 } }, "nav.amount"],
  ["distribution.fund-multiples", "an index at zero", { index: [{ date: "2020-01-01", level: 0 }] }, "index[0].level"],
  ["distribution.fund-multiples", "an empty index", { index: [] }, "index"],
  [
    "distribution.fund-multiples",
    "two levels of one day",
    {
      index: [
        { date: "2020-01-01", level: 1 },
        { date: "2020-01-01", level: 2 },
      ],
    },
    "index[1].level",
  ],
  ["distribution.contingent", "no releases", { releases: [] }, "releases"],
  ["distribution.contingent", "no classes", { classes: [] }, "classes"],
  ["distribution.contingent", "a release below zero", { releases: [{ label: "x", amount: -1 }] }, "releases[0].amount"],
  ["distribution.contingent", "a class twice", { classes: [common, common] }, "classes[1].id"],
  ["distribution.earn-out", "no outcomes", { outcomes: [] }, "outcomes"],
  [
    "distribution.earn-out",
    "a probability above 1",
    { outcomes: [{ metric: 1, probability: 1.2 }] },
    "outcomes[0].probability",
  ],
  ["distribution.earn-out", "probabilities that miss 1", { outcomes: [{ metric: 1, probability: 0.9 }] }, "outcomes"],
  [
    "distribution.earn-out",
    "one probability of two",
    { outcomes: [{ metric: 1, probability: 1 }, { metric: 2 }] },
    "outcomes[1].probability",
  ],
  [
    "distribution.earn-out",
    "a cap below the first payment",
    { terms: { threshold: 1, amountAtThreshold: 5, ratePerUnit: 0, cap: 4 } },
    "terms.cap",
  ],
  [
    "distribution.earn-out",
    "no cap said",
    { terms: { threshold: 1, amountAtThreshold: 5, ratePerUnit: 0 } },
    "terms.cap",
  ],
  ["distribution.earn-out", "a discount of −100 %", { discountRate: -1 }, "discountRate"],
  ["distribution.earn-out", "years below zero", { years: -1 }, "years"],
  ["distribution.purchase-price", "a price below zero", { enterpriseValue: -1 }, "enterpriseValue"],
  ["distribution.purchase-price", "an escrow rate above 1", { escrow: { rate: 1.01 } }, "escrow.rate"],
  ["distribution.purchase-price", "an escrow above the proceeds", { escrow: { amount: 1000 } }, "escrow.amount"],
  ["distribution.purchase-price", "an escrow twice", { escrow: { rate: 0.1, amount: 1 } }, "escrow"],
  ["distribution.purchase-price", "an escrow of nothing said", { escrow: {} }, "escrow"],
  ["distribution.purchase-price", "no actual", { workingCapital: { peg: 1 } }, "workingCapital.actual"],
  [
    "distribution.purchase-price",
    "a collar below zero",
    { workingCapital: { peg: 1, actual: 1, collar: -1 } },
    "workingCapital.collar",
  ],
  [
    "cap-table.safe-conversion",
    "a discount of 100 %",
    { safes: [{ id: "s", kind: "post-money", amount: 1, discount: 1 }] },
    "safes[0].discount",
  ],
  [
    "cap-table.safe-conversion",
    "a discount in percent",
    { safes: [{ id: "s", kind: "post-money", amount: 1, discount: 20 }] },
    "safes[0].discount",
  ],
  [
    "cap-table.safe-conversion",
    "a cap of nothing",
    { safes: [{ id: "s", kind: "post-money", amount: 1, cap: 0 }] },
    "safes[0].cap",
  ],
  [
    "cap-table.safe-conversion",
    "an amount of nothing",
    { safes: [{ id: "s", kind: "post-money", amount: 0 }] },
    "safes[0].amount",
  ],
  ["cap-table.safe-conversion", "an unknown kind", { safes: [{ id: "s", kind: "mfn", amount: 1 }] }, "safes[0].kind"],
  ["cap-table.safe-conversion", "a note without a method", { notes: [{ id: "n", principal: 1 }] }, "notes[0].method"],
  [
    "cap-table.safe-conversion",
    "a pool of everything",
    { round: { newMoney: 1, preMoney: 1, poolTarget: 1 } },
    "round.poolTarget",
  ],
  ["cap-table.safe-conversion", "no pre-money", { round: { newMoney: 1, preMoney: 0 } }, "round.preMoney"],
  ["cap-table.safe-conversion", "neither price nor pre-money", { round: { newMoney: 1 } }, "round.preMoney"],
  ["cap-table.safe-conversion", "shares below zero", { capitalization: { common: -1 } }, "capitalization.common"],
  ["cap-table.anti-dilution", "no price before", { conversionPrice: 0 }, "conversionPrice"],
  ["cap-table.anti-dilution", "shares below zero", { newShares: -1 }, "newShares"],
  ["cap-table.anti-dilution", "an unknown kind", { kind: "ratchet" }, "kind"],
  [
    "cap-table.treasury-method",
    "a strike below zero",
    { instruments: [{ id: "o", shares: 1, strike: -1 }] },
    "instruments[0].strike",
  ],
  [
    "cap-table.treasury-method",
    "an id twice",
    {
      instruments: [
        { id: "o", shares: 1, strike: 1 },
        { id: "o", shares: 1, strike: 1 },
      ],
    },
    "instruments[1].id",
  ],
  ["cap-table.accrue", "a rate below zero", { rate: -0.01 }, "rate"],
  ["cap-table.accrue", "backwards", { from: "2027-01-02" }, "to"],
  ["cap-table.accrue", "two spans", { years: 1 }, "from"],
  ["cap-table.accrue", "a multiple below 1", { changeOfControlMultiple: 0.5 }, "changeOfControlMultiple"],
  ["cap-table.accrue", "declared interest", { declared: false }, "declared"],
  ["cap-table.accrue", "an unknown compounding", { compounding: "continuous" }, "compounding"],
  ["cap-table.accrue", "a dividend with an end fee", { kind: "dividend" }, "endFee"],
])("%s refuses %s", async (name, _what, more, path) => {
  const answer = await ask(name, change(name, more));
  expect(answer).toMatchObject({ ok: false, error: { path } });
  if (!answer.ok) expect(answer.error.message).toContain(`${path}: `);
});

test.each<[what: string, tool: string, input: Fields, result: Fields]>([
  [
    "an exponent is a number",
    "distribution.npv",
    { rate: "1e-1", flows: ["-1e2", "1.1E2"], firstFlowAt: 0 },
    { npv: 0 },
  ],
  [
    "more than a number can say",
    "cap-table.accrue",
    { kind: "interest", base: "1e99", rate: "1e9", compounding: "daily", years: 1000 },
    { accrued: null, claim: null, reasons: { accrued: "too-large", claim: "too-large" } },
  ],
  [
    "a sum above sixteen digits stays exact",
    "distribution.purchase-price",
    { enterpriseValue: "123456789012345678.91", debt: 1 },
    { equityProceeds: "123456789012345677.91", atClosing: "123456789012345677.91", withheld: 0 },
  ],
  [
    "the yen has no minor unit",
    "distribution.purchase-price",
    { enterpriseValue: 1005, escrow: { rate: 0.1 }, currency: "JPY" },
    { equityProceeds: 1005, withheld: 101, atClosing: 904 },
  ],
  [
    "a rate that does not exist has its reason twice: by itself and among the others",
    "distribution.irr",
    { flows: [-100, 230, -132] },
    {
      irr: null,
      unique: false,
      allRoots: [0.1, 0.2],
      tangentRoot: null,
      reason: "several-roots",
      reasons: { irr: "several-roots" },
    },
  ],
  [
    "a double root",
    "distribution.xirr",
    {
      cashflows: [
        { date: "2023-01-01", amount: -121 },
        { date: "2021-01-01", amount: -100 },
        { date: "2022-01-01", amount: 220 },
      ],
    },
    { xirr: null, unique: false, allRoots: [], tangentRoot: 0.1, reason: "double-root" },
  ],
])("%s", async (_what, name, input, result) => {
  expect(await ask(name, input)).toMatchObject({ ok: true, result });
});
