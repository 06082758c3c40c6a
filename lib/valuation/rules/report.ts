import { type Figure, figureReference, REASON_SENTENCES } from "@/lib/figures/schema";
import type { ReportBlock, ReportTable } from "@/lib/reports/schema";
import { METHOD_NAMES, type ValuationInputs } from "../schema/venture";
import { DRIVER_NAMES, partOf } from "./venture-figures";
import type { Valuation } from "./venture-valuation";

export type ReportFacts = {
  inputs: ValuationInputs;
  asOf: string;
  reason: string;
  valuation: Valuation;
  figures: readonly Figure[];
};

type Quote = (part: string) => string;

const heading = (text: string): ReportBlock => ({ kind: "heading", level: 2, text });
const paragraph = (text: string): ReportBlock => ({ kind: "paragraph", text });

function table(caption: string, columns: readonly string[], rows: readonly string[][], words = 1): ReportTable {
  return {
    ...{ kind: "table", caption },
    columns: columns.map((label, index) => ({ label, numeric: index >= words })),
    rows: rows.map((row) => [...row]),
  };
}

/** A figure by its part, or why it is not known. */
function quoter(figures: readonly Figure[]): Quote {
  const byPart = new Map(figures.map((figure) => [partOf(figure), figure]));
  return (part) => {
    const figure = byPart.get(part);
    if (!figure) return "not computed";
    return figure.value === null
      ? `unknown: ${REASON_SENTENCES[figure.reason ?? ""] ?? figure.reason ?? "no data"}`
      : figureReference(figure.id);
  };
}

function summary({ valuation }: ReportFacts, quote: Quote): ReportBlock[] {
  const meets = valuation.field.overlap
    ? `All methods used have ${quote("overlap.low")} to ${quote("overlap.high")} in common.`
    : "The methods used have no value in common; the range is the whole span of them and says how far they differ.";
  return [
    paragraph(
      `The equity is worth ${quote("equity")}, between ${quote("equity.low")} and ${quote("equity.high")}; the enterprise ${quote("enterprise")}. ${meets}`,
    ),
    paragraph(`The group’s net proceeds at the central estimate: ${quote("group")}.`),
  ];
}

const ENDS = ["low", "central", "high"] as const;

function methods({ inputs, valuation, figures }: ReportFacts, quote: Quote): ReportBlock[] {
  const labels = new Map(figures.map((figure) => [partOf(figure), figure.label]));
  const used = valuation.methods.filter((one) => one.used);
  const ranges = used.map(({ key }) => [METHOD_NAMES[key], ...ENDS.map((end) => quote(`${key}.${end}`))]);
  const sources = used.map(({ key }) => [METHOD_NAMES[key], inputs.methods[key].source, inputs.methods[key].asOf]);
  const excluded = used.flatMap(({ key, multiples }) =>
    (multiples?.excluded ?? []).map(({ name, why }) => [METHOD_NAMES[key], name, why.replace(/: \d+ days old$/, "")]),
  );
  const behind = used.flatMap(({ key, details }) =>
    Object.keys(details).map((name) => [
      labels.get(`${key}.${name}`) ?? `${METHOD_NAMES[key]}: ${name}`,
      quote(`${key}.${name}`),
    ]),
  );
  return [
    heading("Methods"),
    table("Enterprise value by method", ["Method", "Low", "Central", "High"], ranges),
    table("What stands behind it", ["Measure", "Value"], behind),
    table("Where the inputs come from", ["Method", "Source", "As of"], sources, 3),
    ...(excluded.length > 0 ? [table("Left out, and why", ["Method", "Company or sale", "Why"], excluded, 3)] : []),
  ];
}

const BRIDGE = [
  ["Enterprise value", "enterprise"],
  ["Debt outside the cap table", "debt"],
  ["Cash", "cash"],
  ["Equity value", "equity"],
  ["Taken before common shares", "preferred"],
  ["Left for common shares and options", "common"],
  ["Shares at that price", "diluted_shares"],
  ["Value per common share", "per_share"],
  ["Transaction costs", "costs"],
  ["Equity value after costs", "distributable"],
  ["The group’s net proceeds", "group"],
] as const;

const SIMULATED = [
  ["Enterprise value", "enterprise"],
  ["Equity value", "equity"],
  ["The group’s net proceeds", "group"],
] as const;
const SHOWN = ["p10", "p50", "p90", "standardError"] as const;

/** What the venture is worth and why, in blocks of text over figures: the same for every format. */
export function valuationReport(facts: ReportFacts): ReportBlock[] {
  const { valuation, figures } = facts;
  const quote = quoter(figures);
  const moved = valuation.tornado.map(({ name }) => [
    DRIVER_NAMES[name] ?? name,
    quote(`tornado.${name}.low`),
    quote(`tornado.${name}.high`),
  ]);
  const drawn = SIMULATED.map(([label, part]) => [label, ...SHOWN.map((name) => quote(`simulated.${part}.${name}`))]);
  return [
    ...summary(facts, quote),
    paragraph(`Kept because: ${facts.reason}`),
    ...methods(facts, quote),
    heading("From the enterprise to the group"),
    table(
      "Bridge",
      ["Step", "Amount"],
      BRIDGE.map(([label, part]) => [label, quote(part)]),
    ),
    heading("What moves it"),
    table("Change of the discounted cash flow, one driver at a time", ["Driver", "Lower", "Higher"], moved),
    table("Drivers together", ["Measure", "One in ten below", "Median", "One in ten above", "± of the median"], drawn),
    paragraph(`Draws that cannot be, because the growth reached the rate: ${quote("simulated.rejected")}.`),
  ];
}
