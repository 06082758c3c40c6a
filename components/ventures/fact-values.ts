import type { CreateVenture } from "@/lib/ventures/schema";

/** A venture's facts as a form holds them: text, empty where nothing is said. */
const NAMES = [
  "name",
  "summary",
  "sector",
  "businessModel",
  "currency",
  "country",
  "timeZone",
  "foundedOn",
  "maturityScore",
  "maturityAssessedOn",
] as const;
export type FactValues = Record<(typeof NAMES)[number], string>;

export const NO_FACTS = Object.fromEntries(NAMES.map((name) => [name, ""])) as FactValues;

export function factValues(venture: Readonly<Record<(typeof NAMES)[number], string | null>>): FactValues {
  return Object.fromEntries(NAMES.map((name) => [name, venture[name] ?? ""])) as FactValues;
}

/** What is typed, as the action takes it; a score that is no number is sent as none and refused there. */
export function factsOf(form: FormData): Omit<CreateVenture, "slug" | "profile" | "autonomy"> {
  const text = (name: (typeof NAMES)[number]) => String(form.get(name) ?? "").trim();
  const score = text("maturityScore");
  return {
    name: text("name"),
    summary: text("summary"),
    sector: text("sector"),
    // The action refuses what is none of its four.
    businessModel: text("businessModel") as CreateVenture["businessModel"],
    currency: text("currency"),
    country: text("country"),
    timeZone: text("timeZone"),
    foundedOn: text("foundedOn") || null,
    maturityScore: score === "" ? null : Number(score.replace(",", ".")),
    maturityAssessedOn: text("maturityAssessedOn") || null,
  };
}
