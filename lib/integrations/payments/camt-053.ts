import { createHash } from "node:crypto";
import { ok, type Result, refuse } from "@/lib/errors";
import { minorDigits } from "@/lib/money";
import { all, at, readXml, textAt, UnreadableXml, type XmlNode, type XmlProblem } from "./xml-tree";

const NAMESPACE = /^urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.\d{2}$/;

export type StatementEntry = {
  /** Unique for the account: the bank's own reference, or a hash of what the entry says. */
  entryRef: string;
  /** Minor units; above zero came in. */
  amountMinor: bigint;
  currency: string;
  bookedOn: string;
  endToEndId: string | null;
  isReturn: boolean;
  party: string | null;
  remittance: string | null;
};
export type Statement = {
  statementId: string;
  /** IBAN, or the account in the bank's own form. */
  account: string;
  currency: string | null;
  fromOn: string | null;
  toOn: string | null;
  openingMinor: bigint | null;
  closingMinor: bigint | null;
  entries: StatementEntry[];
};
export type StatementRefusal = XmlProblem | "NOT_A_STATEMENT" | "BAD_AMOUNT" | "SUMS_DIFFER";

class Unclear extends Error {
  readonly refusal: StatementRefusal;
  constructor(refusal: StatementRefusal) {
    super(refusal);
    this.refusal = refusal;
  }
}

function minorOf(node: XmlNode | undefined): { minor: bigint; currency: string } {
  const currency = node?.attributes.Ccy ?? "";
  const text = node?.text.trim() ?? "";
  const [whole = "", part = ""] = text.split(".");
  const places = minorDigits(currency);
  const kept = part.slice(0, places);
  if (!/^[A-Z]{3}$/.test(currency) || !/^\d{1,16}(\.\d{1,5})?$/.test(text) || /[1-9]/.test(part.slice(places)))
    throw new Unclear("BAD_AMOUNT");
  return { minor: BigInt(whole + kept.padEnd(places, "0")), currency };
}

const dayOf = (text: string | null): string | null => text?.slice(0, 10) ?? null;
const isCredit = (node: XmlNode): boolean => textAt(node, "CdtDbtInd") === "CRDT";
const signed = (minor: bigint, credit: boolean): bigint => (credit ? minor : -minor);

/** Booked, as older versions and newer ones say it. */
const isBooked = (entry: XmlNode): boolean => (textAt(entry, "Sts", "Cd") ?? textAt(entry, "Sts")) === "BOOK";

/** "NOTPROVIDED" is what banks write where there is none. */
function endToEnd(details: XmlNode): string | null {
  const id = textAt(details, "Refs", "EndToEndId");
  return id === null || id === "NOTPROVIDED" ? null : id;
}

type Base = Pick<StatementEntry, "bookedOn" | "currency"> & { credit: boolean; reversal: boolean; ref: string | null };

const partyOf = (details: XmlNode, credit: boolean): string | null => {
  const role = credit ? "Dbtr" : "Cdtr";
  return textAt(details, "RltdPties", role, "Pty", "Nm") ?? textAt(details, "RltdPties", role, "Nm");
};

function line(details: XmlNode, amount: bigint, base: Base, place: number): StatementEntry {
  const { bookedOn, currency, credit, reversal, ref } = base;
  const own = textAt(details, "Refs", "AcctSvcrRef");
  return {
    entryRef: own ?? (ref ? `${ref}/${place}` : ""),
    amountMinor: signed(amount, credit),
    ...{ currency, bookedOn, endToEndId: endToEnd(details) },
    isReturn: reversal || at(details, "RtrInf") !== undefined,
    party: partyOf(details, credit),
    remittance:
      all(at(details, "RmtInf"), "Ustrd")
        .map(({ text }) => text.trim())
        .join(" ")
        .slice(0, 300) || null,
  };
}

/**
 * An entry's transactions one by one, where they say amounts that add up to it; otherwise the entry as one line, without
 * a reference, for a person.
 */
