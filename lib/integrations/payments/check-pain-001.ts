import { readIban } from "@/lib/payments/rules/iban";
import { PAIN_NAMESPACE } from "./pain-001";
import { all, at, readXml, textAt, UnreadableXml, type XmlNode } from "./xml-tree";

/**
 * The part of the message that is written here, element by element in the order of the schema: "?" may be missing, "+" may
 * repeat. Nothing that this lets pass is refused by the schema, which allows more: proxies, addresses, other parties. Held
 * line by line against pain.001.001.09.xsd as the EPC narrows it (EPC132-08, 2023 version 1.0, customer to PSP).
 */
const SEQUENCES: Readonly<Record<string, string>> = {
  Document: "CstmrCdtTrfInitn",
  CstmrCdtTrfInitn: "GrpHdr PmtInf+",
  GrpHdr: "MsgId CreDtTm NbOfTxs CtrlSum InitgPty",
  InitgPty: "Nm",
  PmtInf: "PmtInfId PmtMtd BtchBookg? NbOfTxs CtrlSum PmtTpInf ReqdExctnDt Dbtr DbtrAcct DbtrAgt ChrgBr? CdtTrfTxInf+",
  PmtTpInf: "SvcLvl",
  SvcLvl: "Cd",
  ReqdExctnDt: "Dt",
  Dbtr: "Nm",
  DbtrAcct: "Id",
  "DbtrAcct/Id": "IBAN",
  DbtrAgt: "FinInstnId",
  "DbtrAgt/FinInstnId": "BICFI? Othr?",
  Othr: "Id",
  CdtTrfTxInf: "PmtId Amt ChrgBr? CdtrAgt? Cdtr CdtrAcct RmtInf?",
  PmtId: "InstrId? EndToEndId",
  Amt: "InstdAmt",
  CdtrAgt: "FinInstnId",
  "CdtrAgt/FinInstnId": "BICFI",
  Cdtr: "Nm",
  CdtrAcct: "Id",
  "CdtrAcct/Id": "IBAN",
  RmtInf: "Ustrd",
};

const CHARACTERS = "[A-Za-z0-9/?:().,'+ -]";
const text = (most: number) => new RegExp(`^(?!/)(?!.*//)${CHARACTERS}{1,${most}}$`);
const BIC = /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/;
const DECIMAL = /^\d{1,16}(\.\d{1,2})?$/;

const VALUES: Readonly<Record<string, RegExp>> = {
  ...{ MsgId: text(35), PmtInfId: text(35), InstrId: text(35), EndToEndId: text(35), Nm: text(70), Ustrd: text(140) },
  CreDtTm: /^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(Z|[+-](0\d|1[0-3]):[0-5]\d)?$/,
  ...{ NbOfTxs: /^\d{1,15}$/, CtrlSum: DECIMAL, PmtMtd: /^TRF$/, BtchBookg: /^(true|false)$/ },
  ...{ "SvcLvl/Cd": /^SEPA$/, Dt: /^\d{4}-\d{2}-\d{2}$/, ChrgBr: /^SLEV$/, BICFI: BIC, "Othr/Id": /^NOTPROVIDED$/ },
  IBAN: /^[A-Z]{2}\d{2}[A-Za-z0-9]{1,30}$/,
  InstdAmt: DECIMAL,
};

/** Of the calendar, as xs:date and xs:dateTime have it: no 30 February. */
const isDay = (day: string): boolean =>
  !Number.isNaN(Date.parse(`${day}T00:00:00Z`)) && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
const DATED: readonly string[] = ["Dt", "CreDtTm"];

const named = <T>(table: Readonly<Record<string, T>>, parent: string, name: string): T | undefined =>
  table[`${parent}/${name}`] ?? table[name];

function checkSequence(node: XmlNode, expected: string, problems: string[]): void {
  const names = node.children.map(({ name }) => name);
  const marks: Readonly<Record<string, string>> = { "?": "?", "+": "+" };
  const pattern = expected
    .split(" ")
    .map((part) => `(?:${part.replace(/[?+]$/, "")},)${marks[part.at(-1) ?? ""] ?? ""}`)
    .join("");
  const joined = names.map((name) => `${name},`).join("");
  if (!new RegExp(`^${pattern}$`).test(joined)) problems.push(`${node.name}: ${names.join(" ")} is not ${expected}`);
  if (node.text.trim() !== "") problems.push(`${node.name}: text between its elements`);
}

