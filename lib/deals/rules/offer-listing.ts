import { Exact } from "@/lib/money";
import { type EarnOut, type OfferTerms, offerTermsSchema } from "../schema/terms";
import { TERMS, type Term, type TermKind } from "./terms";

/** Says in a cell that there is none, which an empty cell does not. */
export const NONE_WORD = "none";

const parts = (text: string, mark: RegExp): string[] =>
  text
    .split(mark)
    .map((part) => part.trim())
    .filter(Boolean);

/** "A customer consents; A loan": the conditions of a cell. */
export const readConditions = (text: string): string[] =>
  text.toLowerCase() === NONE_WORD ? [] : parts(text, /[;\n]/);

/** "10 %" and "0.1" are a tenth; "10" could be either and is nothing. */
export function readShare(text: string): string | null {
  const found = /^(\d+(?:\.\d+)?)\s*(%?)$/.exec(text);
  if (!found?.[1]) return null;
  if (found[2]) return new Exact(found[1]).div(100).toFixed();
  const plain = new Exact(found[1]);
  return plain.isZero() || plain.lt(1) ? plain.toFixed() : null;
}

/** "ARR of 20 M | 2000000 | 2028-01-31 | 60 %": each milestone of a cell; null where one is written otherwise. */
export function readEarnOutCell(text: string): EarnOut[] | null {
  if (text.toLowerCase() === NONE_WORD) return [];
  const read = parts(text, /[;\n]/).map((one): EarnOut | null => {
    const [title = "", amount = "", dueOn = "", probability = "", ...more] = one.split("|").map((part) => part.trim());
    const share = readShare(probability);
    const known = one.includes("|") && title !== "" && more.length === 0 && (probability === "" || share !== null);
    return known ? { title, amount: amount || null, dueOn: dueOn || null, probability: share } : null;
  });
  return read.every((one) => one !== null) ? read : null;
}

/** The milestones as one cell, the way `readEarnOutCell` reads it. */
export const earnOutCell = (earnOuts: readonly EarnOut[]): string =>
  earnOuts.length === 0
    ? NONE_WORD
    : earnOuts
        .map(({ title, amount, dueOn, probability }) => [title, amount, dueOn, probability].map((one) => one ?? ""))
        .map((cells) => cells.join(" | "))
        .join("; ");

/** What a file says of one offer, as its row is stored: by term its text; null is not stated. */
export type ListedTerms = Readonly<Record<string, string | null>>;

const plainNumber = (text: string): string => (/^\d+(\.\d+)?$/.test(text) ? new Exact(text).toFixed() : text);

const READ: Readonly<Record<TermKind, (text: string) => unknown>> = {
  money: plainNumber,
  ratio: plainNumber,
  months: Number,
  days: Number,
  day: (text) => text,
  choice: (text) => text,
  currency: (text) => text,
  list: readConditions,
  "earn-outs": (text) => readEarnOutCell(text) ?? text,
};

const termValue = (row: ListedTerms, { key, kind }: Term): unknown => {
  const text = row[key] ?? null;
  return text === null ? null : READ[kind](text);
};

/** A stored row as terms; otherwise what cannot be, by term. */
export function termsOfListing(
  row: ListedTerms,
): { terms: OfferTerms; problems: null } | { terms: null; problems: { key: string; expected: string }[] } {
  const read = offerTermsSchema.safeParse(Object.fromEntries(TERMS.map((term) => [term.key, termValue(row, term)])));
  if (read.success) return { terms: read.data, problems: null };
  return {
    terms: null,
    problems: read.error.issues.map(({ path, message }) => ({ key: String(path[0] ?? ""), expected: message })),
  };
}
