import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource } from "@/lib/figures/schema";
import type { FundsFlow } from "../funds-flow/funds-flow";
import type { PayoffPicture } from "./curve-points";
import type { Goal } from "./goal-seek";
import { type Split, type Sums, type UnknownSplit, unitText } from "./split";

const METHOD = "distribution.split.";
export const isSplitMethod = (method: string): boolean => method.startsWith(METHOD);
/** "group.net" of "distribution.split.group.net@1". */
export const splitPart = ({ method }: Pick<Figure, "method">): string =>
  method.slice(METHOD.length).replace(/@\d+$/, "");

/** The question that every figure of a split answers; texts, so that an address and an input say the same. */
export type SplitQuestion = {
  /** Of the offer; "" for a price with nothing taken off. */
  offer: string;
  version: number;
  /** In the offer's currency; "" for the price that it says. */
  price: string;
  /** Version of the kept plan whose tax and financing count; 0 for none. */
  plan: number;
  day: string;
};
export type SplitFrame = { ventureId: string; currency: string; digits: number; name: string } & {
  priceCurrency: string;
  question: SplitQuestion;
  sources: FigureSource[];
};

type Draft = {
  part: string;
  label: string;
  formula: string;
  value: string | null;
  reason?: string;
  unit?: string;
  more?: Readonly<Record<string, FigureInput>>;
  rests?: readonly Figure[];
};

function draw(frame: SplitFrame, { part, label, formula, value, reason, unit, more = {}, rests = [] }: Draft): Figure {
  const { offer, version, price, plan, day } = frame.question;
  const inputs: Record<string, FigureInput> = {
    venture: { value: frame.ventureId },
    ...{ offer: { value: offer }, version: { value: version }, price: { value: price, label: "Price tried" } },
    ...{ plan: { value: plan, label: "Version of the kept split" }, day: { value: day }, ...more },
    ...Object.fromEntries(rests.map((figure) => [splitPart(figure), { figure: figure.id, label: figure.label }])),
  };
  return makeFigure({
    ...{ label: `${frame.name}: ${label}`, value, ...(value === null && reason ? { reason } : {}) },
    ...{ unit: unit ?? frame.currency, asOf: day, method: `${METHOD}${part}@1`, formula, inputs },
    sources: frame.sources,
  });
}

export const BRIDGE_LINES = [
  ["price", "Headline price", "as offered or typed"],
  ["earnOuts", "Earn-outs, at most", "Σ earn-outs"],
  ["vendorNote", "Vendor note", "as offered"],
  ["cash", "Cash of the company", "as offered"],
  ["debt", "Debt of the company", "as offered"],
  ["workingCapital", "Working capital against the peg", "expected − peg, beyond the collar"],
  ["costs", "Transaction costs", "as offered"],
  ["equity", "Equity proceeds", "price − earn-outs − vendor note + cash − debt ± working capital − costs"],
  ["escrow", "Escrow", "escrow × equity proceeds"],
  ["holdback", "Holdback", "(escrow + holdback) × equity proceeds − escrow"],
  ["closing", "Paid at closing", "equity proceeds − escrow − holdback"],
] as const;

const AMOUNTS: Readonly<Record<keyof Sums, readonly [label: string, formula: string]>> = {
  preference: ["preference", "claims by rank, pro rata to claims"],
  residual: ["participation and conversion", "shares × common price, net of strike, each class at its best choice"],
  gross: ["before tax", "their part of the waterfall of all equity proceeds after the carve-out"],
  held: ["in escrow and holdback", "their part of all equity proceeds − their part of what closing pays"],
  withheld: ["tax withheld", "rate × their part of what closing pays"],
  net: ["at closing, after tax", "their part of the waterfall of what closing pays − tax withheld"],
  later: ["later, at most", "their part with note and earn-outs paid − before tax"],
};
const CLASS_AMOUNTS = {
  preference: ["preference", "claims by rank, pro rata to claims"],
  participation: ["participation", "shares × common price, up to the cap"],
  conversion: ["conversion", "shares × common price, where converting brings more"],
  strike: ["strike", "shares × strike, if exercised"],
  gross: ["before tax", "preference + participation + conversion − strike"],
  held: ["in escrow and holdback", "part of all equity proceeds − part of what closing pays"],
  closing: ["at closing", "part of the waterfall of what closing pays"],
  later: ["later, at most", "part with note and earn-outs paid − before tax"],
} as const;
export const CLASS_KEYS = Object.keys(CLASS_AMOUNTS) as (keyof typeof CLASS_AMOUNTS)[];

function sumFigures(frame: SplitFrame, part: string, name: string, sums: Sums | null, rests: readonly Figure[]) {
  return (Object.keys(AMOUNTS) as (keyof Sums)[]).map((key) => {
    const [label, formula] = AMOUNTS[key];
    const value = sums && unitText(sums[key], frame.digits);
    return draw(frame, {
      part: `${part}.${key}`,
      label: `${label}, ${name}`,
      formula,
      value,
      reason: "no-group-holder",
      rests,
    });
  });
}

function bridgeFigures(frame: SplitFrame, split: Split): Figure[] {
  const lines = BRIDGE_LINES.map(([part, label, formula]) =>
    draw(frame, { part, label, formula, value: split.bridge[part].toString(frame.digits + 1) }),
  );
  const carved = split.carveOut.closing + split.carveOut.held;
  const carve = { part: "carveOut", label: "Management carve-out", formula: "carve-out × equity proceeds, after debt" };
  return [...lines, draw(frame, { ...carve, value: unitText(carved, frame.digits) })];
}

