import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import type { AccountNumber, Rail } from "../schema";
import { isSepaCountry, readIban } from "./iban";
import { readRouting } from "./routing";

/** A number that passed its check digits, in the one form that it is kept, compared and exported in. */
export type Checked =
  | { rail: "sepa"; iban: string; bic: string | null }
  | { rail: "ach"; routing: string; account: string; accountType: "checking" | "savings"; owner: "person" | "company" };

export type CheckedDetails = { number: Checked; country: string; masked: string; comparable: string };

const SENTENCES: Readonly<Record<string, string>> = {
  NOT_AN_IBAN: "an IBAN: two letters, two digits, the account",
  UNKNOWN_COUNTRY: "an IBAN of a country that has them",
  WRONG_LENGTH: "an IBAN as long as those of its country",
  WRONG_CHECK_DIGITS: "an IBAN whose check digits are right; one character is wrong or two are swapped",
  NOT_SEPA: "an IBAN of a SEPA country",
  NOT_A_ROUTING_NUMBER: "a routing number of nine digits",
  UNKNOWN_DISTRICT: "a routing number that begins with a Federal Reserve district",
  WRONG_CHECK_DIGIT: "a routing number whose check digit is right; one digit is wrong or two are swapped",
};

const problem = (path: string, refusal: string): FieldProblem => ({ path, expected: SENTENCES[refusal] ?? refusal });

const lastFour = (text: string): string => text.slice(-4);

/** Checks the number and says what may be shown of it: never more than country, bank and the last four. */
export function checkDetails(number: AccountNumber): Result<CheckedDetails, "INVALID_ACCOUNT"> {
  if (number.rail === "sepa") {
    const read = readIban(number.iban);
    if (!read.ok) return refuse("INVALID_ACCOUNT", [problem("number.iban", read.refusal)]);
    const { iban, country } = read.value;
    if (!isSepaCountry(country)) return refuse("INVALID_ACCOUNT", [problem("number.iban", "NOT_SEPA")]);
    const masked = `${iban.slice(0, 4)} •••• ${lastFour(iban)}`;
    return ok({ number: { rail: "sepa", iban, bic: number.bic }, country, masked, comparable: iban });
  }
  const read = readRouting(number.routing);
  if (!read.ok) return refuse("INVALID_ACCOUNT", [problem("number.routing", read.refusal)]);
  const account = number.account.replace(/-/g, "").toUpperCase();
  if (account.length < 4)
    return refuse("INVALID_ACCOUNT", [{ path: "number.account", expected: "at least four letters or digits" }]);
  const { accountType, owner } = number;
  const checked: Checked = { rail: "ach", routing: read.value, account, accountType, owner };
  const masked = `${read.value} •••• ${lastFour(account)}`;
  return ok({ number: checked, country: "US", masked, comparable: `${read.value}/${account}` });
}

/** What a rail can carry: SEPA credit transfers are in euro, ACH entries in US dollars. */
export const RAIL_CURRENCY: Readonly<Record<Rail, string>> = { sepa: "EUR", ach: "USD" };

/** The largest single payment in minor units. Sources: EPC132-08 (999,999,999.99 EUR); Nacha amount field of ten digits. */
export const RAIL_MOST: Readonly<Record<Rail, bigint>> = { sepa: 99_999_999_999n, ach: 9_999_999_999n };

export type Standing = "unverified" | "called" | "verified" | "frozen";

export type DetailsState = { version: number; called: boolean; released: boolean };

/**
 * May a payee be paid? The first details need a call back; changed ones freeze the payee until they were called back and
 * released by a third person. `newest` is null while there are none.
 */
export function standingOf(newest: DetailsState | null): Standing {
  if (!newest) return "unverified";
  if (newest.version === 1) return newest.called ? "verified" : "unverified";
  return newest.called && newest.released ? "verified" : "frozen";
}
