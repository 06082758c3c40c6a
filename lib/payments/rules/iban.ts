import { ok, type Result, refuse } from "@/lib/errors";

/** Length of an IBAN by country. Source: SWIFT IBAN registry (ISO 13616). */
const LENGTHS: Readonly<Record<string, number>> = {
  ...{ AD: 24, AE: 23, AL: 28, AT: 20, AZ: 28, BA: 20, BE: 16, BG: 22, BH: 22, BI: 27, BR: 29, BY: 28, CH: 21, CR: 22 },
  ...{ CY: 28, CZ: 24, DE: 22, DJ: 27, DK: 18, DO: 28, EE: 20, EG: 29, ES: 24, FI: 18, FK: 18, FO: 18, FR: 27, GB: 22 },
  ...{ GE: 22, GI: 23, GL: 18, GR: 27, GT: 28, HN: 28, HR: 21, HU: 28, IE: 22, IL: 23, IQ: 23, IS: 26, IT: 27, JO: 30 },
  ...{ KW: 30, KZ: 20, LB: 28, LC: 32, LI: 21, LT: 20, LU: 20, LV: 21, LY: 25, MC: 27, MD: 24, ME: 22, MK: 19, MN: 20 },
  ...{ MR: 27, MT: 31, MU: 30, NI: 28, NL: 18, NO: 15, OM: 23, PK: 24, PL: 28, PS: 29, PT: 25, QA: 29, RO: 24, RS: 22 },
  ...{ RU: 33, SA: 24, SC: 31, SD: 18, SE: 24, SI: 19, SK: 24, SM: 27, SO: 23, ST: 25, SV: 28, TL: 23, TN: 24, TR: 26 },
  ...{ UA: 29, VA: 22, VG: 24, XK: 20, YE: 30 },
};

/** Where a SEPA credit transfer can go. Source: EPC409-09, list of SEPA scheme countries. */
const SEPA = new Set(
  (
    "AD AL AT BE BG CH CY CZ DE DK EE ES FI FR GB GI GR HR HU IE IS IT LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS SE " +
    "SI SK SM VA"
  ).split(" "),
);

export type IbanRefusal = "NOT_AN_IBAN" | "UNKNOWN_COUNTRY" | "WRONG_LENGTH" | "WRONG_CHECK_DIGITS";

/** Without the spaces that people write it with, in capitals. */
export const compactIban = (text: string): string => text.replace(/[\s-]/g, "").toUpperCase();

/** ISO 7064 MOD 97-10 over the digits, letters as 10 to 35; piece by piece, so that no number grows too large. */
function mod97(text: string): number {
  let rest = 0;
  for (const sign of text) rest = Number(`${rest}${Number.parseInt(sign, 36)}`) % 97;
  return rest;
}

/** Is it an IBAN: shape, length of its country, check digits 02 to 98? Sources: ISO 13616-1; ISO 7064 MOD 97-10. */
export function readIban(text: string): Result<{ iban: string; country: string }, IbanRefusal> {
  const iban = compactIban(text);
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{8,30}$/.test(iban)) return refuse("NOT_AN_IBAN");
  const country = iban.slice(0, 2);
  const length = LENGTHS[country];
  if (length === undefined) return refuse("UNKNOWN_COUNTRY");
  if (iban.length !== length) return refuse("WRONG_LENGTH");
  const check = Number(iban.slice(2, 4));
  if (check < 2 || check > 98 || mod97(iban.slice(4) + iban.slice(0, 4)) !== 1) return refuse("WRONG_CHECK_DIGITS");
  return ok({ iban, country });
}

export const isSepaCountry = (country: string): boolean => SEPA.has(country);

/** ISO 9362: four letters or digits, country, location, and three more for a branch. */
export const isBic = (text: string): boolean => /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(text);
