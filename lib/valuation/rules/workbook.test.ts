import { expect, test } from "vitest";
import { shareClassSchema } from "@/lib/distribution/schema";
import { unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { ReportModel } from "@/lib/reports/schema/model";
import { reportModelSchema } from "@/lib/reports/schema/model";
import { sampleInputs } from "../test-support/inputs";
import { valuationFigures } from "./venture-figures";
import { ventureValuation } from "./venture-valuation";
import { valuationModel } from "./workbook";

const classes = [
  { id: "a", kind: "preferred", shares: 200_000, invested: 400_000, participation: "none" },
  { id: "c", kind: "common", shares: 700_000 },
].map((one) => shareClassSchema.parse(one));
const comparables = (["trading", "precedent"] as const).flatMap((kind) =>
  [1, 1.5, 2, 2.5, 4.25].map((multiple, index) => ({
    ...{ id: `${kind}${index}`, kind, name: `peer ${index}`, metric: "Revenue, last 12 months" },
    ...{
      multiple: String(multiple),
      date: "2026-10-31",
      source: "Exchange",
      excluded: index === 4 ? "not alike" : null,
    },
  })),
);
const context = { asOf: "2026-11-22", comparables, classes, classesReason: null };

/** Inputs for every method. */
function filledInputs(): ReturnType<typeof sampleInputs> {
  const inputs = sampleInputs();
  const { methods } = inputs;
  Object.assign(methods.precedents, {
    metricName: "Revenue, last 12 months",
    metric: "1000000",
    staleAfterDays: "720",
  });
  Object.assign(methods.ventureCapital, {
    ...{ exitValue: "5000000", years: "5", targetReturn: "0.35", investment: "200000" },
    laterDilution: ["0.1", "0.05"],
  });
  methods.firstChicago.scenarios = [
    { name: "Good", probability: "0.25", exitValue: "6000000", years: "4", rate: "0.3" },
    { name: "Usual", probability: "0.5", exitValue: "2500000", years: "5", rate: "0.3" },
    { name: "Bad", probability: "0.25", exitValue: "300000", years: "3", rate: "0.4" },
  ];
  Object.assign(methods.recentRound, {
    classId: "a",
    pricePerShare: "2",
    volatility: "0.6",
    years: "3",
    riskFree: "0.03",
  });
  return inputs;
}

function modelOf(inputs: ReturnType<typeof sampleInputs>): { model: ReportModel; values: Map<string, string | null> } {
  const valuation = ventureValuation(inputs, context);
  const none = unknown("no-group-holder");
  const terms = {
    ...{ cash: new Exact(inputs.bridge.cash), debt: new Exact(inputs.bridge.debt), holders: [] },
    group: { low: none, central: none, high: none },
  };
  const frame = { ventureId: "v", currency: "EUR", version: 1, asOf: "2026-11-22", sources: [] };
  const figures = valuationFigures(frame, valuation, null, terms);
  const model = valuationModel({ inputs, valuation, figures, currency: "EUR" });
  if (!model) throw new Error("no model");
  return { model: reportModelSchema.parse(model), values: new Map(figures.map(({ id, value }) => [id, value])) };
}

type Cells = (number | number[])[];
const flat = (all: Cells) => all.flat();
const sorted = (all: number[]) => all.toSorted((a, b) => a - b);
const quartile = (all: number[], which: number) => {
  const values = sorted(all);
  const at = ((values.length - 1) * which) / 4;
  const low = values[Math.floor(at)] ?? Number.NaN;
  return low + ((values[Math.ceil(at)] ?? Number.NaN) - low) * (at % 1);
};
const SHEET = {
  MIN: (...all: Cells) => Math.min(...flat(all)),
  MAX: (...all: Cells) => Math.max(...flat(all)),
  SUM: (...all: Cells) => flat(all).reduce((a, b) => a + b, 0),
  PRODUCT: (...all: Cells) => flat(all).reduce((a, b) => a * b, 1),
  MEDIAN: (...all: Cells) => quartile(flat(all), 2),
  QUARTILE: quartile,
  IF: (when: boolean, then: number, otherwise: number) => (when ? then : otherwise),
  IFERROR: (first: number, second: number) => (Number.isNaN(first) ? second : first),
  NA: () => Number.NaN,
};

/** The formulas as a spreadsheet carries them out: another reading than that of the parts that wrote them. */
function recalculated({ inputs, steps }: ReportModel): Map<string, number> {
  const cells = new Map(inputs.flatMap(({ rows }) => rows.map(({ key, value }) => [key, Number(value)] as const)));
  const keys = [...cells.keys()];
  for (const { key, formula } of steps.flatMap(({ rows }) => rows)) {
    const text = formula
      .replace(/\{(\w+)\}:\{(\w+)\}/g, (_, from: string, to: string) =>
        JSON.stringify(keys.slice(keys.indexOf(from), keys.indexOf(to) + 1).map((one) => cells.get(one))),
      )
      .replace(/\{(\w+)\}/g, (_, one: string) => (cells.has(one) ? `(${cells.get(one)})` : "missing"))
      .replaceAll("^", "**");
    cells.set(key, new Function(...Object.keys(SHEET), `return ${text};`)(...Object.values(SHEET)));
  }
  return cells;
}

function expectAgreement(inputs: ReturnType<typeof sampleInputs>): ReportModel {
  const { model, values } = modelOf(inputs);
  const cells = recalculated(model);
  for (const { key, result, label } of model.steps.flatMap(({ rows }) => rows)) {
    if (result === null) expect(cells.get(key), label).toBeNaN();
    else expect((cells.get(key) ?? 0) / (result || 1), label).toBeCloseTo(result ? 1 : 0, 9);
  }
  for (const { step, figure, label } of model.checks) {
    const stored = Number(values.get(figure));
    expect(Math.abs((cells.get(step) ?? Number.NaN) - stored), label).toBeLessThanOrEqual(
      Math.abs(stored) * 1e-9 + 1e-6,
    );
  }
  return model;
}

test("the formulas, carried out, come to the stored figures: each method alone and all together", () => {
  const all = ["dcf", "trading", "precedents", "ventureCapital", "firstChicago", "recentRound"] as const;
  for (const only of [...all, null]) {
    const inputs = filledInputs();
    for (const key of all) inputs.methods[key].used = only === null || key === only;
    const checked = expectAgreement(inputs).checks.map(({ label }) => label);
    expect(checked, only ?? "all").toContain("Enterprise value");
    expect(checked.length).toBeGreaterThanOrEqual(7);
  }
});

test.each([
  ["no overlap", (i: ReturnType<typeof sampleInputs>) => (i.methods.trading.metric = "90000000")],
  ["a spread that reaches the growth", (i: ReturnType<typeof sampleInputs>) => (i.methods.dcf.spread = "0.2")],
  ["a loss in the last year", (i: ReturnType<typeof sampleInputs>) => (i.methods.dcf.freeCashFlows = ["100", "-50"])],
  [
    "costs and debt",
    (i: ReturnType<typeof sampleInputs>) => Object.assign(i.bridge, { debt: "250000", costsRate: "0.03" }),
  ],
])("with %s too", (_, change) => {
  const inputs = sampleInputs();
  change(inputs);
  expectAgreement(inputs);
});

test("the cells of a range stand one under the other; inputs hold no formula", () => {
  const { model } = modelOf(sampleInputs());
  const keys = model.inputs.flatMap(({ rows }) => rows.map(({ key }) => key));
  expect(new Set(keys).size).toBe(keys.length);
  for (const { formula } of model.steps.flatMap(({ rows }) => rows)) {
    for (const [, from = "", to = ""] of formula.matchAll(/\{(\w+)\}:\{(\w+)\}/g)) {
      const section = model.inputs.find(({ rows }) => rows.some(({ key }) => key === from));
      expect(section?.rows.some(({ key }) => key === to)).toBe(true);
    }
  }
});
