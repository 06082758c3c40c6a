import { Exact, isCurrency, minorDigits } from "@/lib/money";

export type DecimalMark = "." | ",";
export type Unreadable = { problem: string };

const SPACES = /[\s\u00a0\u2007\u2009\u202f'’_]/g;
const PLAIN = /^\d+(\.\d+)?$/;
const GROUPED: Readonly<Record<DecimalMark, RegExp>> = {
  ".": /^(\d{1,3}(,\d{3})+|\d{1,2}(,\d{2})+,\d{3})(\.\d+)?$/,
  ",": /^(\d{1,3}(\.\d{3})+|\d{1,2}(\.\d{2})+\.\d{3})(,\d+)?$/,
};
const UNGROUPED: Readonly<Record<DecimalMark, RegExp>> = { ".": /^(\d+\.?\d*|\.\d+)$/, ",": /^(\d+,?\d*|,\d+)$/ };
const SCIENTIFIC = /^\d(\.\d+)?[eE][+-]?\d{1,2}$/;

/** Takes the sign off: leading or trailing minus of any shape, or accountants' parentheses. */
function unsigned(text: string): { negative: boolean; digits: string } | null {
  const parentheses = /^\((.*)\)$/.exec(text);
  if (parentheses) return { negative: true, digits: (parentheses[1] ?? "").trim() };
  const leading = /^([-\u2212\u2013+])\s*(.*)$/.exec(text);
  if (leading) return { negative: leading[1] !== "+", digits: leading[2] ?? "" };
  const trailing = /^(.*?)\s*([-\u2212\u2013+])$/.exec(text);
  if (trailing) return { negative: trailing[2] !== "+", digits: trailing[1] ?? "" };
  return { negative: false, digits: text };
}

/**
 * A number as a file writes it, as an exact decimal text ("-1234.5"), or null when it is none under this decimal mark.
 * Groups must be groups: "1,23" is no number with a decimal point.
 */
export function parseDecimal(text: string, mark: DecimalMark): string | null {
  // The common case first: this runs for every cell.
  if (mark === "." && PLAIN.test(text)) return text;
  const trimmed = text.trim();
  const signed = unsigned(trimmed);
  if (!signed) return null;
  const digits = signed.digits.replace(SPACES, "");
  if (/\d[\s\u00a0\u2007\u2009\u202f'’_]/.test(signed.digits) && !spacesAreGroups(signed.digits, mark)) return null;
  let plain: string;
  if (UNGROUPED[mark].test(digits)) plain = digits.replace(",", ".");
  else if (GROUPED[mark].test(digits))
    plain = mark === "." ? digits.replaceAll(",", "") : digits.replaceAll(".", "").replace(",", ".");
  else if (mark === "." && SCIENTIFIC.test(digits)) plain = new Exact(digits).toFixed();
  else return null;
  plain = plain.replace(/\.$/, "").replace(/^\./, "0.");
  return signed.negative && /[1-9]/.test(plain) ? `-${plain}` : plain;
}

function spacesAreGroups(digits: string, mark: DecimalMark): boolean {
  const whole = digits.split(mark)[0] ?? "";
  return /^\d{1,3}([\s\u00a0\u2007\u2009\u202f'’_]\d{3})+$/.test(whole.trim());
}

const SYMBOLS: readonly (readonly [string, readonly string[]])[] = [
  ["US$", ["USD"]],
  ["CA$", ["CAD"]],
  ["C$", ["CAD"]],
  ["A$", ["AUD"]],
  ["NZ$", ["NZD"]],
  ["HK$", ["HKD"]],
  ["S$", ["SGD"]],
  ["R$", ["BRL"]],
  ["€", ["EUR"]],
  ["£", ["GBP"]],
  ["₹", ["INR"]],
  ["₩", ["KRW"]],
  ["₺", ["TRY"]],
  ["₪", ["ILS"]],
  ["zł", ["PLN"]],
  ["Kč", ["CZK"]],
  ["Fr.", ["CHF"]],
  ["¥", ["JPY", "CNY"]],
  ["kr", ["SEK", "NOK", "DKK", "ISK"]],
  ["$", ["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "MXN", "CLP", "COP", "ARS", "TWD"]],
];

/** The codes a currency sign may stand for, and the text without it. */
export function splitCurrency(text: string): { digits: string; candidates: readonly string[] | null } {
  const code = /^(.*?)\s*\b([A-Z]{3})\b\s*(.*)$/.exec(text);
  if (code && (code[1] === "" || code[3] === "" || code[1] === "-" || code[1] === "("))
    return { digits: `${code[1]}${code[3]}`.trim(), candidates: [code[2] ?? ""] };
  for (const [symbol, candidates] of SYMBOLS) {
    if (text.includes(symbol)) return { digits: text.replace(symbol, "").trim(), candidates };
  }
  return { digits: text, candidates: null };
}

/**
 * The currency of one amount: the column says it, or the sign in the cell, or the default. A sign that stands for
 * several currencies is settled by the column or the default, never by a guess.
 */
export function resolveCurrency(
  column: string | null,
  candidates: readonly string[] | null,
  fallback: string | null,
): { currency: string } | Unreadable {
  const named = column?.trim().toUpperCase() || null;
  if (named !== null && !isCurrency(named)) return { problem: `"${column}" is not a currency code of ISO 4217` };
  if (!candidates) {
    const currency = named ?? fallback;
    return currency
      ? { currency }
      : { problem: "No currency: neither a column, nor a sign in the cell, nor a default" };
  }
  const known = candidates.filter(isCurrency);
  if (known.length === 0) return { problem: `"${candidates[0]}" is not a currency code of ISO 4217` };
  if (named !== null)
    return known.includes(named)
      ? { currency: named }
      : { problem: `The currency column says ${named}, the amount says ${known[0]}` };
  const [only] = known;
  if (known.length === 1 && only) return { currency: only };
  return fallback && known.includes(fallback)
    ? { currency: fallback }
    : { problem: `The sign can mean ${known.slice(0, 4).join(", ")}: map a currency column or set the default` };
}

/** Exact plain units to minor units as text; more decimals than the currency has are refused, not rounded. */
export function minorUnits(decimal: string, currency: string): string | null {
  const digits = minorDigits(currency);
  const [whole = "0", fraction = ""] = decimal.split(".");
  if (/[1-9]/.test(fraction.slice(digits))) return null;
  const joined = whole + fraction.slice(0, digits).padEnd(digits, "0");
  return joined.replace(/^(-?)0+(?=\d)/, "$1");
}

/** Cells of a spreadsheet are binary floats; it shows 15 digits of them, and so do we. */
export function spreadsheetNumber(value: number): string {
  return new Exact(Number(value.toPrecision(15))).toFixed();
}
