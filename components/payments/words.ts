import type { LevelName } from "@/components/ui/level";
import { formatExactMoney } from "@/lib/format";
import { Exact, fromMinor, isCurrency, minorDigits } from "@/lib/money";

/** Thousands, or lakhs and crores: "12,50" is nobody's group, and may be meant as a fraction. */
const GROUPED = /^\d{1,3}(,\d{2,3})*,\d{3}(\.\d+)?$/;

/** What a person typed as plain minor units; null where it is no amount of that currency. Commas group, a point parts. */
export function minorOf(text: string, currency: string): string | null {
  const typed = text.replace(/[\s'  ]/g, "");
  if (typed.includes(",") && !GROUPED.test(typed)) return null;
  const plain = typed.replaceAll(",", "");
  if (!isCurrency(currency) || !/^\d{1,15}(\.\d{1,4})?$/.test(plain)) return null;
  const minor = new Exact(plain).times(new Exact(10).pow(minorDigits(currency)));
  return minor.isInteger() && minor.gt(0) ? minor.toFixed(0) : null;
}

/** One account for one name in any script: other names are never the same party. */
const partyOf = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "-")
    .slice(0, 120);

/** Costs as they were typed, half of it too: what is not whole is refused, never left out. */
export function chargesOf({ to, amount }: { to: string; amount: string }, currency: string) {
  const name = to.trim();
  if (name === "" && amount.trim() === "") return [];
  return [{ kind: "costs" as const, party: partyOf(name), name, amountMinor: minorOf(amount, currency) ?? "" }];
}

/** To the minor unit, with its currency. */
export const exactMoney = (minor: bigint, currency: string): string =>
  formatExactMoney(fromMinor(minor, currency).toFixed(), currency);

/** The other way, for a field: "1234.50". */
export const amountText = (minor: bigint, currency: string): string =>
  new Exact(minor.toString()).div(new Exact(10).pow(minorDigits(currency))).toFixed(minorDigits(currency));

export const STANDING_LEVEL: Readonly<Record<string, { level: LevelName; word: string }>> = {
  verified: { level: "healthy", word: "confirmed" },
  called: { level: "warning", word: "called" },
  unverified: { level: "unknown", word: "not confirmed" },
  frozen: { level: "critical", word: "frozen" },
};

export const STATE_LEVEL: Readonly<Record<string, { level: LevelName; word: string }>> = {
  draft: { level: "unknown", word: "draft" },
  proposed: { level: "warning", word: "waits for approval" },
  approved: { level: "healthy", word: "approved" },
  exported: { level: "warning", word: "in the file" },
  sent: { level: "warning", word: "sent" },
  confirmed: { level: "healthy", word: "booked by the bank" },
  closed: { level: "healthy", word: "over" },
  failed: { level: "critical", word: "refused by the bank" },
  returned: { level: "critical", word: "came back" },
  cancelled: { level: "unknown", word: "taken out" },
};

export const LINE_WORDS: Readonly<Record<string, string>> = {
  NO_REFERENCE: "No payment of ours has this reference.",
  CURRENCY_DIFFERS: "The payment with this reference is in another currency.",
  NOT_SENT: "The payment with this reference was not marked as sent.",
  ALREADY_OVER: "The payment with this reference was taken out or refused.",
  MORE_THAN_ORDERED: "More than was ordered. Call the bank: it may have paid twice.",
  MORE_THAN_PAID: "More came back than the bank has booked of it.",
};

const SENTENCES: Readonly<Record<string, string>> = {
  CONFLICT: "Somebody changed this while you were at it. The page shows what stands now; look and try again.",
  INVALID_ACCOUNT: "The account is not right:",
  KNOWN_ACCOUNT: "This account is on the list already.",
  WRONG_CURRENCY: "SEPA accounts are in euro, ACH accounts in US dollars.",
  KNOWN_PAYEE: "This payee is on the list already.",
  UNCHANGED: "Nothing is different from the details before.",
  OWN_ENTRY: "You entered these details, so somebody else has to confirm them.",
  OWN_CALL: "You made the call, so somebody else has to release the payee.",
  ALREADY_CALLED: "The call is recorded already.",
  REPLACED: "These details were replaced by newer ones.",
  IN_FUTURE: "The call lies in the future.",
  BEFORE_ENTRY: "The call was before the details were entered.",
  DAY_AHEAD: "That day has not come: what is owed is owed from a day that was.",
  BEFORE_CLOSING: "That day is before the closing.",
  NOT_SETTLED: "This line is not explained any more.",
  BUILT_UPON: "The money has gone on since: undo first what it was distributed or released by.",
  NOT_CALLED: "Nobody has called the payee back yet.",
  NOT_FROZEN: "This payee is not frozen.",
  NO_ACCOUNT: "Choose an account of this sale to pay from.",
  NOT_PAYABLE: "Nothing was drafted. Needed:",
  IN_THE_PAST: "That day is over. Choose today or a later one.",
  NOT_A_DRAFT: "This is no draft any more.",
  EMPTY: "There is nothing to pay in it.",
  STILL_OPEN: "It is still open.",
  NOT_PROPOSED: "It does not wait for an approval.",
  STILL_PROPOSED: "Two people are deciding on it as it stands. Withdraw the memo first.",
  TOO_LATE: "It is in a file already.",
  SUSPENDED:
    "Its approval is suspended: a condition does not hold. The memo says which. Nothing leaves before it holds again.",
  NOT_APPROVED: "Two people have to approve it first.",
  PAYEE_FROZEN: "A payee’s account is not the confirmed one. Take the payment out, or have the account confirmed:",
  NOT_COVERED: "There is less on the account than all payments on their way. Import the newest statement.",
  SENT: "It was sent; only the bank can take it back.",
  VOID: "This file was thrown away.",
  SECOND_PERSON: "You made this file. Somebody else has to find out from the bank that it never got there.",
  NOT_SENT: "It was not sent.",
  PARTLY_PAID: "The bank has booked a part of it.",
  TOO_LARGE: "The file is too large.",
  DOCUMENT_TYPE: "The file declares a document type. No bank’s statement does; it was refused.",
  NOT_WELL_FORMED: "The file is no well-formed XML.",
  TOO_DEEP: "The file is nested too deeply to be a statement.",
  TOO_MANY_ELEMENTS: "The file is too large.",
  NOT_A_STATEMENT: "The file is no camt.053 statement.",
  BAD_AMOUNT: "An amount in the file cannot be read.",
  SUMS_DIFFER:
    "Opening, movements and closing do not add up. Nothing was taken in; ask the bank for the statement again.",
  OTHER_ACCOUNT: "The statement is of another account.",
  ALREADY_SETTLED: "Somebody has explained this line already.",
  WRONG_DIRECTION: "Money that came in is no charge, and money that went out is no receipt.",
  OTHER_MONEY: "The line is in another currency than the account, so it cannot be booked here. Ask the bank.",
  NO_TRANCHE: "Choose which tranche it came from.",
  OVERDRAWN: "The books do not hold as much:",
  LABEL_TAKEN: "There is one of that name already.",
  MORE_THAN_THERE_IS: "That is more than is held.",
  CLOSED: "It is closed.",
  FROZEN: "It is frozen until the dispute is settled.",
  CLAIMED: "Open claims hold back more than would be left.",
  OWN_RECORD: "You recorded the instruction, so somebody else has to carry it out.",
  BEFORE_IT_OPENED: "That day is before it opened.",
  DATED_AHEAD: "That day has not come. Give the day on which the document was signed.",
  ALREADY_RECORDED: "This document is recorded already.",
  NO_CAP_TABLE: "The cap table does not say yet who shares in the proceeds:",
  OTHER_CURRENCY: "Proceeds are distributed in the venture’s currency.",
  NO_HOLDERS: "A class has no holders:",
  CHARGES_EXCEED: "What is taken off is as much as is distributed.",
  WITHHELD_EXCEEDS: "More would be withheld than a holder receives.",
  REQUEST_OPEN: "Something waits for a second person already. Carry it out or withdraw it first.",
  OWN_REQUEST: "You asked for it, so somebody else has to carry it out.",
  WITHDRAWN: "It was withdrawn.",
  REVERSED: "It was undone already.",
  LATER_ONE: "Later distributions were split as if they were one with it. Undo the last one first.",
  BEFORE_IT: "That day is before it was distributed.",
  DISTRIBUTED_ALREADY:
    "The closing, or a part of the price, was distributed already. Undo it first, then hand it over.",
  ALREADY_FIXED: "Another distribution stands on the cap table as it was. Undo it first.",
  CHANGED: "The kept split or its statement is not what was asked for any more. Withdraw this and ask again.",
  DIFFERS: "The ledger would owe other amounts than the statement has; nothing was booked:",
  NOTHING_KEPT: "Keep a split first.",
  NOT_KNOWN: "What each holder receives cannot be told yet.",
  NO_STATEMENT: "Write the funds-flow statement first.",
  STATEMENT_STALE: "The written statement says something else than what is stored now. Write it again:",
  NOT_CLOSED:
    "The deal has not closed. Move it to complete once its signatures are released, then hand the closing over.",
  STALE_SPLIT: "Someone kept another split since you opened this. Reload to see what stands.",
  FINANCING_EXCEEDS: "Financing and deposit are more than all that is paid.",
  NO_CASH: "Stock, rollover and tax leave a holder with less than nothing in cash.",
  OFFLINE: "No answer came. Nothing may have happened; look at the page before you try again.",
};

/** Refusals whose sentence goes on with what is named. */
const NAMING = [
  "INVALID_ACCOUNT",
  "NOT_PAYABLE",
  "PAYEE_FROZEN",
  "OVERDRAWN",
  "NO_CAP_TABLE",
  "NO_HOLDERS",
  "DIFFERS",
  "STATEMENT_STALE",
];

export const PAYMENT_SENTENCES = SENTENCES;
export const namesProblems = (code: string): boolean => NAMING.includes(code);
