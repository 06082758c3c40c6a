import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { type Described, givenFigures, givenInputs, NO_CURRENCY } from "@/lib/metrics/rules/given-figures";
import { known, type Measure, plain } from "@/lib/metrics/rules/measure";
import { dayCountConvention } from "../rules/day-count";
import { fundMultiples, fundWarnings, indexProblems } from "../rules/fund-multiples";
import { irr, mirr, npv, type RateSolution, xirr, xnpv } from "../rules/rates";
import { bounded, stated } from "../rules/stated";
import * as schema from "../schema/returns";

const computing = { effect: "read", pure: true, reads: ["pure"], writes: [] } as const;
const dayOf = (now: Date): string => now.toISOString().slice(0, 10);

const figuresOf = (
  measures: Readonly<Record<string, Measure>>,
  described: readonly Described[],
  input: Readonly<Record<string, unknown>>,
  now: Date,
) => givenFigures(bounded(measures), described, givenInputs(input), dayOf(now), "distribution");

const ROOT_CONVENTIONS = {
  range: "rates above −0.999999 and below 10,000, as fractions",
  several: "no rate is chosen among several; a double root is in tangentRoot and not in allRoots",
  sameMoment: "flows of the same moment are netted",
};

/** What the answer says beside the rate itself. */
function rootsAnswer({ rate, unique, roots, tangents }: RateSolution, name: "xirr" | "irr") {
  const [tangent] = tangents;
  const reason = rate.value === null ? rate.reason : null;
  return {
    rate: rate.value === null ? null : plain(rate.value),
    unique,
    allRoots: roots.map(plain),
    tangentRoot: tangent ? plain(tangent) : null,
    reason,
    reasons: {
      ...(reason ? { [name]: reason } : {}),
      ...(tangent ? {} : { tangentRoot: "no-double-root" }),
    } as Record<string, string>,
  };
}

function rootWarnings({ tangents, complete }: RateSolution): string[] {
  const warnings: string[] = [];
  if (tangents.length > 1)
    warnings.push(`There are ${tangents.length} double roots: ${tangents.map((root) => plain(root)).join(", ")}`);
  if (!complete) warnings.push("The flows change their sign so often that roots were sought on a grid");
  return warnings;
}

const XIRR_FIGURE: readonly Described[] = [
  {
    name: "xirr",
    label: "Internal rate of return",
    unit: "ratio",
    formula: "the rate at which Σ flow ÷ (1 + rate)^years = 0",
  },
];

const xirrTool = defineTool({
  name: "distribution.xirr",
  description: "Internal rate of return of dated flows: the rate if there is one, otherwise all roots and why",
  input: schema.xirrInput,
  output: schema.xirrOutput,
  ...computing,
  run: (input, call) => {
    const solution = xirr(input.cashflows, input.dayCount);
    const { rate, ...rest } = rootsAnswer(solution, "xirr");
    return ok({
      result: { xirr: rate, ...rest },
      figures: figuresOf({ xirr: solution.rate }, XIRR_FIGURE, input, call.now),
      conventions: { dayCount: dayCountConvention(input.dayCount), origin: "the earliest date", ...ROOT_CONVENTIONS },
      warnings: rootWarnings(solution),
    });
  },
});

const irrTool = defineTool({
  name: "distribution.irr",
  description: "Internal rate of return per period of evenly spaced flows, with all roots where there are several",
  input: schema.irrInput,
  output: schema.irrOutput,
  ...computing,
  run: (input, call) => {
    const solution = irr(input.flows);
    const { rate, ...rest } = rootsAnswer(solution, "irr");
    const [figure] = XIRR_FIGURE;
    return ok({
      result: { irr: rate, ...rest },
      figures: figure ? figuresOf({ irr: solution.rate }, [{ ...figure, name: "irr" }], input, call.now) : [],
      conventions: { periods: "one period between flows; the rate is per period", ...ROOT_CONVENTIONS },
      warnings: rootWarnings(solution),
    });
  },
});

const xnpvTool = defineTool({
  name: "distribution.xnpv",
  description: "Present value of dated flows at a yearly rate, at the earliest date",
  input: schema.xnpvInput,
  output: schema.xnpvOutput,
  ...computing,
  run: (input, call) => {
    const measures = { xnpv: known(xnpv(input.rate, input.cashflows, input.dayCount)) };
    const formula = "Σ flow ÷ (1 + rate)^years after the earliest date";
    const described: Described = { name: "xnpv", label: "Net present value", unit: NO_CURRENCY, formula };
    return ok({
      result: stated(measures),
      figures: figuresOf(measures, [described], input, call.now),
      conventions: {
        dayCount: dayCountConvention(input.dayCount),
        origin: "the earliest date, flows of zero included",
      },
    });
  },
});

