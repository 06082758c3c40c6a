/** Digits that are no amounts: dates, quarters, ordinals, section and list numbers, well-known identifiers. Pure. */

const YEAR = "(?:19|20)\\d\\d";
const MONTH =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const DAY = "(?:0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?";
// Nothing that would make the digits part of something longer may touch them.
const BEFORE = "(?<![\\p{L}\\p{N}\\p{Sc}.,%/+-])";
const AFTER = "(?![\\p{L}\\p{N}%\\p{Sc}/+]|[.,:-]\\p{N}|\\s*%)";
// A bare year must be followed by nothing that it could count.
const ALONE =
  "(?=\\s*(?:[,.;:!?)\\]]|$|\\n|and\\s+(?:the|its|our|this|that)\\b|(?:was|were|is|has|had|to|through|onwards)\\b))";

const dates = [
  `${YEAR}-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\\d|3[01]))?`,
  `${DAY}\\s+${MONTH}\\s+${YEAR}`,
  `${MONTH}\\s+${DAY},?\\s+${YEAR}`,
  `${MONTH},?\\s+${YEAR}`,
  `${YEAR}[\\s-]?[QH][1-4]`,
  `Q[1-4](?:[\\s/-]+(?:of\\s+)?(?:FY\\s?)?${YEAR})?`,
  `H[12](?:[\\s/-]+(?:of\\s+)?(?:FY\\s?)?${YEAR})?`,
  `FY\\s?(?:${YEAR}|\\d\\d)`,
].map((date) => new RegExp(`${BEFORE}${date}${AFTER}`, "gu"));

const bareYear = new RegExp(
  `(?<=\\b(?:in|during|since|until|through|year|early|late|of|from|by|to|before|after)\\s)${YEAR}${AFTER}${ALONE}`,
  "giu",
);

const identifiers = new RegExp(
  `${BEFORE}(?:B2B2C|B2B|B2C|D2C|C2C|P2P|G2M|Web3|W3C|SOC\\s?[12]|ISO\\s?(?:27001|9001))(?:'s)?${AFTER}`,
  "gu",
);
const stages =
  /(?<=\b(?:stage|substage|gate)s?\s)(?:39|40(?:\.[1-3])?)(?![\p{L}\p{N}%]|[.,]\p{N})|(?<![\p{L}\p{N}.,])40\.[1-3](?=\s+(?:Growth Management|Exit Preparation|Value Realization))/giu;
const sections =
  /(?<=\b(?:section|chapter|appendix|part|step|option|phase|chart|table|item|point)\s)\d{1,2}(?:\.\d{1,2}){0,2}(?=\s*(?:[,.;:!?)\]—–]|$))(?!\.\p{N})/giu;
const ordinals = new RegExp(`${BEFORE}[1-9]?\\d(?:st|nd|rd|th)${AFTER}(?!\\s+of\\b)`, "gu");
const headingNumber = /^(#{1,6}\s+)(?:[1-9]\d?[.)]|[1-9]\d?(?:\.\d{1,2}){1,2}[.)]?)\s+(?=\p{L}|\*|\[)/u;

/** Put in place of a date, so that "half of 2026" still reads as a time. */
export const DATE_MARK = "\uE002";

export function withoutAllowedDigits(text: string): string {
  const dashed = text.replace(/[\u2010-\u2013\u2212]/g, "-");
  const undated = dates.reduce(
    (rest, pattern) => rest.replace(pattern, DATE_MARK),
    dashed.replace(headingNumber, "$1"),
  );
  return undated
    .replace(bareYear, DATE_MARK)
    .replace(identifiers, "ident")
    .replace(stages, " ")
    .replace(sections, " ")
    .replace(ordinals, " ");
}

/** The number of a numbered list line ("2. Raise prices") and the line without it; null when it is none. */
export function listNumber(line: string): { number: number; rest: string } | null {
  const match = /^(\s*)([1-9]\d?)[.)]\s+(?=\S)/u.exec(line);
  return match ? { number: Number(match[2]), rest: line.slice(match[0].length) } : null;
}
