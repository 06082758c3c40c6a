import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { type Measure, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import { METHOD_NAMES, type MethodKey } from "../schema/venture";
import { type AtEnds, type HolderLine, ENDS as PROCEEDS_ENDS } from "./holder-proceeds";
import type { Simulation } from "./simulate";
import type { MethodValue } from "./venture-methods";
import type { VentureSimulation } from "./venture-simulation";
import type { Valuation } from "./venture-valuation";

export type ValuationFrame = {
  ventureId: string;
  currency: string;
  version: number;
  asOf: string;
  /** Inputs of the version, comparables, cap table and group holding as they were read. */
  sources: FigureSource[];
};

const METHOD = "valuation.venture.";
export const isValuationMethod = (method: string): boolean => method.startsWith(METHOD);
/** "dcf.central" of "valuation.venture.dcf.central@1". */
export const partOf = ({ method }: Pick<Figure, "method">): string => method.slice(METHOD.length).replace(/@\d+$/, "");

type Draft = { part: string; label: string; unit?: Unit; measure: Measure; formula: string; rests?: readonly Figure[] };

function draw(frame: ValuationFrame, { part, label, unit, measure, formula, rests = [] }: Draft): Figure {
  const below = rests.map((figure) => [partOf(figure), { figure: figure.id, label: figure.label }] as const);
  const inputs: Record<string, FigureInput> = {
    venture: { value: frame.ventureId },
    version: { value: frame.version },
    ...Object.fromEntries(below),
  };
  return makeFigure({
    label,
    value: measure.value === null ? null : measure.value.toSignificantDigits(30).toFixed(),
    ...(measure.value === null ? { reason: measure.reason } : {}),
    unit: unit ?? frame.currency,
    asOf: frame.asOf,
    method: `${METHOD}${part}@1`,
    formula,
    inputs,
    sources: frame.sources,
  });
}

const DETAILS: Readonly<Record<string, { label: string; unit?: Unit; formula: string }>> = {
  costOfEquity: { label: "Cost of equity", unit: "ratio", formula: "risk-free + β × equity risk premium + premium" },
  wacc: { label: "Cost of capital", unit: "ratio", formula: "E/V × Ke + D/V × Kd × (1 − t)" },
  perpetuity: { label: "Value with a perpetuity", formula: "mid-year flows + last × (1 + g) ÷ (r − g) at N − 0.5" },
  exitMultiple: { label: "Value with an exit multiple", formula: "mid-year flows + multiple × metric at N" },
  impliedGrowth: { label: "Growth that the multiple implies", unit: "ratio", formula: "(T × r − F) ÷ (T + F)" },
  impliedMultiple: { label: "Multiple that the growth implies", unit: "multiple", formula: "T × √(1 + r) ÷ metric" },
  median: { label: "Median multiple", unit: "multiple", formula: "median of the comparables used" },
  q1: { label: "Lower quartile", unit: "multiple", formula: "type 7" },
  q3: { label: "Upper quartile", unit: "multiple", formula: "type 7" },
  postMoney: { label: "Post-money value", formula: "investment ÷ required ownership" },
  preMoney: { label: "Pre-money value", formula: "post-money − investment" },
  requiredOwnership: { label: "Required ownership", unit: "ratio", formula: "final ownership ÷ retention" },
};

const RANGES: Readonly<Record<MethodKey, string>> = {
  dcf: "middle of perpetuity and exit multiple; the range is both of them with the rate a spread higher and lower",
  trading: "metric × median multiple; the range is metric × quartiles",
  precedents:
    "metric × median multiple; the range is metric × quartiles; where a market series is chosen each multiple is first multiplied with its value today ÷ its value of the sale",
  ventureCapital: "pre-money value + net debt; the range is the return a spread higher and lower",
  firstChicago: "Σ probability × present value; the range is all rates a spread higher and lower",
  recentRound:
    "equity at which the class is worth its price, by options, + net debt; the range is the volatility a spread higher and lower",
};

const ENDS = { low: "low", central: "central", high: "high" } as const;

function methodFigures(frame: ValuationFrame, value: MethodValue): Figure[] {
  const name = METHOD_NAMES[value.key];
  const details = Object.entries(value.details).flatMap(([key, measure]) => {
    const known = DETAILS[key];
    return known
      ? [draw(frame, { ...known, part: `${value.key}.${key}`, measure, label: `${name}: ${known.label}` })]
      : [];
  });
  const ends = (Object.keys(ENDS) as (keyof typeof ENDS)[]).map((end) =>
    draw(frame, {
      ...{ part: `${value.key}.${end}`, label: `${name}, ${ENDS[end]}`, measure: value[end] },
      ...{ formula: RANGES[value.key], rests: details },
    }),
  );
  return [...details, ...ends];
}

function headlineFigures(
  frame: ValuationFrame,
  { methods, field, central }: Valuation,
  made: readonly Figure[],
): Figure[] {
  const used = methods.filter((one) => one.used && one.central.value !== null);
  const of = (end: string) => made.filter((figure) => used.some(({ key }) => partOf(figure) === `${key}.${end}`));
  const overlap = (end: "low" | "high"): Measure =>
    field.overlap ? { value: field.overlap[end] } : unknown(field.reason ?? "no-overlap");
  const range = field.overlap
    ? "what all methods have in common"
    : "from the lowest to the highest: the methods have nothing in common";
  const all = [...of("low"), ...of("high")];
  return [
    draw(frame, {
      part: "overlap.low",
      label: "Overlap, low",
      measure: overlap("low"),
      formula: "highest low of the methods used",
      rests: of("low"),
    }),
    draw(frame, {
      part: "overlap.high",
      label: "Overlap, high",
      measure: overlap("high"),
      formula: "lowest high of the methods used",
      rests: of("high"),
    }),
    draw(frame, {
      part: "enterprise.low",
      label: "Enterprise value, low",
      measure: central.low,
      formula: range,
      rests: all,
    }),
    draw(frame, {
      part: "enterprise.high",
      label: "Enterprise value, high",
      measure: central.high,
      formula: range,
      rests: all,
    }),
    draw(frame, {
      part: "enterprise",
      label: "Enterprise value",
      measure: central.central,
      formula: "median of the central values of the methods used",
      rests: of("central"),
    }),
  ];
}

export type BridgeTerms = {
  cash: Exact;
  debt: Exact;
  group: AtEnds;
  /** What reaches each holder, the largest first. */
  holders: readonly HolderLine[];
};

function bridgeFigures(
  frame: ValuationFrame,
  { bridge, central }: Valuation,
  terms: BridgeTerms,
  made: readonly Figure[],
): Figure[] {
  const [low, high, enterprise] = ["enterprise.low", "enterprise.high", "enterprise"].map((part) =>
    made.find((figure) => partOf(figure) === part),
  );
  const on = (...figures: (Figure | undefined)[]) => figures.flatMap((figure) => figure ?? []);
  const cash = draw(frame, { part: "cash", label: "Cash", measure: { value: terms.cash }, formula: "as put in" });
  const debt = draw(frame, {
    part: "debt",
    label: "Debt outside the cap table",
    measure: { value: terms.debt },
    formula: "as put in",
  });
  const net = (measure: Measure): Measure =>
    measure.value === null ? measure : { value: measure.value.minus(terms.debt).plus(terms.cash) };
  const equity = draw(frame, {
    part: "equity",
    label: "Equity value",
    measure: bridge.equityValue,
    formula: "enterprise value − debt + cash",
    rests: on(enterprise, cash, debt),
  });
  const preferred = draw(frame, {
    part: "preferred",
    label: "Taken before common shares",
    measure: bridge.preferred,
    formula: "what holding preferred, SAFEs, notes and debt of the cap table take in a waterfall of the equity value",
    rests: [equity],
  });
  const common = draw(frame, {
    part: "common",
    label: "Left for common shares and options",
    measure: bridge.common,
    formula: "equity value − what is taken before",
    rests: [equity, preferred],
  });
  const perShare = draw(frame, {
    part: "per_share",
    label: "Value per common share",
    measure: bridge.perShare,
    formula: "the price at which all of it is shared, options net of strike at this price",
    rests: [common],
  });
  const costs = draw(frame, {
    part: "costs",
    label: "Transaction costs",
    measure: bridge.costs,
    formula: "rate × equity value",
    rests: [equity],
  });
  const distributable = draw(frame, {
    part: "distributable",
    label: "Equity value after costs",
    measure: bridge.distributable,
    formula: "equity value − transaction costs",
    rests: [equity, costs],
  });
  return [
    ...[cash, debt, equity, preferred, common, perShare],
    draw(frame, {
      part: "equity.low",
      label: "Equity value, low",
      measure: net(central.low),
      formula: "enterprise value, low − debt + cash",
      rests: on(low, cash, debt),
    }),
    draw(frame, {
      part: "equity.high",
      label: "Equity value, high",
      measure: net(central.high),
      formula: "enterprise value, high − debt + cash",
      rests: on(high, cash, debt),
    }),
    draw(frame, {
      part: "diluted_shares",
      label: "Shares at that price",
      unit: "shares",
      measure: bridge.dilutedShares,
      formula:
        "left for common ÷ value per share: common, converted preferred, options by the treasury method at the result price",
      rests: [common, perShare],
    }),
    ...[costs, distributable],
    draw(frame, {
      part: "group",
      label: "The group’s net proceeds",
      measure: terms.group.central,
      formula: GROUP,
      rests: [distributable],
    }),
  ];
}

const GROUP = "the group’s part of the waterfall of the equity value after costs";
const PLACES = { low: "equity.low", central: "equity", high: "equity.high" } as const;

/** Through the waterfall at each end of the range: the group, and every holder by name. */
function proceedsFigures(frame: ValuationFrame, { group, holders }: BridgeTerms, made: readonly Figure[]): Figure[] {
  const equityAt = (end: keyof AtEnds) => made.filter((figure) => partOf(figure) === PLACES[end]);
  const groupEnds = (["low", "high"] as const).map((end) =>
    draw(frame, {
      ...{ part: `group.${end}`, label: `The group’s net proceeds, ${end}`, measure: group[end], formula: GROUP },
      rests: equityAt(end),
    }),
  );
  const formula = "their part of the waterfall of the equity value after costs";
  const own = holders.flatMap(({ id, name, at }) =>
    PROCEEDS_ENDS.map((end) =>
      draw(frame, {
        ...{ part: `holder.${id}.${end}`, label: `Net proceeds of ${name}, ${end}`, measure: at[end], formula },
        rests: equityAt(end),
      }),
    ),
  );
  return [...groupEnds, ...own];
}

/** Statistics are float64: twelve digits are what they know. */
const statistic = (value: number): Exact => new Exact(value).toSignificantDigits(12);

const SHOWN = ["p10", "p50", "p90"] as const;
const SIMULATED_NAMES = {
  enterprise: "Enterprise value",
  equity: "Equity value",
  group: "The group’s net proceeds",
} as const;

function simulationFigures(frame: ValuationFrame, simulated: VentureSimulation | null): Figure[] {
  const formula = "percentile of the accepted draws of the discounted cash flow over its drivers together";
  const of = (part: keyof typeof SIMULATED_NAMES, simulation: Simulation | null) =>
    [...SHOWN, "standardError" as const].map((name) => {
      const value = name === "standardError" ? simulation?.standardError : simulation?.percentiles[name];
      const reason = simulation ? "all-draws-rejected" : "no-group-holder";
      const measure: Measure = value === null || value === undefined ? unknown(reason) : { value: statistic(value) };
      const label = `${SIMULATED_NAMES[part]}, ${name === "standardError" ? "standard error of the median" : name.toUpperCase()}`;
      return draw(frame, { part: `simulated.${part}.${name}`, label, measure, formula });
    });
  if (!simulated) return [];
  const rejected = { value: statistic(simulated.enterprise.rejectedShare) };
  const told = { part: "simulated.rejected", label: "Draws that cannot be", unit: "ratio" as const, measure: rejected };
  return [
    ...(Object.keys(SIMULATED_NAMES) as (keyof typeof SIMULATED_NAMES)[]).flatMap((part) => of(part, simulated[part])),
    draw(frame, { ...told, formula: "draws whose growth reaches the rate ÷ all draws" }),
  ];
}

export const DRIVER_NAMES: Readonly<Record<string, string>> = {
  rate: "Cost of capital",
  growth: "Growth after the plan",
  multiple: "Exit multiple",
  flows: "Cash flows of the plan",
};

function tornadoFigures(frame: ValuationFrame, { tornado }: Valuation): Figure[] {
  const formula = "discounted cash flow with this driver changed − as it is";
  return tornado.flatMap(({ name, deltas }) =>
    deltas.slice(0, 2).map((value, index) => {
      const end = index === 0 ? "low" : "high";
      const label = `${DRIVER_NAMES[name] ?? name}, ${index === 0 ? "lower" : "higher"}`;
      return draw(frame, { part: `tornado.${name}.${end}`, label, measure: { value }, formula });
    }),
  );
}

/** Every figure of a valuation, inputs before what rests on them. */
export function valuationFigures(
  frame: ValuationFrame,
  valuation: Valuation,
  simulated: VentureSimulation | null,
  terms: BridgeTerms,
): Figure[] {
  const methods = valuation.methods.flatMap((value) => methodFigures(frame, value));
  const headline = headlineFigures(frame, valuation, methods);
  const bridge = bridgeFigures(frame, valuation, terms, headline);
  return [
    ...methods,
    ...headline,
    ...bridge,
    ...proceedsFigures(frame, terms, bridge),
    ...simulationFigures(frame, simulated),
    ...tornadoFigures(frame, valuation),
  ];
}
