import { Exact, fromMinor } from "@/lib/money";
import { counted, type Payment, type RecordFacts, sumOf, type Transfer } from "./book";
import type { RecordFigures } from "./record-figures";

/** A field of the data: text, a day, an amount, a ratio; null where it is not known. */
export type IlpaValue =
  | { text: string }
  | { day: string }
  | { amount: string; currency: string }
  | { number: string }
  | null;

/**
 * Capital distribution data in the sections of ILPA's Capital Call & Distribution Template, version 2.0 of 2025: fund level,
 * LP level, LP unfunded commitment, transactions (types of the Granular Performance Template, inside and outside the fund),
 * payment. A sale of shares has no fund, no commitment and no carry: such fields stay in the table, empty and named.
 */
export const ILPA_FIELDS = [
  ...(["Fund Name", "General Partner", "Vintage Year", "Fund Currency", "Fund Total Commitments"] as const),
  ...(["LP Name", "LP Identifier", "LP Commitment", "LP Ownership"] as const),
  ...(["Notice Type", "Notice Number", "Notice Date", "Transaction Date", "Due or Payment Date"] as const),
  ...(["Transaction Description", "Fund Total Distribution", "LP Total Distribution"] as const),
  ...(["Distribution: Return of Capital", "Distribution: Realized Gain / (Loss)"] as const),
  ...(["Distribution: Dividends", "Distribution: Interest", "Distribution: Other Income"] as const),
  ...(["Withholding Tax", "Management Fees", "Partnership Expenses", "Carried Interest"] as const),
  ...(["Subtotal Inside Fund", "Subtotal Outside Fund", "Net Cash to LP"] as const),
  ...(["LP Unfunded Commitment: Beginning", "LP Unfunded Commitment: Impact"] as const),
  ...(["LP Unfunded Commitment: Ending", "LP Cumulative Contributions"] as const),
  ...(["LP Cumulative Distributions", "LP DPI", "LP Remaining Value"] as const),
  "Payment Reference",
] as const;
export type IlpaField = (typeof ILPA_FIELDS)[number];
export type IlpaRow = Readonly<Record<IlpaField, IlpaValue>>;

type Before = { costMinor: bigint | null; earlierMinor: bigint };

/** Cost first, then gain: what earlier payments have not yet given back of what was paid. */
function recovered({ costMinor, earlierMinor }: Before, grossMinor: bigint): { capital: bigint; gain: bigint } | null {
  if (costMinor === null) return null;
  const open = costMinor > earlierMinor ? costMinor - earlierMinor : 0n;
  const capital = open < grossMinor ? open : grossMinor;
  return { capital, gain: grossMinor - capital };
}

/** What each holder paid for all its lots; nothing for one of whose lots something is not known. */
function costsOf({ lots, basis }: RecordFacts): ReadonlyMap<string, bigint> {
  const own = Map.groupBy(lots, ({ holderId }) => holderId);
  const known = [...Map.groupBy(basis.holdings, ({ holderId }) => holderId)].flatMap(([holderId, held]) => {
    const mine = own.get(holderId) ?? [];
    const whole = held.every(({ classId }) => mine.some((lot) => lot.classId === classId));
    const costs = mine.flatMap(({ cost }) => (cost.minor === null ? [] : [cost.minor]));
    return whole && costs.length === mine.length ? [[holderId, sumOf(costs, (minor) => minor)] as const] : [];
  });
  return new Map(known);
}

/** Only where one order alone settles what is owed does it say when and by which reference. */
function paidBy(transfers: readonly Transfer[], netMinor: bigint): Transfer | null {
  const [only, ...others] = transfers.filter(({ state }) => state === "confirmed");
  return only && others.length === 0 && only.amountMinor === netMinor ? only : null;
}

type Row = { payment: Payment; holderId: string; name: string; costMinor: bigint | null };

function rowOf(facts: RecordFacts, figures: RecordFigures, { payment, holderId, name, costMinor }: Row): IlpaRow {
  const { currency, venture, transfers } = facts;
  const money = (minor: bigint): IlpaValue => ({ amount: fromMinor(minor, currency).toFixed(), currency });
  const own = payment.shares.filter((share) => share.holderId === holderId);
  const [gross, tax] = [sumOf(own, ({ grossMinor }) => grossMinor), sumOf(own, ({ withheldMinor }) => withheldMinor)];
  const kept = payment.inKind.filter((one) => one.holderId === holderId);
  const cash = gross - tax - sumOf(kept, ({ amountMinor }) => amountMinor);
  const total = sumOf(payment.shares, ({ grossMinor }) => grossMinor);
  const earlier = counted(facts.payments)
    .filter(({ ordinal }) => ordinal < payment.ordinal)
    .flatMap(({ shares }) => shares.filter((share) => share.holderId === holderId));
  const before = { costMinor, earlierMinor: sumOf(earlier, ({ grossMinor }) => grossMinor) };
  const split = recovered(before, gross);
  const soFar = before.earlierMinor + gross;
  const open = figures.find("holder.open", { holder: holderId })?.value ?? null;
  const paid = paidBy(
    transfers.filter((one) => one.holderId === holderId),
    cash,
  );
  const blank = Object.fromEntries(ILPA_FIELDS.map((field) => [field, null])) as Record<IlpaField, IlpaValue>;
  return {
    ...blank,
    ...{ "Fund Name": { text: venture }, "Fund Currency": { text: currency } },
    "LP Name": { text: name },
    ...{ "LP Identifier": { text: holderId }, "LP Ownership": share(gross, total) },
    ...{ "Notice Type": { text: "Distribution" }, "Notice Number": { number: `${payment.ordinal}` } },
    ...{ "Transaction Date": { day: payment.paidOn }, "Transaction Description": { text: payment.label } },
    ...{ "Fund Total Distribution": money(total), "LP Total Distribution": money(gross) },
    "Distribution: Return of Capital": split && money(split.capital),
    "Distribution: Realized Gain / (Loss)": split && money(split.gain),
    ...{ "Withholding Tax": money(tax), "Net Cash to LP": money(cash) },
    "LP Cumulative Contributions": before.costMinor === null ? null : money(before.costMinor),
    ...{ "LP Cumulative Distributions": money(soFar), "LP DPI": multiple(soFar, before.costMinor) },
    "LP Remaining Value": open === null ? null : { amount: open, currency },
    "Due or Payment Date": paid?.bookedOn ? { day: paid.bookedOn } : null,
    "Payment Reference": paid ? { text: paid.reference } : null,
  };
}

const share = (part: bigint, whole: bigint): IlpaValue =>
  whole === 0n ? null : { number: new Exact(`${part}`).div(`${whole}`).toSignificantDigits(12).toFixed() };
const multiple = (received: bigint, cost: bigint | null): IlpaValue => (cost ? share(received, cost) : null);

/** A row for each distribution and holder; `unknown` names the fields that nobody knows. */
export function ilpaRows(facts: RecordFacts, figures: RecordFigures): { row: IlpaRow; unknown: IlpaField[] }[] {
  const costs = costsOf(facts);
  return counted(facts.payments).flatMap((payment) => {
    const ids = new Set(payment.shares.map(({ holderId }) => holderId));
    return facts.holders
      .filter(({ id }) => ids.has(id))
      .map(({ id: holderId, name }) => {
        const row = rowOf(facts, figures, { payment, holderId, name, costMinor: costs.get(holderId) ?? null });
        return { row, unknown: ILPA_FIELDS.filter((field) => row[field] === null) };
      });
  });
}
