import { expect, test } from "vitest";
import { callTool, jsonSchemas } from "@/lib/agents/define-tool";
import { distributionTools } from "./tools";

const call = { actor: null, agent: null, runId: null, now: new Date("2026-11-22T00:00:00Z") };
const tool = (name: string) => {
  const found = distributionTools.find((candidate) => candidate.name === `distribution.${name}`);
  if (!found) throw new Error(name);
  return found;
};
const waterfall = (input: unknown) => callTool(tool("waterfall"), input, call);

const common = { id: "c", kind: "common", shares: 8 };
const plain = { id: "p", kind: "preferred", shares: 2, invested: 5, participation: "none" };

test.each([
  ["proceeds missing", { classes: [common] }, "proceeds"],
  ["proceeds negative", { proceeds: -1, classes: [common] }, "proceeds"],
  ["proceeds no number", { proceeds: "1,000", classes: [common] }, "proceeds"],
  ["no classes", { proceeds: 1, classes: [] }, "classes"],
  ["unknown kind", { proceeds: 1, classes: [{ id: "x", kind: "pool", shares: 1 }] }, "classes[0].kind"],
  ["shares missing", { proceeds: 1, classes: [{ id: "x", kind: "common" }] }, "classes[0].shares"],
  ["shares negative", { proceeds: 1, classes: [common, { ...plain, shares: "-1" }] }, "classes[1].shares"],
  [
    "participation unanswered",
    { proceeds: 1, classes: [{ ...plain, participation: undefined }] },
    "classes[0].participation",
  ],
  ["same id twice", { proceeds: 1, classes: [common, { ...plain, id: "c" }] }, "classes[1].id"],
  ["capped without a cap", { proceeds: 1, classes: [{ ...plain, participation: "capped" }] }, "classes[0].capMultiple"],
  [
    "two caps",
    { proceeds: 1, classes: [{ ...plain, participation: "capped", capMultiple: 2, capAmount: 9 }] },
    "classes[0].capAmount",
  ],
  ["a cap on a class without one", { proceeds: 1, classes: [{ ...plain, capMultiple: 2 }] }, "classes[0].capMultiple"],
  ["nothing invested", { proceeds: 1, classes: [{ ...plain, invested: undefined }] }, "classes[0].invested"],
  ["SAFE without terms", { proceeds: 1, classes: [{ id: "s", kind: "safe", purchaseAmount: 1 }] }, "classes[0].shares"],
  [
    "SAFE with a cap of nothing",
    { proceeds: 1, classes: [{ id: "s", kind: "safe", purchaseAmount: 1, valuationCap: 0, capitalization: 5 }] },
    "classes[0].valuationCap",
  ],
  ["note without terms", { proceeds: 1, classes: [{ id: "n", kind: "note", principal: 1 }] }, "classes[0].shares"],
  ["costs above proceeds", { proceeds: 1, transactionCosts: 2, classes: [common] }, "transactionCosts"],
  ["carve-out twice", { proceeds: 1, carveOut: { rate: 0.1, amount: 1 }, classes: [common] }, "carveOut"],
  ["carve-out above 1", { proceeds: 1, carveOut: { rate: 1.1 }, classes: [common] }, "carveOut.rate"],
  ["carve-out above proceeds", { proceeds: 1, carveOut: { amount: 2 }, classes: [common] }, "carveOut.amount"],
  [
    "participant unknown",
    { proceeds: 1, carveOut: { rate: 0.1, participants: ["x"] }, classes: [common] },
    "carveOut.participants[0]",
  ],
  [
    "majority above 1",
    { proceeds: 1, mandatoryConversion: { majority: 50 }, classes: [common] },
    "mandatoryConversion.majority",
  ],
  ["nobody entitled", { proceeds: 9, classes: [{ ...plain, convertible: false }] }, "classes"],
  ["debt only", { proceeds: 9, classes: [{ id: "d", kind: "debt", claim: 5 }] }, "classes"],
])("refuses %s and names the field", async (_what, input, path) => {
  const answer = await waterfall(input);
  expect(answer).toMatchObject({ ok: false, error: { path } });
  if (!answer.ok) expect(answer.error.message.length).toBeGreaterThan(path.length);
});

test("an unknown field is refused by its path", async () => {
  const answer = await waterfall({ proceeds: 1, classes: [{ ...common, sheniority: 2 }] });
  expect(answer).toMatchObject({ ok: false, error: { code: "INVALID_INPUT", path: "classes[0].sheniority" } });
});

