import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput } from "@/lib/figures/schema";
import { LEDGER_DATASET } from "@/lib/ledger/rules/ledger-figures";
import { Exact, fromMinor } from "@/lib/money";

const METHOD = "documents.";
export const isDocumentMethod = (method: string): boolean => method.startsWith(METHOD);

/** The question of an offer's figure, to ask it again. */
export type OfferQuestion = Readonly<Record<"venture" | "offer" | "version" | "discount" | "valuedOn", FigureInput>>;

/** What a holder gets after closing, at most: all that an offer brings them less what closing pays. */
export function laterFigure(question: OfferQuestion, holderId: string, [total, atClosing]: [Figure, Figure]): Figure {
  const known = total.value !== null && atClosing.value !== null;
  return makeFigure({
    label: total.label.replace(/^([^:]*: ).*, /, "$1later, at most, "),
    value: known ? new Exact(total.value ?? 0).minus(atClosing.value ?? 0).toFixed() : null,
    ...(known ? {} : { reason: total.reason ?? atClosing.reason ?? "no-data" }),
    ...{ unit: total.unit, asOf: total.asOf, method: `${METHOD}later@1`, sources: total.sources },
    formula: "if all is paid − at closing",
    inputs: {
      ...question,
      holder: { value: holderId },
      total: { figure: total.id, label: total.label },
      atClosing: { figure: atClosing.id, label: atClosing.label },
    },
  });
}

/** What the ledger has distributed to a holder of a venture, in minor units of a currency, on a day. */
export type Distributed = {
  holderId: string;
  name: string;
  currency: string;
  grossMinor: bigint;
  withheldMinor: bigint;
  rows: number;
};
export type LedgerMoment = { ventureId: string; version: number; day: string };

const PARTS = {
  gross: { label: "distributed, before tax", formula: "Σ shares of the distributions that stand" },
  withheld: { label: "tax withheld", formula: "Σ tax withheld from the shares of the distributions that stand" },
  net: { label: "paid", formula: "distributed, before tax − tax withheld" },
} as const;
export type PaidPart = keyof typeof PARTS;

/** Distributed before tax, withheld, and what is left, from the ledger to the minor unit. */
export function paidFigures(moment: LedgerMoment, of: Distributed): Record<PaidPart, Figure> {
  const { ventureId, version, day } = moment;
  const { holderId, name, currency, grossMinor, withheldMinor, rows } = of;
  const draw = (part: PaidPart, minor: bigint, rests: readonly Figure[] = []) =>
    makeFigure({
      ...{ label: `${name}: ${PARTS[part].label}`, value: fromMinor(minor, currency).toFixed(), unit: currency },
      ...{ asOf: day, method: `${METHOD}paid.${part}@1`, formula: PARTS[part].formula },
      inputs: {
        ...{ venture: { value: ventureId }, holder: { value: holderId }, day: { value: day } },
        ...Object.fromEntries(rests.map((figure, index) => [`part${index + 1}`, { figure: figure.id }])),
      },
      sources: [{ kind: "dataset", ventureId, dataset: LEDGER_DATASET, version, rows, filter: { to: day } }],
    });
  const gross = draw("gross", grossMinor);
  const withheld = draw("withheld", withheldMinor);
  return { gross, withheld, net: draw("net", grossMinor - withheldMinor, [gross, withheld]) };
}