const npvTool = defineTool({
  name: "distribution.npv",
  description: "Present value of evenly spaced flows, the first today or a period away",
  input: schema.npvInput,
  output: schema.npvOutput,
  ...computing,
  run: (input, call) => {
    const measures = { npv: known(npv(input.rate, input.flows, input.firstFlowAt)) };
    const formula = "Σ flow ÷ (1 + rate)^period";
    const described: Described = { name: "npv", label: "Net present value", unit: NO_CURRENCY, formula };
    const origin =
      input.firstFlowAt === 0 ? "0: the first flow is not discounted" : "1: the first flow is discounted by one period";
    return ok({
      result: stated(measures),
      figures: figuresOf(measures, [described], input, call.now),
      conventions: { firstFlowAt: origin },
    });
  },
});

const mirrTool = defineTool({
  name: "distribution.mirr",
  description: "Modified internal rate of return: outflows financed and inflows reinvested at given rates",
  input: schema.mirrInput,
  output: schema.mirrOutput,
  ...computing,
  run: (input, call) => {
    const measures = { mirr: mirr(input.flows, input.financeRate, input.reinvestRate) };
    const formula = "(future value of inflows ÷ −present value of outflows)^(1 ÷ (n − 1)) − 1";
    const described: Described = { name: "mirr", label: "Modified rate of return", unit: "ratio", formula };
    return ok({
      result: stated(measures),
      figures: figuresOf(measures, [described], input, call.now),
      conventions: { periods: "n is the number of flows, those of zero included; the rate is per period" },
    });
  },
});

const FUND_FIGURES: readonly Described[] = [
  { name: "dpi", label: "DPI", unit: "multiple", formula: "distributions ÷ paid in" },
  { name: "rvpi", label: "RVPI", unit: "multiple", formula: "NAV at the end ÷ paid in" },
  { name: "tvpi", label: "TVPI", unit: "multiple", formula: "(distributions + NAV at the end) ÷ paid in" },
  { name: "moic", label: "MOIC", unit: "multiple", formula: "(distributions + NAV at the end) ÷ invested" },
  {
    name: "navRolledForward",
    label: "NAV at the end",
    unit: NO_CURRENCY,
    formula: "NAV + later calls − later distributions",
  },
  { name: "irr", label: "IRR", unit: "ratio", formula: "the rate at which Σ net flow ÷ (1 + rate)^years = 0" },
  {
    name: "ksPme",
    label: "KS-PME",
    unit: "multiple",
    formula: "(Σ distribution × I(end) ÷ I(day) + NAV) ÷ Σ call × I(end) ÷ I(day)",
  },
  {
    name: "directAlpha",
    label: "Direct alpha",
    unit: "ratio",
    formula: "the IRR of flows compounded with the index to the end",
  },
  {
    name: "longNickelsNav",
    label: "Long-Nickels NAV",
    unit: NO_CURRENCY,
    formula: "Σ (call − distribution) × I(end) ÷ I(day)",
  },
  {
    name: "longNickelsIrr",
    label: "Long-Nickels IRR",
    unit: "ratio",
    formula: "the IRR with the Long-Nickels NAV at the end",
  },
];

const FUND_CONVENTIONS = {
  dayCount: dayCountConvention("ACT/365F"),
  multiples:
    "on gross flows: calls and distributions of one day are not netted, recallable distributions count in full",
  rates: "on net flows; yearly, discrete (direct alpha too); none where several roots exist",
  nav: "as of the end of its day, rolled forward with later flows; the later of its day and the last flow ends the life",
  index: "the level of the day, or the last one before it",
  longNickels: "no rate where the NAV of the index portfolio is below zero",
};

const fundTool = defineTool({
  name: "distribution.fund-multiples",
  description:
    "DPI, RVPI, TVPI, MOIC and IRR of a fund, and its standing against an index (KS-PME, direct alpha, Long-Nickels)",
  input: schema.fundMultiplesInput,
  output: schema.fundMultiplesOutput,
  ...computing,
  run: (input, call) => {
    const problems = indexProblems(input.index);
    if (problems.length > 0) return refuse("CONTRADICTION" as const, problems);
    const measures = fundMultiples(input);
    const { longNickelsNav, longNickelsIrr, reasons, ...values } = stated(measures);
    const { longNickelsNav: nav, longNickelsIrr: rate, ...rest } = reasons;
    return ok({
      result: {
        ...values,
        longNickelsPme: { nav: longNickelsNav, irr: longNickelsIrr },
        reasons: {
          ...rest,
          ...(nav ? { "longNickelsPme.nav": nav } : {}),
          ...(rate ? { "longNickelsPme.irr": rate } : {}),
        } as Record<string, string>,
      },
      figures: figuresOf(measures, FUND_FIGURES, input, call.now),
      conventions: FUND_CONVENTIONS,
      warnings: fundWarnings(input),
    });
  },
});

/** Returns over given flows; lib/agents/registry.ts lists them. */
export const returnTools: readonly Tool[] = [
  xirrTool,
  irrTool,
  xnpvTool,
  npvTool,
  mirrTool,
  fundTool,
] as unknown as Tool[];
