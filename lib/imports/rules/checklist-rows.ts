import { nameKey } from "@/lib/buyers/rules/outreach";
import { BENEFITS, GROUPS, PARTIES } from "@/lib/closing/schema";
import { short } from "./cells";
import { plainName } from "./fields";
import type { ReaderInput, Row, RowOutcome } from "./row";

/** Words of files for our closed lists; our own words stand for themselves. */
const words = (own: readonly string[], others: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map([
    ...own.map((value) => [plainName(value), value] as const),
    ...Object.entries(others).flatMap(([value, names]) => names.split("|").map((name) => [name, value] as const)),
  ]);

const GROUP_WORDS = words(GROUPS, {
  "corporate-approvals": "corporate|approvals|corporate authorisations|corporate authorizations|authorisations",
  regulatory: "antitrust|merger control|regulation|authorities",
  "third-party-consents": "consents|third party|third parties",
  financing: "funding",
  employment: "employees|people|management",
  tax: "taxes",
  "escrow-and-funds-flow": "escrow|funds flow|payments|funds flow and payoffs",
  deliverables: "closing deliverables|transaction documents|documents",
  "post-closing": "after closing|post closing matters",
});
const PARTY_WORDS = words(PARTIES, {
  buyer: "purchaser|acquirer|bidder|buyer s counsel",
  seller: "vendor|sellers|holder|us",
  company: "target",
  counsel: "lawyers|law firm|seller s counsel|legal",
  bank: "escrow agent|lender|agent|paying agent",
});
const NO_CONDITION = ["no", "none", "not a condition", "false"];
const BENEFIT_WORDS = words(BENEFITS, {
  ours: "us|seller|seller s",
  theirs: "them|buyer|buyer s",
  both: "mutual|both parties|yes|true|x",
  law: "legal|by law|statutory",
});

const MOST_DAYS = 1_000;

/** An item of a checklist: by its title, or by bidder and title where a file is about several deals. */
export function checklistReader(row: Row, _input: ReaderInput) {
  return (): RowOutcome => {
    const title = row.text("title", true);
    const titleKey = nameKey(title ?? "");
    if (title && (titleKey === "" || title.length < 3))
      row.reject("title", "UNREADABLE_TEXT", "A title says in a few words what is to be done");
    const bidder = row.text("bidder");
    const bidderKey = nameKey(bidder ?? "");
    const group = readWord(row, "group", GROUP_WORDS);
    const party = readWord(row, "party", PARTY_WORDS);
    const rest = [row.text("person"), row.date("dueOn"), readDays(row), readCondition(row), row.text("after")];
    const key = JSON.stringify([bidderKey, titleKey]);
    return row.outcome(key, () => [bidderKey, titleKey, bidder, title, group, party, ...rest]);
  };
}

function readWord(row: Row, key: string, known: ReadonlyMap<string, string>): string | null {
  const text = row.text(key, true);
  if (text === null) return null;
  const found = known.get(plainName(text));
  const all = [...new Set(known.values())].join(", ");
  return found ?? row.reject(key, "UNKNOWN_CHOICE", `"${short(text)}" is none of ${all}`);
}

function readDays(row: Row): string | null {
  const days = row.number("days");
  if (days === null || (/^\d+$/.test(days) && Number(days) <= MOST_DAYS)) return days;
  return row.reject("days", "UNREADABLE_NUMBER", `"${short(days)}" is no whole number from 0 to ${MOST_DAYS}`);
}

/** "none" takes a condition away; an empty cell leaves it. */
function readCondition(row: Row): string | null {
  const text = row.text("condition");
  if (text === null) return null;
  if (NO_CONDITION.includes(plainName(text))) return "none";
  const found = BENEFIT_WORDS.get(plainName(text));
  return found ?? row.reject("condition", "UNKNOWN_CHOICE", `"${short(text)}" is none of ${BENEFITS.join(", ")}, none`);
}
