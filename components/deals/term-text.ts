import { CHOICES, TERMS, type Term } from "@/lib/deals/rules/terms";
import { type EarnOut, type OfferTerms, offerTermsSchema } from "@/lib/deals/schema/terms";
import { formatDay, formatMoney, formatRatio, plural } from "@/lib/format";
import { Exact } from "@/lib/money";

/** Terms as a person types them: percent for fractions, an empty field for what is not stated. */
export type TermText = Readonly<Record<string, string>> & { readonly currency: string };
export type EarnOutText = { title: string; amount: string; dueOn: string; probability: string };
export type Typed = { text: TermText; earnOuts: readonly EarnOutText[] | null };

/** "none" says that there is none, which is not the same as nothing said. */
export const NONE = "none";

/** "48500000.5" as "48,500,000.5". */
const grouped = (amount: string): string => amount.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ",");
const percent = (ratio: string): string => new Exact(ratio).times(100).toFixed();

function textOf(terms: OfferTerms, { key, kind }: Term): string {
  const value = terms[key];
  if (value === null || kind === "earn-outs") return "";
  if (kind === "list") return terms.conditions?.length === 0 ? NONE : (terms.conditions ?? []).join("\n");
  if (kind === "money") return grouped(String(value));
  return kind === "ratio" ? percent(String(value)) : String(value);
}

const earnOutText = ({ title, amount, dueOn, probability }: EarnOut): EarnOutText => ({
  ...{ title, amount: grouped(amount ?? ""), dueOn: dueOn ?? "" },
  probability: probability === null ? "" : percent(probability),
});

export const typedOf = (terms: OfferTerms): Typed => ({
  text: { ...Object.fromEntries(TERMS.map((term) => [term.key, textOf(terms, term)])), currency: terms.currency },
  earnOuts: terms.earnOuts?.map(earnOutText) ?? null,
});

const SIZES: Readonly<Record<string, number>> = { "": 0, k: 3, m: 6, bn: 9 };

/** "52 M", "1,250,000.50", "300k" in plain units; null where it is no amount. */
export function readMoney(text: string): string | null {
  const found = /^(\d+(?:\.\d+)?)(k|m|bn)?$/.exec(text.replace(/[\s,_\u2009\u202f]/g, "").toLowerCase());
  if (!found?.[1]) return null;
  return new Exact(found[1]).times(new Exact(10).pow(SIZES[found[2] ?? ""] ?? 0)).toFixed();
}

/** "10" or "10 %" as "0.1"; null where it is no number. */
export function readPercent(text: string): string | null {
  const plain = text.replace(/[\s%]/g, "");
  return /^\d+(\.\d+)?$/.test(plain) ? new Exact(plain).div(100).toFixed() : null;
}

/** What stands for a text that cannot be read: nothing that a term could be. */
const UNREADABLE = Symbol("unreadable");

function valueIn({ kind }: Term, raw: string): unknown {
  const text = raw.trim();
  if (text === "") return null;
  if (kind === "money") return readMoney(text) ?? UNREADABLE;
  if (kind === "ratio") return readPercent(text) ?? UNREADABLE;
  if (kind === "months" || kind === "days") return /^\d{1,4}$/.test(text) ? Number(text) : UNREADABLE;
  if (kind !== "list") return text;
  if (text.toLowerCase() === NONE) return [];
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean);
}

const readEarnOut = ({ title, amount, dueOn, probability }: EarnOutText) => ({
  ...{ title: title.trim(), dueOn: dueOn || null },
  amount: amount.trim() === "" ? null : (readMoney(amount) ?? UNREADABLE),
  probability: probability.trim() === "" ? null : (readPercent(probability) ?? UNREADABLE),
});

/** What was typed as terms; otherwise which fields cannot be read, by key. */
export function readTerms({
  text,
  earnOuts,
}: Typed): { terms: OfferTerms; wrong: null } | { terms: null; wrong: string[] } {
  const fields = TERMS.filter(({ kind }) => kind !== "earn-outs").map((term) => [
    term.key,
    valueIn(term, text[term.key] ?? ""),
  ]);
  const read = offerTermsSchema.safeParse({
    ...Object.fromEntries(fields),
    earnOuts: earnOuts?.map(readEarnOut) ?? null,
  });
  if (read.success) return { terms: read.data, wrong: null };
  return { terms: null, wrong: [...new Set(read.error.issues.map(({ path }) => path.join(".")))] };
}

/** A stored term as a table shows it; a dash where nothing hangs on it. */
export function shownTerm(terms: OfferTerms, { key, kind, needed }: Term): string {
  const value = terms[key];
  if (value === null) return needed && !needed(terms) ? "–" : "not stated";
  if (kind === "money") return formatMoney(String(value), terms.currency);
  if (kind === "ratio") return formatRatio(String(value));
  if (kind === "months") return plural(Number(value), "month");
  if (kind === "days") return plural(Number(value), "day");
  if (kind === "day") return formatDay(String(value));
  if (kind === "list") return terms.conditions?.length ? terms.conditions.join("; ") : NONE;
  if (kind === "earn-outs") return earnOutWords(terms);
  return CHOICES[key]?.[String(value)] ?? String(value);
}

function earnOutWords({ earnOuts, currency }: OfferTerms): string {
  if (!earnOuts || earnOuts.length === 0) return NONE;
  return earnOuts
    .map(({ title, amount, dueOn, probability }) => {
      const money = amount === null ? "amount not stated" : formatMoney(amount, currency);
      const on = dueOn === null ? "day not stated" : formatDay(dueOn);
      return `${title}: ${money}, ${on}, ${probability === null ? "probability not stated" : formatRatio(probability)}`;
    })
    .join("; ");
}

const kindOf = (key: string | null): Term["kind"] | null => TERMS.find((term) => term.key === key)?.kind ?? null;

/** A stored value of one term as a person types it; words stay words. */
export function typedValue(key: string | null, stored: string): string {
  const kind = kindOf(key);
  if (stored === "" || kind === null) return stored;
  return kind === "ratio" ? percent(stored) : kind === "money" ? grouped(stored) : stored;
}

/** What was typed for one term as it is stored; what cannot be read stays as it is, to be refused by name. */
export function storedValue(key: string | null, typed: string): string {
  const kind = kindOf(key);
  if (typed.trim() === "" || kind === null) return typed.trim();
  if (kind === "ratio") return readPercent(typed) ?? typed;
  return kind === "money" ? (readMoney(typed) ?? typed) : typed.trim();
}
