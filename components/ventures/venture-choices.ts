import { BUSINESS_MODELS } from "@/lib/ventures/schema";

type Choice = { value: string; label: string };
/** What the selects of a venture's facts offer; made on the server once, because the browser's lists differ. */
export type VentureChoices = { currencies: Choice[]; countries: Choice[]; timeZones: Choice[] };

const MODEL_LABELS: Readonly<Record<(typeof BUSINESS_MODELS)[number], string>> = {
  saas: "Software as a service",
  marketplace: "Marketplace",
  commerce: "Commerce",
  services: "Services",
};
export const MODEL_CHOICES: readonly Choice[] = BUSINESS_MODELS.map((value) => ({ value, label: MODEL_LABELS[value] }));

/** Codes that name a group, or nothing yet. */
const NO_COUNTRY = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"]);
/** Former codes (DD, ZR) name their successor. */
const isCurrent = (code: string) => Intl.getCanonicalLocales(`und-${code}`)[0] === `und-${code}`;
const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];

function named(codes: readonly string[], type: "currency" | "region"): Choice[] {
  const names = new Intl.DisplayNames("en-GB", { type, fallback: "none" });
  const known = codes.flatMap((value) => {
    const name = names.of(value);
    return name ? [{ value, label: type === "currency" ? `${value} ${name}` : name }] : [];
  });
  return known.sort((a, b) => a.label.localeCompare(b.label, "en"));
}

export function ventureChoices(): VentureChoices {
  const regions = LETTERS.flatMap((a) => LETTERS.map((b) => a + b)).filter(
    (code) => !NO_COUNTRY.has(code) && isCurrent(code),
  );
  const zones = ["UTC", ...Intl.supportedValuesOf("timeZone")];
  return {
    currencies: named(Intl.supportedValuesOf("currency"), "currency"),
    countries: named(regions, "region"),
    timeZones: [...new Set(zones)].map((value) => ({ value, label: value.replaceAll("_", " ") })),
  };
}
