import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource } from "@/lib/figures/schema";
import type { KnownProceeds, Line, MeasureKey, OfferProceeds } from "./proceeds";

const METHOD = "deals.offer.";
export const isOfferMethod = (method: string): boolean => method.startsWith(METHOD);
/** "group.atClosing" of "deals.offer.group.atClosing@1". */
export const offerPart = ({ method }: Pick<Figure, "method">): string =>
  method.slice(METHOD.length).replace(/@\d+$/, "");

export const MEASURE_LABELS: Readonly<Record<MeasureKey, string>> = {
  atClosing: "At closing",
  later: "Later, at most",
  total: "If all is paid",
  laterExpected: "Later, expected",
  expected: "Expected",
  presentValue: "Present value",
  riskAdjusted: "Worth today",
};

const FORMULAS: Readonly<Record<MeasureKey, string>> = {
  atClosing: "their part of the waterfall of what closing pays after the carve-out",
  later: "their part of the waterfall of everything paid, as if it were one payment, − at closing",
  total: "at closing + later, at most",
  laterExpected: "Σ over the ways in which later money can come: probability × what each release adds in the waterfall",
  expected: "at closing + later, expected",
  presentValue:
    "what is expected at (1 + discount rate)^(−days ÷ 365) on the day of valuation; stock and rollover less their discount",
  riskAdjusted: "present value × probability that the sale closes; without a closing nothing is counted",
};

/** What a table of holders shows of each. */
export const HOLDER_MEASURES = ["atClosing", "laterExpected", "total", "riskAdjusted"] as const;

const BRIDGE: Readonly<Record<string, { label: string; formula: string }>> = {
  price: { label: "Headline price", formula: "as offered" },
  earnOuts: { label: "Earn-outs, at most", formula: "Σ earn-outs" },
  vendorNote: { label: "Vendor note", formula: "as offered" },
  stock: { label: "In stock", formula: "as offered" },
  rollover: { label: "Rolled over", formula: "as offered" },
  cash: { label: "Cash at closing", formula: "as offered" },
  debt: { label: "Debt at closing", formula: "as offered" },
  workingCapital: { label: "Working capital against the peg", formula: "expected − peg, beyond the collar" },
  costs: { label: "Transaction costs", formula: "as offered" },
  equity: {
    label: "Equity proceeds",
    formula: "price − earn-outs − vendor note + cash − debt ± working capital − costs",
  },
  escrow: { label: "Escrow", formula: "escrow × equity proceeds" },
  holdback: { label: "Holdback", formula: "(escrow + holdback) × equity proceeds − escrow" },
  closing: { label: "Paid at closing", formula: "equity proceeds − escrow − holdback" },
  closingCash: { label: "Paid at closing in cash", formula: "paid at closing − stock − rollover" },
};

export type OfferFrame = {
  ventureId: string;
  currency: string;
  offerId: string;
  version: number;
  /** "Nordwerk, first bid" */
  name: string;
  discountRatio: string;
  valuedOn: string;
  sources: FigureSource[];
};

type Draft = {
  part: string;
  label: string;
  formula: string;
  value: string | null;
  reason?: string;
  rests?: readonly Figure[];
};

function draw(frame: OfferFrame, { part, label, formula, value, reason, rests = [] }: Draft): Figure {
  const inputs: Record<string, FigureInput> = {
    venture: { value: frame.ventureId },
    offer: { value: frame.offerId },
    version: { value: frame.version },
    discount: { value: frame.discountRatio, label: "Discount rate a year" },
    valuedOn: { value: frame.valuedOn, label: "Day of valuation" },
    ...Object.fromEntries(rests.map((figure) => [offerPart(figure), { figure: figure.id, label: figure.label }])),
  };
  return makeFigure({
    ...{ label: `${frame.name}: ${label}`, value, ...(value === null && reason ? { reason } : {}) },
    ...{ unit: frame.currency, asOf: frame.valuedOn, method: `${METHOD}${part}@1`, formula, inputs },
    sources: frame.sources,
  });
}

const GROUP_MEASURES = Object.keys(MEASURE_LABELS) as MeasureKey[];

function lineFigures(
  frame: OfferFrame,
  of: { part: string; name: string; line: Line | null; reason: string; measures: readonly MeasureKey[] },
  rests: readonly Figure[],
): Figure[] {
  const { part, name, line, reason, measures } = of;
  return measures.map((key) =>
    draw(frame, {
      ...{ part: `${part}.${key}`, label: `${MEASURE_LABELS[key].toLowerCase()}, ${name}`, formula: FORMULAS[key] },
      ...{ value: line?.[key] ?? null, reason, rests },
    }),
  );
}

function bridgeFigures(frame: OfferFrame, proceeds: KnownProceeds): Figure[] {
  const lines = Object.entries(BRIDGE).map(([part, { label, formula }]) =>
    draw(frame, { part, label, formula, value: proceeds.bridge[part as keyof typeof proceeds.bridge] }),
  );
  const carve = { part: "carveOut", label: "Management carve-out, in all", formula: "carve-out × all equity proceeds" };
  return [...lines, draw(frame, { ...carve, value: proceeds.carveOut.total })];
}

/** Every figure of a version of an offer, inputs before what rests on them; unknown ones say why. */
export function offerFigures(frame: OfferFrame, proceeds: OfferProceeds): Figure[] {
  const group = { part: "group", name: "the group", measures: GROUP_MEASURES };
  if (!proceeds.known) return lineFigures(frame, { ...group, line: null, reason: proceeds.reason }, []);
  const bridge = bridgeFigures(frame, proceeds);
  const closing = bridge.filter((figure) => ["closing", "carveOut"].includes(offerPart(figure)));
  const all = { part: "all", name: "all holders", line: proceeds.all, reason: "", measures: GROUP_MEASURES };
  return [
    ...bridge,
    ...lineFigures(frame, { ...group, line: proceeds.group, reason: "no-group-holder" }, closing),
    ...lineFigures(frame, all, closing),
    ...proceeds.holders.flatMap(({ id, name, ...line }) =>
      lineFigures(frame, { part: `holder.${id}`, name, line, reason: "", measures: HOLDER_MEASURES }, closing),
    ),
  ];
}
