import { isBlank, short } from "./cells";
import { DRAFT_WORDS, INTERVAL_MONTHS, KIND_SILENT, KIND_WORDS, plainName, STATUS_WORDS } from "./fields";
import type { ReaderInput, Row, RowOutcome } from "./row";

export function customerReader(row: Row) {
  return (): RowOutcome => {
    const id = row.text("externalId", true);
    const name = row.text("name") ?? id;
    const rest = [row.text("segment"), row.text("country"), row.text("channel"), row.date("startedOn")];
    return row.outcome(id ?? "", () => [id, name, ...rest]);
  };
}

export function subscriptionReader(row: Row) {
  return (): RowOutcome => {
    const id = row.text("externalId", true);
    const customer = row.text("customerExternalId", true);
    const plan = row.text("plan");
    const startOn = row.date("startOn", true);
    const endOn = row.date("endOn");
    const money = row.money("amount");
    if (money?.minor.startsWith("-"))
      row.reject("amount", "NEGATIVE_VALUE", "A subscription's price cannot be below zero");
    const interval = readInterval(row);
    const quantity = row.number("quantity") ?? "1";
    if (quantity.startsWith("-")) row.reject("quantity", "NEGATIVE_VALUE", "A quantity cannot be below zero");
    if (quantity.replace(/\..*/, "").length > 14)
      row.reject("quantity", "TOO_LARGE", "More digits than any quantity can have");
    if (startOn && endOn && endOn < startOn)
      row.reject("endOn", "END_BEFORE_START", `It ends on ${endOn}, before it starts on ${startOn}`);
    return row.outcome(id ?? "", () => [
      id,
      customer,
      plan,
      startOn,
      endOn,
      money?.minor ?? null,
      money?.currency ?? null,
      interval,
      quantity,
    ]);
  };
}

const INTERVAL_BY_MONTHS: ReadonlyMap<number, string> = new Map([
  [1, "month"],
  [3, "quarter"],
  [12, "year"],
]);

function readInterval(row: Row): string | null {
  const text = row.text("interval", true);
  if (text === null) return null;
  const months = INTERVAL_MONTHS.get(plainName(text));
  const count = Number(row.number("intervalCount") ?? "1");
  const interval = months === undefined ? undefined : INTERVAL_BY_MONTHS.get(months * count);
  return (
    interval ??
    row.reject(
      "interval",
      "UNKNOWN_INTERVAL",
      `"${short(text)}"${count === 1 ? "" : ` × ${count}`} is none of month, quarter, year`,
    )
  );
}

export function invoiceReader(row: Row, { mapping, asOfDay }: ReaderInput) {
  const { options } = mapping;
  return (): RowOutcome => {
    const id = row.text("externalId", true);
    const customer = row.text("customerExternalId", true);
    const issuedOn = row.date("issuedOn", true);
    if (issuedOn && issuedOn > asOfDay)
      row.reject("issuedOn", "FUTURE_ACTUAL", `Issued on ${issuedOn}, after the date of the file, ${asOfDay}`);
    const from = row.date("periodStart");
    const until = row.date("periodEnd");
    if (from && until && until < from)
      row.reject("periodEnd", "END_BEFORE_START", `The service ends on ${until}, before it starts on ${from}`);
    const money = netAmount(row);
    const given = readInvoiceKind(row);
    const negative = money?.minor.startsWith("-") ?? false;
    const kind = given ?? (negative ? "refund" : options.invoiceKind);
    // Credit notes come positive from some systems; money that goes back is negative here.
    const minor =
      money && kind === "refund" && !negative && money.minor !== "0" ? `-${money.minor}` : (money?.minor ?? null);
    const status = readStatus(row, options.invoiceStatus);
    return row.outcome(id ?? "", () => [
      id,
      customer,
      issuedOn,
      from,
      until,
      minor,
      money?.currency ?? null,
      kind,
      status,
    ]);
  };
}

function netAmount(row: Row): { minor: string; currency: string } | null {
  if (row.has("amount") && (!isBlank(row.cell("amount")) || !row.has("total"))) return row.money("amount");
  const total = row.money("total");
  if (!total || isBlank(row.cell("tax"))) return total;
  const tax = row.money("tax");
  return tax && { minor: String(BigInt(total.minor) - BigInt(tax.minor)), currency: total.currency };
}

function readInvoiceKind(row: Row): string | null {
  const text = row.text("kind");
  const plain = plainName(text ?? "");
  if (text === null || KIND_SILENT.has(plain)) return null;
  return (
    KIND_WORDS.get(plain) ??
    row.reject("kind", "UNKNOWN_CHOICE", `"${short(text)}" is none of recurring, usage, one-off, refund`)
  );
}

function readStatus(row: Row, fallback: string): string | null {
  const text = row.text("status");
  if (text === null) return fallback;
  const plain = plainName(text);
  if (DRAFT_WORDS.has(plain)) return row.reject("status", "DRAFT", "A draft is not an invoice yet");
  return (
    STATUS_WORDS.get(plain) ?? row.reject("status", "UNKNOWN_CHOICE", `"${short(text)}" is none of open, paid, void`)
  );
}
