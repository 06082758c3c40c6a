import { isBlank, short } from "./cells";
import { DRAFT_WORDS, KIND_SILENT, KIND_WORDS, plainName, STATUS_WORDS } from "./fields";
import type { ReaderInput, Row, RowOutcome } from "./row";

export function customerReader(row: Row) {
  return (): RowOutcome => {
    const id = row.text("externalId", true);
    const name = row.text("name") ?? id;
    const rest = [row.text("segment"), row.text("country"), row.text("channel"), row.date("startedOn")];
    return row.outcome(id ?? "", () => [id, name, ...rest]);
  };
}

export function invoiceReader(row: Row, { mapping, asOfDay }: ReaderInput) {
  const { options } = mapping;
  const inLines = options.invoiceRows === "lines";
  return (): RowOutcome => {
    const id = row.text("externalId", true);
    // Some exports say who and when on an invoice's first line only.
    const customer = row.text("customerExternalId", !inLines);
    const issuedOn = row.date("issuedOn", !inLines);
    const line = inLines ? row.text("lineId") : null;
    if (issuedOn && issuedOn > asOfDay)
      row.reject("issuedOn", "FUTURE_ACTUAL", `Issued on ${issuedOn}, after the date of the file, ${asOfDay}`);
    const from = row.date("periodStart");
    const until = row.date("periodEnd");
    if (from && until && until < from)
      row.reject("periodEnd", "END_BEFORE_START", `The service ends on ${until}, before it starts on ${from}`);
    const gross = grossAmount(row);
    const discount = row.moneyIfAny("discount");
    const money = gross && lessDiscount(gross, discount?.minor ?? "0");
    const given = readInvoiceKind(row);
    const negative = money?.minor.startsWith("-") ?? false;
    const kind = given ?? (negative ? "refund" : options.invoiceKind);
    // Credit notes come positive from some systems; money that goes back is negative here.
    const minor =
      money && kind === "refund" && !negative && money.minor !== "0" ? `-${money.minor}` : (money?.minor ?? null);
    const status = readStatus(row, options.invoiceStatus);
    const currency = money?.currency ?? null;
    const fields = () => [id, customer, issuedOn, from, until, minor, currency, kind, status];
    const read = row.outcome(id ?? "", fields, money && money !== gross ? ["discounted"] : undefined);
    return inLines ? { ...read, facts: read.facts.map((fact) => ({ ...fact, extra: [line] })) } : read;
  };
}

type Money = { minor: string; currency: string };

/** A discount is written with or without its sign; it makes an amount smaller, whichever sign that has. */
function lessDiscount(gross: Money, discount: string): Money {
  const off = BigInt(discount.replace("-", ""));
  if (off === 0n) return gross;
  const minor = BigInt(gross.minor);
  return { ...gross, minor: String(minor < 0n ? minor + off : minor - off) };
}

function grossAmount(row: Row): Money | null {
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