/** Every figure of a split, inputs before what rests on them; an unknown one says why. */
export function splitFigures(frame: SplitFrame, split: Split | UnknownSplit): Figure[] {
  if (!split.known) {
    const why = { formula: "their part of the waterfall", value: null, reason: split.reason };
    return [draw(frame, { part: "group.gross", label: "before tax, the group", ...why })];
  }
  const bridge = bridgeFigures(frame, split);
  const rests = bridge.filter((figure) => ["equity", "closing", "carveOut"].includes(splitPart(figure)));
  const classes = split.classes.flatMap((line) =>
    CLASS_KEYS.map((key) => {
      const [label, formula] = CLASS_AMOUNTS[key];
      const value = unitText(line[key], frame.digits);
      return draw(frame, { part: `class.${line.id}.${key}`, label: `${label}, ${line.name}`, formula, value, rests });
    }),
  );
  return [
    ...bridge,
    ...classes,
    ...split.holders.flatMap((line) => sumFigures(frame, `holder.${line.id}`, line.name, line, rests)),
    ...sumFigures(frame, "group", "the group", split.group, rests),
    ...sumFigures(frame, "all", "all holders", split.totals, rests),
  ];
}

const curveFigures = (frame: SplitFrame, { series, points }: PayoffPicture): Figure[] =>
  points.flatMap(({ price, amounts }, place) =>
    series.map(({ name, ids }, index) =>
      draw(frame, {
        ...{ part: `curve.${place}.${index}`, label: `to ${name} at a price of ${price}` },
        value: amounts[index] ?? null,
        formula: "Σ over the classes: claims by rank, then shares × common price, if all is paid",
        more: { exit: { value: price, label: "Headline price" }, classes: { value: ids } },
      }),
    ),
  );

type Mark = PayoffPicture["breakpoints"][number];

function markFigures(frame: SplitFrame, { at, price, reason, ids, groupAfter }: Mark, place: number): Figure[] {
  const more = { reason: { value: reason }, classes: { value: ids } };
  const drafts: (Pick<Draft, "part" | "label" | "formula" | "value"> & { unit?: string })[] = [
    {
      ...{ part: "at", label: "the split changes when the classes receive", value: at },
      formula: "the exit at which the common price reaches the point",
    },
    {
      ...{ part: "price", label: "headline price there", value: price, unit: frame.priceCurrency },
      formula: "the price that leaves the classes that much",
    },
    {
      ...{ part: "group", label: "the group’s part of each further unit", value: groupAfter, unit: "ratio" },
      formula: "Σ slope of the class × the group’s part of it",
    },
  ];
  return drafts
    .filter(({ part, value }) => part === "at" || value !== null)
    .map(({ part, ...draft }) => draw(frame, { ...draft, more, part: `breakpoint.${place}.${part}` }));
}

/** Of the curve and its breakpoints; parts "curve.<point>.<series>" and "breakpoint.<n>.at". */
export const pictureFigures = (frame: SplitFrame, picture: PayoffPicture): Figure[] => [
  ...curveFigures(frame, picture),
  ...picture.breakpoints.flatMap((mark, place) => markFigures(frame, mark, place)),
];

export type GoalAsked = { goal: string; reach: string; who: string };

/** The answer of a goal seek: one price, both ends of a stretch, or the bound that no price passes. */
export function goalFigures(frame: SplitFrame, goal: Goal, { goal: amount, reach, who }: GoalAsked): Figure[] {
  const more = {
    goal: { value: amount, label: "Amount to be received" },
    ...{ reach: { value: reach }, who: { value: who } },
  };
  const of = (name: string, label: string, value: string | null, unit: string) =>
    draw(frame, {
      ...{ part: `goal.${name}`, label, value, unit, more },
      formula:
        "the place on the straight pieces of what is received at which it is the amount, all other terms standing",
    });
  const price = frame.priceCurrency;
  if (goal.kind === "one") return [of("price", "price that brings the amount", goal.price, price)];
  if (goal.kind === "range")
    return [
      of("from", "least price that brings the amount", goal.from, price),
      ...(goal.to === null ? [] : [of("to", "highest price that brings the amount", goal.to, price)]),
    ];
  if (goal.kind === "above") return [of("most", "most that any price brings", goal.most, frame.currency)];
  if (goal.kind === "below") return [of("least", "what the least price brings already", goal.least, frame.currency)];
  return [];
}

/** Every line of a funds-flow statement; parts "flow.source.<key>", "flow.use.<key>", "flow.total". */
export function flowFigures(frame: SplitFrame, { sources, uses, total }: FundsFlow): Figure[] {
  const line = (side: "source" | "use") => (of: FundsFlow["uses"][number]) =>
    draw(frame, {
      ...{ part: `flow.${side}.${of.key}`, label: `${of.label}, ${of.party}`, value: unitText(of.units, frame.digits) },
      formula: of.key === "buyer" ? "uses − financing − deposit − stock − rollover" : "as the split has it",
    });
  const all = [...sources.map(line("source")), ...uses.map(line("use"))];
  const sum = { label: "sources, and uses", formula: "Σ uses", value: unitText(total, frame.digits) };
  const rests = all.filter((figure) => splitPart(figure).startsWith("flow.use."));
  return [...all, draw(frame, { part: "flow.total", ...sum, rests })];
}