function walk(node: XmlNode, parent: string, problems: string[]): void {
  const expected = named(SEQUENCES, parent, node.name);
  const allowed = node.name === "InstdAmt" ? ["Ccy"] : node.name === "Document" ? ["xmlns"] : [];
  const strange = Object.keys(node.attributes).filter((name) => !allowed.includes(name));
  if (strange.length > 0) problems.push(`${node.name}: attribute ${strange.join(", ")}`);
  if (expected !== undefined) {
    checkSequence(node, expected, problems);
    for (const child of node.children) walk(child, node.name, problems);
    return;
  }
  const value = named(VALUES, parent, node.name);
  if (!value || node.children.length > 0) problems.push(`${node.name}: not expected in ${parent}`);
  else if (!value.test(node.text) || (DATED.includes(node.name) && !isDay(node.text.slice(0, 10))))
    problems.push(`${node.name}: "${node.name === "IBAN" ? "…" : node.text}" is not allowed`);
}

const cents = (amount: string): bigint => {
  const [whole = "0", part = ""] = amount.split(".");
  return BigInt(whole + part.padEnd(2, "0"));
};

/** Counts and sums of the header and of each block, identifiers given once, amounts and accounts of the scheme. */
function checkTotals(root: XmlNode, problems: string[]): void {
  const message = at(root, "CstmrCdtTrfInitn");
  const blocks = all(message, "PmtInf");
  const transfersOf = (block: XmlNode) => all(block, "CdtTrfTxInf");
  const sumOf = (transfers: readonly XmlNode[]) =>
    transfers.reduce((sum, one) => sum + cents(textAt(one, "Amt", "InstdAmt") ?? "0"), 0n);
  const everything = blocks.flatMap(transfersOf);
  const totals: [XmlNode | undefined, XmlNode[]][] = [
    [at(message, "GrpHdr"), everything],
    ...blocks.map((block): [XmlNode, XmlNode[]] => [block, transfersOf(block)]),
  ];
  for (const [holder, transfers] of totals) {
    if (textAt(holder, "NbOfTxs") !== String(transfers.length))
      problems.push(`${holder?.name}: NbOfTxs is not the count`);
    if (cents(textAt(holder, "CtrlSum") ?? "0") !== sumOf(transfers))
      problems.push(`${holder?.name}: CtrlSum is not the sum`);
  }
  const ids = everything.map((one) => textAt(one, "PmtId", "EndToEndId"));
  if (new Set(ids).size !== ids.length) problems.push("EndToEndId: given twice");
  for (const one of everything) {
    const amount = at(one, "Amt", "InstdAmt");
    const size = cents(amount?.text ?? "0");
    if (size < 1n || size > 99_999_999_999n) problems.push("InstdAmt: below 0.01 or above 999999999.99");
    if (amount?.attributes.Ccy !== "EUR") problems.push("InstdAmt: only EUR");
  }
  const ibans = [
    ...blocks.map((block) => textAt(block, "DbtrAcct", "Id", "IBAN")),
    ...everything.map((one) => textAt(one, "CdtrAcct", "Id", "IBAN")),
  ];
  if (ibans.some((iban) => !readIban(iban ?? "").ok)) problems.push("IBAN: check digits");
  for (const block of blocks) {
    const institution = at(block, "DbtrAgt", "FinInstnId");
    if (institution?.children.length !== 1) problems.push("DbtrAgt: either BICFI or Othr");
  }
}

/** What is wrong with a message, in words; nothing where it is valid. Numbers of accounts are never in it. */
export function checkPain001(xml: string): string[] {
  try {
    const { root, namespace } = readXml(xml);
    if (root.name !== "Document" || namespace !== PAIN_NAMESPACE) return ["Document: not pain.001.001.09"];
    const problems: string[] = [];
    walk(root, "", problems);
    if (problems.length === 0) checkTotals(root, problems);
    return problems;
  } catch (error) {
    if (error instanceof UnreadableXml) return [error.problem];
    throw error;
  }
}
