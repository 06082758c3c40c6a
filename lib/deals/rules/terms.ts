import type { OfferTerms, TermKey } from "../schema/terms";

export type TermKind = "money" | "ratio" | "months" | "days" | "day" | "choice" | "list" | "earn-outs" | "currency";
export type Term = {
  key: TermKey;
  label: string;
  kind: TermKind;
  group: (typeof TERM_GROUPS)[number];
  /** What is not known of the money while it is not stated; null: it moves no money. */
  needed: ((terms: OfferTerms) => boolean) | null;
};

export const TERM_GROUPS = ["Price", "Form", "Held back", "Adjustments", "Protection", "Certainty"] as const;

const always = () => true;
/** Stated, and more than none. */
const some = (value: string | null): boolean => value !== null && Number(value) > 0;
const cashFree = ({ basis }: OfferTerms): boolean => basis === "enterprise";
const pegged = (terms: OfferTerms): boolean => cashFree(terms) && terms.workingCapital === "peg";

const term = (
  group: Term["group"],
  key: TermKey,
  label: string,
  kind: TermKind,
  needed: Term["needed"] = null,
): Term => ({ group, key, label, kind, needed });

/** Every term, in the order in which it is read: what it is called, how it is written, and when money hangs on it. */
export const TERMS: readonly Term[] = [
  term("Price", "price", "Headline price", "money", always),
  term("Price", "basis", "Price for", "choice"),
  term("Price", "currency", "Currency", "currency"),
  term("Form", "stock", "In stock of the bidder", "money", always),
  term("Form", "stockDiscount", "Stock is worth less by", "ratio", ({ stock }) => some(stock)),
  term("Form", "rollover", "Rolled over", "money", always),
  term("Form", "rolloverDiscount", "Rollover is worth less by", "ratio", ({ rollover }) => some(rollover)),
  term("Form", "vendorNote", "Vendor note", "money", always),
  term("Form", "vendorNoteMonths", "Note is due after", "months", ({ vendorNote }) => some(vendorNote)),
  term("Form", "vendorNoteInterest", "Interest on the note, a year", "ratio", ({ vendorNote }) => some(vendorNote)),
  term("Form", "vendorNoteProbability", "Note is paid with", "ratio", ({ vendorNote }) => some(vendorNote)),
  term("Form", "earnOuts", "Earn-out", "earn-outs", always),
  term("Held back", "escrow", "Escrow", "ratio", always),
  term("Held back", "escrowMonths", "Escrow is held for", "months", ({ escrow }) => some(escrow)),
  term("Held back", "escrowProbability", "Escrow is released with", "ratio", ({ escrow }) => some(escrow)),
  term("Held back", "holdback", "Holdback", "ratio", always),
  term("Held back", "holdbackMonths", "Holdback is held for", "months", ({ holdback }) => some(holdback)),
  term("Held back", "holdbackProbability", "Holdback is released with", "ratio", ({ holdback }) => some(holdback)),
  term("Adjustments", "cash", "Cash at closing", "money", cashFree),
  term("Adjustments", "debt", "Debt at closing", "money", cashFree),
  term("Adjustments", "workingCapital", "Working capital", "choice", cashFree),
  term("Adjustments", "peg", "Peg", "money", pegged),
  term("Adjustments", "expectedWorkingCapital", "Working capital expected", "money", pegged),
  term("Adjustments", "collar", "Collar", "money", pegged),
  term("Adjustments", "collarOutside", "Beyond the collar", "choice"),
  term("Adjustments", "costs", "Transaction costs", "money", always),
  term("Adjustments", "carveOut", "Management carve-out", "ratio", always),
  term("Protection", "indemnityCap", "Indemnity cap", "ratio"),
  term("Protection", "indemnityBasket", "Indemnity basket", "ratio"),
  term("Protection", "basketKind", "Basket", "choice"),
  term("Certainty", "financing", "Financing", "choice"),
  term("Certainty", "conditions", "Conditions", "list"),
  term("Certainty", "closeProbability", "Closes with", "ratio", always),
  term("Certainty", "closesOn", "Closing expected on", "day", always),
  term("Certainty", "exclusivityDays", "Exclusivity", "days"),
  term("Certainty", "validUntil", "Valid until", "day"),
];

export const CHOICES: Readonly<Partial<Record<TermKey, Readonly<Record<string, string>>>>> = {
  basis: { enterprise: "the company without cash and debt", equity: "all shares as they are" },
  workingCapital: { none: "no adjustment", peg: "against a peg" },
  collarOutside: { edge: "only what exceeds it", zero: "everything from the peg on" },
  basketKind: { deductible: "a deductible", tipping: "from the first unit on" },
  financing: {
    "cash at hand": "cash at hand",
    committed: "committed",
    "subject to financing": "subject to financing",
  },
};

const isStated = (terms: OfferTerms, { key }: Term): boolean => terms[key] !== null;

/** An earn-out that is listed without amount, day or probability. */
const openEarnOuts = ({ earnOuts }: OfferTerms): string[] =>
  (earnOuts ?? []).flatMap(({ title, amount, dueOn, probability }) => [
    ...(amount === null ? [`Amount of “${title}”`] : []),
    ...(dueOn === null ? [`Day of “${title}”`] : []),
    ...(probability === null ? [`Probability of “${title}”`] : []),
  ]);

/** Terms that nobody has stated and on which money hangs; until they are, what reaches the holders is not known. */
export const openTerms = (terms: OfferTerms): string[] => [
  ...TERMS.filter((one) => one.needed?.(terms) && !isStated(terms, one)).map(({ label }) => label),
  ...openEarnOuts(terms),
];

/** Terms that nobody has stated and that move no money by themselves. */
export const silentTerms = (terms: OfferTerms): string[] =>
  TERMS.filter((one) => one.needed === null && !isStated(terms, one)).map(({ label }) => label);

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The terms in which two offers differ. "0.10" and "0.1" are one number. */
export function changedTerms(before: OfferTerms, after: OfferTerms): TermKey[] {
  const plain = (value: unknown, kind: TermKind) =>
    typeof value === "string" && (kind === "money" || kind === "ratio") ? Number(value) : value;
  return TERMS.filter(({ key, kind }) => !same(plain(before[key], kind), plain(after[key], kind))).map(
    ({ key }) => key,
  );
}
