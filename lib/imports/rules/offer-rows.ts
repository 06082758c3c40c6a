import { nameKey } from "@/lib/buyers/rules/outreach";
import { termProblems } from "@/lib/deals/rules/bridge";
import {
  earnOutCell,
  readConditions,
  readEarnOutCell,
  readShare,
  termsOfListing,
} from "@/lib/deals/rules/offer-listing";
import { TERMS, type Term } from "@/lib/deals/rules/terms";
import { isCurrency, minorDigits } from "@/lib/money";
import { short } from "./cells";
import { plainName } from "./fields";
import type { ReaderInput, Row, RowOutcome } from "./row";

const choices = (table: Record<string, string>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).flatMap(([value, names]) => names.split("|").map((name) => [name, value] as const)));

const CHOICES: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  basis: choices({
    enterprise: "enterprise|ev|enterprise value|cash free debt free|company|the company without cash and debt|yes",
    equity: "equity|equity value|shares|all shares as they are|no",
  }),
  workingCapital: choices({
    none: "none|no adjustment|no|locked box",
    peg: "peg|against a peg|yes|closing accounts|completion accounts",
  }),
  collarOutside: choices({ edge: "edge|only what exceeds it|excess", zero: "zero|everything from the peg on|full" }),
  basketKind: choices({
    deductible: "deductible|a deductible|true deductible",
    tipping: "tipping|from the first unit on|first dollar|threshold",
  }),
  financing: choices({
    "cash at hand": "cash at hand|cash|own funds|balance sheet",
    committed: "committed|committed financing|commitment letters",
    "subject to financing": "subject to financing|financing condition|uncommitted",
  }),
};
/** What a term is where nobody says otherwise; it moves nothing by itself. */
const USUAL: Readonly<Record<string, string>> = { collarOutside: "edge" };

/** One offer of one bidder, as it was said on a day; another row of the same name is its next version. */
export function offerReader(row: Row, { asOfDay, mapping }: ReaderInput) {
  return (): RowOutcome => {
    const bidder = row.text("bidder", true);
    const bidderKey = nameKey(bidder ?? "");
    if (bidder && bidderKey === "") row.reject("bidder", "UNREADABLE_TEXT", "A name has letters or digits");
    const title = row.text("title", true);
    const titleKey = nameKey(title ?? "");
    if (title && titleKey === "") row.reject("title", "UNREADABLE_TEXT", "A name has letters or digits");
    const dated = row.date("dated", true);
    if (dated && dated > asOfDay)
      row.reject("dated", "FUTURE_ACTUAL", `Said on ${dated}, after the date of the file, ${asOfDay}`);
    const said = [dated, row.text("writtenIn", true), row.text("note")];
    const terms = TERMS.map((term) => [term.key, readTerm(row, term, mapping.options.currency)] as const);
    if (row.rejects.length === 0) rejectContradictions(row, Object.fromEntries(terms));
    // However it is written, it is one offer.
    const key = JSON.stringify([bidderKey, titleKey]);
    return row.outcome(key, () => [bidderKey, title, bidder, ...said, ...terms.map(([, value]) => value)]);
  };
}

function readTerm(row: Row, { key, kind }: Term, currency: string | null): string | null {
  if (kind === "currency") return readCurrency(row, currency);
  if (kind === "choice") return readChoice(row, key);
  if (kind === "money") return row.number(key);
  if (kind === "months" || kind === "days") return row.number(key);
  if (kind === "day") return row.date(key);
  const text = row.text(key);
  if (text === null) return null;
  if (kind === "list") return readConditions(text).join("; ") || "none";
  if (kind === "ratio") return readPart(row, key, text);
  const earnOuts = readEarnOutCell(text);
  return earnOuts
    ? earnOutCell(earnOuts)
    : row.reject(key, "UNREADABLE_TEXT", "Write none, or each as: what | amount | 2028-01-31 | 60 %, parted by ;");
}

function readPart(row: Row, key: string, text: string): string | null {
  const share = readShare(text.replace(",", "."));
  return share ?? row.reject(key, "UNREADABLE_NUMBER", `"${short(text)}" is no part; write 10 % or 0.1`);
}

function readChoice(row: Row, key: string): string | null {
  const text = row.text(key, key === "basis");
  if (text === null) return USUAL[key] ?? null;
  const found = CHOICES[key]?.get(plainName(text));
  if (found) return found;
  const known = [...new Set(CHOICES[key]?.values())].join(", ");
  return row.reject(key, "UNKNOWN_CHOICE", `"${short(text)}" is none of ${known}`);
}

function readCurrency(row: Row, usual: string | null): string | null {
  const code = row.text("currency")?.toUpperCase() ?? usual;
  if (code !== null && isCurrency(code)) return code;
  return row.reject("currency", "CURRENCY", "No currency; write its ISO code, such as EUR");
}

/** What no offer can be: an escrow beyond the whole, forms beyond the price, an amount below zero. */
function rejectContradictions(row: Row, listed: Record<string, string | null>): void {
  const { terms, problems } = termsOfListing(listed);
  const found =
    problems ??
    termProblems(terms, { rate: "1", digits: minorDigits(terms.currency) }).map(({ path, expected }) => ({
      key: path,
      expected,
    }));
  for (const { key, expected } of found) row.reject(key, "CONTRADICTION", `Needed: ${expected}`);
}
