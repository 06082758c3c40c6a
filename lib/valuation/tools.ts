import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok } from "@/lib/errors";
import { answer, known, plain } from "@/lib/metrics/rules/measure";
import { capm, freeCashFlow, wacc } from "./rules/cost-of-capital";
import { dcfConventions, discountedCashFlow } from "./rules/dcf";
import { FIRST_CHICAGO_CONVENTIONS, firstChicago } from "./rules/first-chicago";
import { type Described, givenFigures } from "./rules/given-figures";
import { comparableMultiples, multiplesConventions, rangeReason } from "./rules/multiples";
import { FOOTBALL_FIELD_CONVENTIONS, footballField, TORNADO_CONVENTIONS, tornado } from "./rules/ranges";
import { ventureCapitalConventions, ventureCapitalMethod } from "./rules/venture-capital";
import * as schema from "./schema/methods";

const computing = { effect: "read", pure: true, reads: ["pure"], writes: [] } as const;
const day = (now: Date): string => now.toISOString().slice(0, 10);

const EQUITY: readonly Described[] = [
  { name: "equityValue", label: "Equity value", formula: "enterprise value − net debt" },
  { name: "perShare", label: "Value per share", formula: "equity value ÷ shares" },
];

const DCF_FIGURES: readonly Described[] = [
  { name: "enterpriseValue", label: "Enterprise value by DCF", formula: "Σ flow × factor + terminal value × factor" },
  { name: "presentValueTerminal", label: "Present value after the last year", formula: "terminal value × factor" },
  { name: "impliedGrowth", label: "Growth implied by the multiple", formula: "(T × r − F) ÷ (T + F)", unit: "ratio" },
  { name: "impliedMultiple", label: "Multiple implied by the growth", formula: "T ÷ metric", unit: "multiple" },
  ...EQUITY,
];

const dcf = defineTool({
  name: "valuation.dcf",
  description:
    "Discounted cash flow: enterprise value from yearly free cash flows at year end or mid-year, with a perpetuity or an exit multiple after them, and the growth or multiple that it implies",
  input: schema.dcfInput,
  output: schema.dcfOutput,
  ...computing,
  run: (input, { now }) => {
    const found = discountedCashFlow(input);
    if (!found.ok) return found;
    const { measures, schedule, warnings } = found.value;
    const rows = schedule.map(({ period, ...row }) => ({
      period,
      years: plain(row.years),
      cashFlow: plain(row.cashFlow),
      discountFactor: plain(row.discountFactor),
      presentValue: plain(row.presentValue),
    }));
    return ok({
      result: { ...answer(measures), schedule: rows },
      figures: givenFigures("dcf", input, measures, input.currency ? DCF_FIGURES : [], day(now)),
      conventions: dcfConventions(input),
      warnings: [...warnings],
    });
  },
});

const WACC_FIGURE: readonly Described[] = [
  { name: "wacc", label: "Cost of capital", formula: "E/V × Ke + D/V × Kd × (1 − t)", unit: "ratio" },
];

const waccTool = defineTool({
  name: "valuation.wacc",
  description: "Weighted average cost of capital at market weights, after tax",
  input: schema.waccInput,
  output: schema.waccOutput,
  ...computing,
  run: (input, { now }) => {
    const measures = wacc(input);
    return ok({
      result: answer(measures),
      figures: givenFigures("wacc", input, measures, WACC_FIGURE, day(now)),
      conventions: { weights: "market values of equity and debt", tax: "interest is deductible: Kd × (1 − t)" },
    });
  },
});

const CAPM_FIGURE: readonly Described[] = [
  { name: "costOfEquity", label: "Cost of equity", formula: "risk-free + β × premium + premia", unit: "ratio" },
];

const capmTool = defineTool({
  name: "valuation.capm",
  description: "Cost of equity: risk-free rate, beta times the equity risk premium, and premia shown apart",
  input: schema.capmInput,
  output: schema.capmOutput,
  ...computing,
  run: (input, { now }) => {
    const found = capm(input);
    const { costOfEquity, withoutPremia, premia } = found;
    return ok({
      result: { costOfEquity: plain(costOfEquity), withoutPremia: plain(withoutPremia), premia: plain(premia) },
      figures: givenFigures("capm", input, { costOfEquity: known(costOfEquity) }, CAPM_FIGURE, day(now)),
      conventions: { premia: "added to the CAPM rate, and also told apart", rates: "yearly, as fractions" },
    });
  },
});

const FLOW_FIGURE: readonly Described[] = [
  {
    name: "freeCashFlow",
    label: "Free cash flow",
    formula: "EBIT × (1 − t) + depreciation − capex − Δ working capital",
  },
];

const freeCashFlowTool = defineTool({
  name: "valuation.free-cash-flow",
  description: "Free cash flow to the firm from EBIT, tax, depreciation, capital expenditure and working capital",
  input: schema.freeCashFlowInput,
  output: schema.freeCashFlowOutput,
  ...computing,
  run: (input, { now }) => {
    const found = freeCashFlow(input);
    return ok({
      result: { freeCashFlow: plain(found.freeCashFlow), taxes: plain(found.taxes) },
      figures: givenFigures(
        "free-cash-flow",
        input,
        { freeCashFlow: known(found.freeCashFlow) },
        FLOW_FIGURE,
        day(now),
      ),
      conventions: {
        signs: "capex and an increase of working capital are positive and cost cash",
        taxes: "on EBIT, without the shield of interest; a loss counts as a tax credit",
      },
      warnings: input.ebit.isNegative() ? ["EBIT is below zero: its tax credit counts as cash"] : [],
    });
  },
});