function linesOf(entry: XmlNode): StatementEntry[] {
  const { minor, currency } = minorOf(at(entry, "Amt"));
  const bookedOn = dayOf(textAt(entry, "BookgDt", "Dt") ?? textAt(entry, "BookgDt", "DtTm"));
  if (!bookedOn) throw new Unclear("NOT_A_STATEMENT");
  const base: Base = {
    ...{ currency, bookedOn, credit: isCredit(entry), reversal: textAt(entry, "RvslInd") === "true" },
    ref: textAt(entry, "AcctSvcrRef"),
  };
  const details = all(entry, "NtryDtls").flatMap((one) => all(one, "TxDtls"));
  const [only] = details;
  if (only && details.length === 1)
    return [{ ...line(only, minor, base, 1), entryRef: base.ref ?? line(only, minor, base, 1).entryRef }];
  const amounts = details.map((one) => {
    const node = at(one, "Amt") ?? at(one, "AmtDtls", "TxAmt", "Amt");
    return node ? minorOf(node) : null;
  });
  const sum = amounts.reduce((total, amount) => total + (amount?.minor ?? 0n), 0n);
  const whole = details.length > 0 && sum === minor && amounts.every((amount) => amount?.currency === currency);
  if (whole) return details.map((one, index) => line(one, amounts[index]?.minor ?? 0n, base, index + 1));
  const bare: XmlNode = { name: "TxDtls", attributes: {}, children: [], text: "" };
  const text = textAt(entry, "AddtlNtryInf");
  return [{ ...line(bare, minor, base, 1), entryRef: base.ref ?? "", remittance: text?.slice(0, 300) ?? null }];
}

/** Entries that the bank gave no reference get a hash of what they say; twins on one statement are told apart by number. */
function referenced(entries: readonly StatementEntry[]): StatementEntry[] {
  const seen = new Map<string, number>();
  return entries.map((entry) => {
    const { amountMinor, currency, bookedOn, endToEndId, party, remittance } = entry;
    const said = JSON.stringify([amountMinor.toString(), currency, bookedOn, endToEndId, party, remittance]);
    const base = entry.entryRef || `sha256:${createHash("sha256").update(said).digest("hex").slice(0, 40)}`;
    const count = (seen.get(base) ?? 0) + 1;
    seen.set(base, count);
    return { ...entry, entryRef: count === 1 ? base : `${base}#${count}` };
  });
}

function balance(statement: XmlNode, ...codes: string[]): bigint | null {
  const found = all(statement, "Bal").find((one) => codes.includes(textAt(one, "Tp", "CdOrPrtry", "Cd") ?? ""));
  return found ? signed(minorOf(at(found, "Amt")).minor, isCredit(found)) : null;
}

function statementOf(node: XmlNode): Statement {
  const statementId = textAt(node, "Id");
  const account = textAt(node, "Acct", "Id", "IBAN") ?? textAt(node, "Acct", "Id", "Othr", "Id");
  if (!statementId || !account) throw new Unclear("NOT_A_STATEMENT");
  const entries = referenced(all(node, "Ntry").filter(isBooked).flatMap(linesOf));
  const [openingMinor, closingMinor] = [balance(node, "OPBD", "PRCD"), balance(node, "CLBD")];
  const moved = entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
  if (openingMinor !== null && closingMinor !== null && openingMinor + moved !== closingMinor)
    throw new Unclear("SUMS_DIFFER");
  return {
    ...{ statementId, account: account.replace(/\s/g, ""), currency: textAt(node, "Acct", "Ccy") },
    ...{ fromOn: dayOf(textAt(node, "FrToDt", "FrDtTm")), toOn: dayOf(textAt(node, "FrToDt", "ToDtTm")) },
    ...{ openingMinor, closingMinor, entries },
  };
}

/** The statements of a camt.053 file, any version; refused where it is hostile, broken, or does not add up. */
export function readCamt053(xml: string): Result<Statement[], StatementRefusal> {
  try {
    const { root, namespace } = readXml(xml);
    const statements = all(at(root, "BkToCstmrStmt"), "Stmt");
    if (!NAMESPACE.test(namespace) || root.name !== "Document" || statements.length === 0)
      return refuse("NOT_A_STATEMENT");
    return ok(statements.map(statementOf));
  } catch (error) {
    if (error instanceof UnreadableXml) return refuse(error.problem);
    if (error instanceof Unclear) return refuse(error.refusal);
    throw error;
  }
}