test("answers the whole contract", async () => {
  const answer = await waterfall({ proceeds: "35", classes: [common, plain], currency: "USD" });
  expect(answer).toMatchObject({
    ok: true,
    result: {
      payouts: { c: 28, p: 7 },
      converted: ["p"],
      indifferent: [],
      commonPrice: 3.5,
      breakdown: {
        c: { preference: 0, participation: 28, conversion: 0, strikeOffset: 0 },
        p: { preference: 0, participation: 0, conversion: 7, strikeOffset: 0 },
      },
      carveOut: 0,
      transactionCosts: 0,
    },
    figures: [
      { unit: "USD", value: "28" },
      { unit: "USD", value: "7" },
    ],
  });
});

test("a missing common price has its reason", async () => {
  const answer = await waterfall({ proceeds: 3, classes: [plain] });
  expect(answer).toMatchObject({
    result: { commonPrice: null, reasons: { commonPrice: "no-shares-in-the-residual" } },
  });
});

test("amounts beyond what a number can say come back as text, to the cent", async () => {
  const answer = await waterfall({ proceeds: "123456789012345678.91", classes: [common, { ...common, id: "d" }] });
  expect(answer).toMatchObject({ result: { payouts: { c: "61728394506172839.46", d: "61728394506172839.45" } } });
});

test("what is below a cent is carried by a named line", async () => {
  const answer = await waterfall({ proceeds: 0.005, classes: [common] });
  expect(answer).toMatchObject({ result: { payouts: { c: 0.005 } } });
  if (answer.ok) expect(answer.warnings.join()).toContain("class c");
});

test("the yen has no minor unit, the dinar three digits", async () => {
  const classes = [common, { ...common, id: "d" }, { ...common, id: "e" }];
  expect(await waterfall({ proceeds: 100, classes, currency: "JPY" })).toMatchObject({
    result: { payouts: { c: 34, d: 33, e: 33 } },
  });
  expect(await waterfall({ proceeds: 1, classes, currency: "KWD" })).toMatchObject({
    result: { payouts: { c: 0.334, d: 0.333, e: 0.333 } },
  });
});

test("what options receive is net of what exercising costs", async () => {
  const option = { id: "o", kind: "option", shares: 2, strike: "1.5" };
  expect(await waterfall({ proceeds: 27, classes: [common, option] })).toMatchObject({
    result: { payouts: { c: 24, o: 3 }, breakdown: { o: { participation: 6, strikeOffset: 3 } }, commonPrice: 3 },
  });
});

test("payoff curve and breakpoints answer as one", async () => {
  const classes = [common, plain];
  expect(await callTool(tool("payoff-curve"), { classes, exits: [0, 15, "25", 35] }, call)).toMatchObject({
    result: {
      rows: [
        { exit: 0, payouts: { c: 0, p: 0 }, converted: [] },
        { exit: 15, payouts: { c: 10, p: 5 }, converted: [] },
        { exit: "25", payouts: { c: 20, p: 5 }, converted: [] },
        { exit: 35, payouts: { c: 28, p: 7 }, converted: ["p"] },
      ],
    },
  });
  expect(await callTool(tool("breakpoints"), { classes }, call)).toMatchObject({
    result: {
      breakpoints: [
        { at: 5, reason: "preference", ids: ["p"] },
        { at: 25, reason: "conversion", ids: ["p"] },
      ],
      slopes: [
        { from: 0, to: 5, shares: { c: 0, p: 1 } },
        { from: 5, to: 25, shares: { c: 1, p: 0 } },
        { from: 25, to: null, shares: { c: 0.8, p: 0.2 } },
      ],
    },
  });
  expect(await callTool(tool("breakpoints"), { classes, upTo: 10 }, call)).toMatchObject({
    result: { breakpoints: [{ at: 5 }], slopes: [{ from: 0 }, { from: 5, to: null }] },
  });
});

test("an exit beyond what anyone may take is refused with its place in the list", async () => {
  const answer = await callTool(
    tool("payoff-curve"),
    { classes: [{ id: "d", kind: "debt", claim: 5 }], exits: [4, 6] },
    call,
  );
  expect(answer).toMatchObject({ ok: false, error: { path: "exits[1]" } });
});

test.each(distributionTools.map((each) => [each.name, each] as const))("%s prints its JSON schemas", (_name, each) => {
  expect(jsonSchemas(each).input).toMatchObject({ type: "object", additionalProperties: false });
});
