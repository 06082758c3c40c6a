import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { daysBetween } from "@/lib/metrics/rules/periods";
import type { Standing } from "./checklist";
import type { Verdict } from "./thresholds";

const METHOD = "closing.";
export const isClosingMethod = (method: string): boolean => method.startsWith(METHOD);
/** "days" of "closing.days@1"; of an item also its id. */
export const closingPart = ({ method, inputs }: Pick<Figure, "method" | "inputs">): string => {
  const part = method.slice(METHOD.length).replace(/@\d+$/, "");
  const { item } = inputs;
  return item && "value" in item ? `${part}.${item.value}` : part;
};

/** The checklist of a deal at the version that was read, on a day. */
export type ClosingScope = {
  ventureId: string;
  dealId: string;
  bidder: string;
  version: number;
  day: string;
  /** When closing is expected. */
  target: string | null;
  rows: number;
};

type Draft = {
  part: string;
  label: string;
  formula: string;
  value: number | null;
  unit?: Unit;
  reason?: string;
  inputs?: Record<string, FigureInput>;
};

function draw(
  scope: ClosingScope,
  { part, label, formula, value, unit = "count", reason, inputs = {} }: Draft,
): Figure {
  const { ventureId, dealId, version, day, rows } = scope;
  return makeFigure({
    ...{ label: `${scope.bidder}: ${label}`, value: value === null ? null : String(value), unit, asOf: day },
    ...(value === null ? { reason: reason ?? "no-data" } : {}),
    ...{ method: `${METHOD}${part}@1`, formula },
    inputs: { venture: { value: ventureId }, deal: { value: dealId }, day: { value: day }, ...inputs },
    sources: [{ kind: "dataset", ventureId, dataset: `closing:${dealId}`, version, rows, filter: {} }],
  });
}

const CHAIN =
  "the longest chain of open items before closing: calendar days, each after what it waits for; an item without days ends on its due date";

/** Every number of a checklist, inputs before what rests on them. */
export function closingFigures(scope: ClosingScope, standing: Standing): Figure[] {
  const { schedule, openConditions, conditions, overdue, settled, total, openSteps, unheld } = standing;
  // Once the signatures are released there is no closing left to count to.
  const over = total === 0 || standing.released;
  const count = (part: string, label: string, formula: string, value: number) =>
    draw(scope, { part, label, formula, value });
  const length = draw(scope, {
    ...{ part: "days", label: "days to the earliest closing", formula: CHAIN, unit: "days" },
    ...{ value: over ? null : schedule.length, reason: over ? "no-data" : "missing-input" },
  });
  const left = standing.released || scope.target === null ? null : daysBetween(scope.day, scope.target);
  const target = draw(scope, {
    ...{ part: "target", label: "days to the expected closing", unit: "days", value: left },
    formula: "day on which closing is expected − today",
    inputs: { target: { value: scope.target } },
  });
  const spare = left === null || length.value === null ? null : left - Number(length.value);
  return [
    ...[length, target],
    draw(scope, {
      ...{ part: "spare", label: "days to spare", unit: "days", value: spare, reason: "missing-input" },
      formula: "days to the expected closing − days to the earliest closing",
      inputs: { target: { figure: target.id }, earliest: { figure: length.id } },
    }),
    count(
      "open-conditions",
      "open conditions",
      "conditions neither done, waived nor not applicable",
      openConditions.length,
    ),
    count("conditions", "conditions", "items that are a condition precedent", conditions),
    count("overdue", "overdue items", "open items whose due date is before today", overdue.length),
    count("settled", "items settled", "items before closing that are done, waived or not applicable", settled),
    count("items", "items before closing", "items of all groups but post-closing", total),
    count("open-steps", "other open items", "open items before closing that are no condition", openSteps.length),
    count("unheld", "signatures not held", "signatures that are neither held nor released", unheld.length),
    ...[...schedule.timed.values()].map(({ id, slack }) =>
      draw(scope, {
        ...{ part: "slack", label: "slack of an item", unit: "days", value: slack, reason: "missing-input" },
        formula: "latest end that does not move the earliest closing − earliest end",
        inputs: { item: { value: id }, earliest: { figure: length.id } },
      }),
    ),
  ];
}

/** The size of a transaction in US dollars, from the headline of the agreed offer. */
export type DollarSize = {
  headline: string;
  currency: string;
  /** Null where no rate is stored for the day. */
  value: string | null;
  /** US dollars for one of the currency; null in US dollars. */
  rate: string | null;
  sources: FigureSource[];
};

export function sizeFigure({ ventureId, dealId, bidder, day }: ClosingScope, size: DollarSize): Figure {
  const { headline, currency, value, rate, sources } = size;
  return makeFigure({
    ...{ label: `${bidder}: size of the transaction`, value, unit: "USD", asOf: day, sources },
    ...(value === null ? { reason: "missing-fx-rate" } : {}),
    method: `${METHOD}hsr.size@1`,
    formula: currency === "USD" ? "headline of the agreed offer" : "headline of the agreed offer × rate of the day",
    inputs: {
      ...{ venture: { value: ventureId }, deal: { value: dealId }, day: { value: day } },
      headline: { value: headline, label: `Headline, ${currency}` },
      ...(rate ? { rate: { value: rate, label: `US dollars for one ${currency}` } } : {}),
    },
  });
}

/** The thresholds that are asked, and the fee, as published. */
export function thresholdFigures(
  { ventureId, dealId, day }: Pick<ClosingScope, "ventureId" | "dealId" | "day">,
  { year, ...verdict }: Verdict,
): Figure[] {
  if (!year) return [];
  const amount = (part: string, label: string, value: number | null) =>
    makeFigure({
      ...{ label, value: value === null ? null : String(value), unit: "USD", asOf: year.validFrom },
      ...(value === null ? { reason: "no-data" } : {}),
      ...{ method: `${METHOD}hsr.${part}@1`, formula: `As published: ${year.source}` },
      inputs: { venture: { value: ventureId }, deal: { value: dealId }, day: { value: day }, year: { value: year.id } },
      sources: [{ kind: "given", by: year.source }],
    });
  return [
    amount("transaction", "Size of transaction", year.sizeOfTransaction),
    amount("smaller", "Size of person, smaller", year.smallerPerson),
    amount("larger", "Size of person, larger", year.largerPerson),
    amount("without", "Size without person test", year.withoutPersonTest),
    ...(verdict.answer === "applies" ? [amount("fee", "Filing fee", verdict.fee)] : []),
  ];
}
