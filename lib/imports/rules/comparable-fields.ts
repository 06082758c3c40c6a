import { type Field, field } from "./field";

/** A row per multiple: of a company that is traded, or of one that was sold. */
export const COMPARABLE_FIELDS: readonly Field[] = [
  field("kind", "Traded or sold", "choice", "kind|type|trading or precedent|comparable type", { required: true }),
  field("name", "Company or sale", "text", "name|company|target|company name|deal|transaction|sale|peer|comparable", {
    required: true,
    maxLength: 120,
  }),
  field("metric", "What the multiple is of", "text", "metric|multiple of|basis|of|denominator", {
    required: true,
    maxLength: 80,
  }),
  field(
    "multiple",
    "Multiple",
    "number",
    "multiple|ev multiple|ev revenue|ev to revenue|ev ebitda|ev to ebitda|value",
    { required: true },
  ),
  field("date", "Of the day", "date", "date|day|as of|priced on|announced|announcement date|closed|closing date", {
    required: true,
  }),
  field("source", "Source", "text", "source|from|reference|publisher", { required: true, maxLength: 200 }),
];
