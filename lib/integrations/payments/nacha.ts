import { plainText } from "./plain-text";

export type AchEntry = {
  endToEndId: string;
  amountMinor: bigint;
  payee: string;
  routing: string;
  account: string;
  accountType: "checking" | "savings";
  owner: "person" | "company";
};
export type AchFile = {
  messageId: string;
  createdAt: Date;
  executeOn: string;
  origin: { name: string; companyId: string; routing: string; bankName: string };
  entries: readonly AchEntry[];
};

const WIDTH = 94;
const BLOCKING = 10;

/** Left-justified letters and right-justified digits, cut or filled to the field. */
const letters = (text: string, size: number): string => plainText(text, size).toUpperCase().padEnd(size);
function digits(value: bigint | number, size: number): string {
  const text = value.toString();
  if (text.length > size) throw new RangeError(`a number of at most ${size} digits`);
  return text.padStart(size, "0");
}
const day = (iso: string): string => iso.slice(2, 10).replace(/-/g, "");

/** Sum of the first eight digits of the routing numbers, the last ten digits of it. */
const hashOf = (entries: readonly AchEntry[]): bigint =>
  entries.reduce((sum, { routing }) => sum + BigInt(routing.slice(0, 8)), 0n) % 10n ** 10n;
const sumOf = (entries: readonly AchEntry[]): bigint => entries.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);

const CREDITS_ONLY = "220";
/** Personal accounts are paid by PPD, companies by CCD. */
const CLASSES = [
  { code: "PPD", owner: "person" },
  { code: "CCD", owner: "company" },
] as const;

function fileHeader({ createdAt, origin, messageId }: AchFile): string {
  const at = createdAt.toISOString();
  return [
    ...["1", "01", ` ${origin.routing}`, origin.companyId.padStart(10), day(at), at.slice(11, 16).replace(":", "")],
    ...["A", "094", "10", "1", letters(origin.bankName, 23), letters(origin.name, 23), letters(messageId.slice(-8), 8)],
  ].join("");
}

type Batch = { number: number; code: string; entries: readonly AchEntry[] };

function batchLines({ origin, executeOn }: AchFile, { number, code, entries }: Batch, firstTrace: number): string[] {
  const odfi = origin.routing.slice(0, 8);
  const company = origin.companyId.padEnd(10);
  const header = [
    ...["5", CREDITS_ONLY, letters(origin.name, 16), "".padEnd(20), company, code, letters("SALE", 10)],
    ...[day(executeOn), day(executeOn), "   ", "1", odfi, digits(number, 7)],
  ].join("");
  const lines = entries.map(({ accountType, routing, account, amountMinor, endToEndId, payee }, index) =>
    [
      ...["6", accountType === "checking" ? "22" : "32", routing, account.padEnd(17), digits(amountMinor, 10)],
      ...[endToEndId.padEnd(15), letters(payee, 22), "  ", "0", odfi + digits(firstTrace + index, 7)],
    ].join(""),
  );
  const control = [
    ...["8", CREDITS_ONLY, digits(entries.length, 6), digits(hashOf(entries), 10), digits(0, 12)],
    ...[digits(sumOf(entries), 12), company, "".padEnd(19), "".padEnd(6), odfi, digits(number, 7)],
  ].join("");
  return [header, ...lines, control];
}

/**
 * ACH credits as a Nacha file: 94 characters a line, ten lines a block, filled with nines. Nothing in it but what it is
 * given: the same file is the same bytes. Source: Nacha Operating Rules, appendix three (ACH record format).
 */
export function writeNacha(file: AchFile): string {
  const batches: Batch[] = CLASSES.map(({ code, owner }) => ({
    ...{ number: 0, code },
    entries: file.entries.filter((entry) => entry.owner === owner),
  }))
    .filter(({ entries }) => entries.length > 0)
    .map((batch, index) => ({ ...batch, number: index + 1 }));
  let trace = 1;
  const body = batches.flatMap((batch) => {
    const lines = batchLines(file, batch, trace);
    trace += batch.entries.length;
    return lines;
  });
  const blocks = Math.ceil((body.length + 2) / BLOCKING);
  const hash = batches.reduce((sum, { entries }) => sum + hashOf(entries), 0n) % 10n ** 10n;
  const control = [
    ...["9", digits(batches.length, 6), digits(blocks, 6), digits(file.entries.length, 8), digits(hash, 10)],
    ...[digits(0, 12), digits(sumOf(file.entries), 12), "".padEnd(39)],
  ].join("");
  const lines = [fileHeader(file), ...body, control];
  const filler = Array.from({ length: blocks * BLOCKING - lines.length }, () => "9".repeat(WIDTH));
  return `${[...lines, ...filler].join("\n")}\n`;
}

/** What is wrong with a Nacha file, in words; nothing where its lines, counts, hashes and sums fit together. */
export function checkNacha(text: string): string[] {
  const lines = text.replace(/\n$/, "").split("\n");
  const problems: string[] = [];
  if (lines.some((line) => line.length !== WIDTH)) problems.push("a line that is not 94 characters");
  if (lines.length % BLOCKING !== 0) problems.push("not a multiple of ten lines");
  const records = lines.filter((line) => line !== "9".repeat(WIDTH));
  const order = records.map((line) => line[0]).join("");
  if (!/^1(56+8)+9$/.test(order)) problems.push(`records in the order ${order}`);
  const entries = records.filter((line) => line[0] === "6");
  const sums = { amount: 0n, hash: 0n, count: 0 };
  for (const line of records) {
    if (line[0] === "5") [sums.amount, sums.hash, sums.count] = [0n, 0n, 0];
    if (line[0] === "6") {
      sums.amount += BigInt(line.slice(29, 39));
      sums.hash += BigInt(line.slice(3, 11));
      sums.count += 1;
    }
    if (line[0] === "8") {
      if (Number(line.slice(4, 10)) !== sums.count) problems.push("batch control: entry count");
      if (BigInt(line.slice(10, 20)) !== sums.hash % 10n ** 10n) problems.push("batch control: entry hash");
      if (BigInt(line.slice(32, 44)) !== sums.amount) problems.push("batch control: credits");
    }
  }
  const control = records.at(-1) ?? "";
  const total = entries.reduce((sum, line) => sum + BigInt(line.slice(29, 39)), 0n);
  const hash = entries.reduce((sum, line) => sum + BigInt(line.slice(3, 11)), 0n) % 10n ** 10n;
  if (control.slice(7, 13) !== digits(lines.length / BLOCKING, 6)) problems.push("file control: block count");
  if (control.slice(13, 21) !== digits(entries.length, 8)) problems.push("file control: entry count");
  if (control.slice(21, 31) !== digits(hash, 10)) problems.push("file control: entry hash");
  if (control.slice(43, 55) !== digits(total, 12)) problems.push("file control: credits");
  const traces = entries.map((line) => line.slice(79, 94));
  if (traces.some((trace, index) => index > 0 && trace <= (traces[index - 1] ?? "")))
    problems.push("traces not rising");
  return problems;
}
