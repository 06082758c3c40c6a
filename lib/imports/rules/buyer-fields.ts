import { FIT_CRITERIA, type FitCriterion } from "@/lib/buyers/schema";
import { type Field, field } from "./field";

const CRITERIA: Readonly<Record<FitCriterion, { label: string; names: string }>> = {
  overlap: { label: "Strategic overlap", names: "overlap|strategic overlap|strategic fit" },
  capacity: { label: "Capacity to pay", names: "capacity|capacity to pay|ability to pay" },
  appetite: { label: "Appetite", names: "appetite|acquisition appetite|interest" },
  speed: { label: "Speed", names: "speed|decision speed" },
  relationship: { label: "Relationship", names: "relationship|relation|contact strength" },
  antitrust: { label: "Antitrust", names: "antitrust|antitrust flag|competition law" },
};

/** "overlap|strategic fit" with a word behind each: "overlap claim|strategic fit claim". */
const joined = (names: string, words: readonly string[]): string =>
  words.flatMap((word) => names.split("|").map((name) => `${name} ${word}`)).join("|");

function claimFields(criterion: FitCriterion): Field[] {
  const { label, names } = CRITERIA[criterion];
  return [
    field(`${criterion}Score`, `${label}, 0 to 4`, "number", `${names}|${joined(names, ["score"])}`),
    field(`${criterion}Claim`, `${label}: what is claimed`, "text", joined(names, ["claim", "reason", "note"]), {
      maxLength: 600,
    }),
    field(`${criterion}Tier`, `${label}: evidence A, B or C`, "choice", joined(names, ["tier", "evidence"])),
  ];
}

/** A row per buyer: what is known of its means, and what is claimed of it for the venture. */
export const BUYER_FIELDS: readonly Field[] = [
  field("name", "Buyer", "text", "name|buyer|company|company name|acquirer|investor|account name|organization", {
    required: true,
    maxLength: 160,
  }),
  field("kind", "Strategic, financial or management", "choice", "kind|type|buyer type|acquirer type|investor type", {
    required: true,
  }),
  field("country", "Country", "text", "country|country code|hq country|headquarters|land", { maxLength: 120 }),
  field("website", "Website", "text", "website|url|web site|domain|homepage", { maxLength: 300 }),
  field("sectors", "Sectors", "text", "sectors|sector|industry|industries|focus", { maxLength: 600 }),
  field("currency", "Currency", "currency", "currency|currency code|ccy"),
  field(
    "cash",
    "Cash, or of a fund what is not drawn",
    "number",
    "cash|cash at hand|dry powder|undrawn|not drawn|funds",
  ),
  field("debt", "Debt", "number", "debt|financial debt|net debt|borrowings"),
  field("ebitda", "EBITDA", "number", "ebitda|ebitda ltm|operating profit"),
  field(
    "deals36m",
    "Acquisitions in 36 months",
    "number",
    "deals 36m|deals36m|deals|acquisitions|acquisitions in 36 months",
  ),
  field("factsAsOf", "As of", "date", "as of|facts as of|date|day|updated|dated", { required: true }),
  field("factsSource", "Where this is from", "text", "source|from|reference|sources|where from", {
    required: true,
    maxLength: 200,
  }),
  ...FIT_CRITERIA.flatMap(claimFields),
];
