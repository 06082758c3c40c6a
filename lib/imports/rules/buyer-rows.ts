import { nameKey } from "@/lib/buyers/rules/outreach";
import { EVIDENCE_TIERS, FIT_CRITERIA, type FitCriterion } from "@/lib/buyers/schema";
import { isCurrency } from "@/lib/money";
import { short } from "./cells";
import { plainName } from "./fields";
import type { ReaderInput, Row, RowOutcome } from "./row";

const KINDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    strategic: "strategic|trade|trade buyer|corporate|company|industrial|strategic buyer",
    financial: "financial|pe|private equity|fund|investor|financial sponsor|sponsor|growth equity|family office",
    management: "management|mbo|mbi|management buyout|management team",
  }).flatMap(([kind, names]) => names.split("|").map((name) => [name, kind] as const)),
);
const MONEY_DECIMALS = 4;

/** A buyer of a list: its means as of a day with their source, and a claim for each criterion that the row names. */
export function buyerReader(row: Row, { asOfDay }: ReaderInput) {
  return (): RowOutcome => {
    const name = row.text("name", true);
    const key = nameKey(name ?? "");
    if (name && key === "") row.reject("name", "UNREADABLE_TEXT", "A name has letters or digits");
    const kind = readKind(row);
    const factsAsOf = row.date("factsAsOf", true);
    if (factsAsOf && factsAsOf > asOfDay)
      row.reject("factsAsOf", "FUTURE_ACTUAL", `As of ${factsAsOf}, after the date of the file, ${asOfDay}`);
    const fields = [
      ...[key, name, kind, readCountry(row), readWebsite(row), readSectors(row), readCurrency(row)],
      ...["cash", "debt", "ebitda"].map((field) => row.number(field, MONEY_DECIMALS)),
      ...[readWhole(row, "deals36m", 10_000), factsAsOf, row.text("factsSource", true)],
      ...FIT_CRITERIA.flatMap((criterion) => readClaim(row, criterion)),
    ];
    if (
      fields[7] !== null &&
      fields[6] === null &&
      !row.rejects.some(({ column }) => column === row.header("currency"))
    )
      row.reject("currency", "CURRENCY", "Cash without its currency; write its ISO code, such as EUR");
    return row.outcome(key, () => fields);
  };
}

function readKind(row: Row): string | null {
  const text = row.text("kind", true);
  if (text === null) return null;
  const kind = KINDS.get(plainName(text));
  return kind ?? row.reject("kind", "UNKNOWN_CHOICE", `"${short(text)}" is none of strategic, financial, management`);
}

function readCountry(row: Row): string | null {
  const text = row.text("country")?.toUpperCase() ?? null;
  if (text === null || /^[A-Z]{2}$/.test(text)) return text;
  return row.reject("country", "UNKNOWN_CHOICE", `"${short(text)}" is no country code; write two letters, such as DE`);
}

function readWebsite(row: Row): string | null {
  const text = row.text("website");
  if (text === null) return null;
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  if (URL.canParse(address) && new URL(address).hostname.includes(".")) return address;
  return row.reject("website", "UNREADABLE_TEXT", `"${short(text)}" is no address of a web site`);
}

const readSectors = (row: Row): string | null =>
  (row.text("sectors") ?? "")
    .split(/[;|]/)
    .map((sector) => sector.trim())
    .filter(Boolean)
    .join(";") || null;

function readCurrency(row: Row): string | null {
  const code = row.text("currency")?.toUpperCase() ?? null;
  if (code === null || isCurrency(code)) return code;
  return row.reject("currency", "CURRENCY", `"${short(code)}" is no currency; write its ISO code, such as EUR`);
}

function readWhole(row: Row, field: string, most: number): string | null {
  const text = row.number(field);
  if (text === null || (/^\d+$/.test(text) && Number(text) <= most)) return text;
  return row.reject(field, "UNREADABLE_NUMBER", `"${short(text)}" is no whole number from 0 to ${most}`);
}

/** Score, sentence and tier of a claim; a sentence without a score claims nothing, a score without a sentence is refused. */
function readClaim(row: Row, criterion: FitCriterion): (string | null)[] {
  const score = readWhole(row, `${criterion}Score`, 4);
  const claim = row.text(`${criterion}Claim`);
  if (score === null) return [null, null, null];
  if (claim === null) row.reject(`${criterion}Claim`, "MISSING_VALUE", "A score needs what is claimed, in a sentence");
  const given = (row.text(`${criterion}Tier`) ?? "C").toUpperCase();
  const tier = EVIDENCE_TIERS.find((known) => known === given);
  if (!tier) row.reject(`${criterion}Tier`, "UNKNOWN_CHOICE", `"${short(given)}" is none of A, B, C`);
  return [score, claim, tier ?? null];
}