const MULTIPLE_FIGURES: readonly Described[] = [
  { name: "median", label: "Median multiple", formula: "median of the comparables used", unit: "multiple" },
  { name: "impliedEnterpriseValue", label: "Enterprise value by multiples", formula: "metric × median multiple" },
  ...EQUITY,
];

const multiples = defineTool({
  name: "valuation.multiples",
  description:
    "Trading comparables or precedent transactions: median and quartiles of the multiples, who was left out and why, and the value that they imply",
  input: schema.multiplesInput,
  output: schema.multiplesOutput,
  ...computing,
  run: (input, { now }) => {
    const found = comparableMultiples(input);
    const { reasons, ...values } = answer(found.measures);
    const range = found.impliedRange;
    const figures = input.currency ? MULTIPLE_FIGURES : [];
    return ok({
      result: {
        used: found.used.map(({ name }) => name),
        excluded: [...found.excluded],
        ...values,
        impliedRange: range && { low: plain(range.low), high: plain(range.high) },
        reasons: { ...reasons, ...rangeReason(found) },
      },
      figures: givenFigures("multiples", input, found.measures, figures, input.asOf ?? day(now)),
      conventions: multiplesConventions(input),
      warnings: [...found.warnings],
    });
  },
});

const VC_FIGURES: readonly Described[] = [
  { name: "postMoney", label: "Post-money value", formula: "investment ÷ required ownership" },
  { name: "preMoney", label: "Pre-money value", formula: "post-money − investment" },
  { name: "requiredOwnership", label: "Required ownership", formula: "final ownership ÷ retention", unit: "ratio" },
  { name: "pricePerShare", label: "Price per share", formula: "investment ÷ new shares" },
];

const ventureCapital = defineTool({
  name: "valuation.venture-capital",
  description:
    "Venture capital method: what an investor may pay today for a target return on the value at the exit, with later dilution",
  input: schema.ventureCapitalInput,
  output: schema.ventureCapitalOutput,
  ...computing,
  run: (input, { now }) => {
    const { retention, ...measures } = ventureCapitalMethod(input);
    return ok({
      result: { ...answer(measures), retention: plain(retention.value) },
      figures: givenFigures("venture-capital", input, measures, input.currency ? VC_FIGURES : [], day(now)),
      conventions: ventureCapitalConventions(input),
      warnings:
        measures.requiredOwnership.value === null ? ["The return asked for takes more than the whole company"] : [],
    });
  },
});

const CHICAGO_FIGURE: readonly Described[] = [
  { name: "value", label: "Value by First Chicago", formula: "Σ probability × present value" },
];

const firstChicagoTool = defineTool({
  name: "valuation.first-chicago",
  description: "First Chicago method: the value over success, survival and failure, weighed by their probabilities",
  input: schema.firstChicagoInput,
  output: schema.firstChicagoOutput,
  ...computing,
  run: (input, { now }) => {
    const found = firstChicago(input);
    if (!found.ok) return found;
    const scenarios = found.value.scenarios.map(({ name, ...row }) => ({
      name,
      probability: plain(row.probability),
      presentValue: plain(row.presentValue),
      contribution: plain(row.contribution),
    }));
    return ok({
      result: { value: plain(found.value.value), scenarios },
      figures: givenFigures("first-chicago", input, { value: known(found.value.value) }, CHICAGO_FIGURE, day(now)),
      conventions: { ...FIRST_CHICAGO_CONVENTIONS },
    });
  },
});

const footballFieldTool = defineTool({
  name: "valuation.football-field",
  description: "Ranges of several methods: from the lowest to the highest, and what all of them have in common",
  input: schema.footballFieldInput,
  output: schema.footballFieldOutput,
  ...computing,
  run: (input) => {
    const { overlap, reason, leftOut, ...measures } = footballField(input);
    const { reasons, ...values } = answer(measures);
    return ok({
      result: {
        overlap: overlap && { low: plain(overlap.low), high: plain(overlap.high) },
        ...values,
        reasons: { ...reasons, ...(reason && { overlap: reason }) },
      },
      conventions: { ...FOOTBALL_FIELD_CONVENTIONS },
      warnings: leftOut.length > 0 ? [`Without a range, so left out: ${leftOut.join(", ")}`] : [],
    });
  },
});

const tornadoTool = defineTool({
  name: "valuation.tornado",
  description: "One driver at a time: how far each moves the result from its base, largest first",
  input: schema.tornadoInput,
  output: schema.tornadoOutput,
  ...computing,
  run: (input) => {
    const rows = tornado(input).map(({ name, deltas, swing }) => ({
      name,
      deltas: deltas.map(plain),
      swing: plain(swing),
    }));
    return ok({ result: { rows }, conventions: { ...TORNADO_CONVENTIONS } });
  },
});

/** Computing tools of the room; lib/agents/registry.ts lists them. */
export const valuationTools: readonly Tool[] = [
  dcf,
  waccTool,
  capmTool,
  freeCashFlowTool,
  multiples,
  ventureCapital,
  firstChicagoTool,
  footballFieldTool,
  tornadoTool,
] as unknown as Tool[];
