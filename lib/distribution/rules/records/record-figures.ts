import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource } from "@/lib/figures/schema";
import type { Measure } from "@/lib/metrics/rules/measure";
import { Exact, fromMinor } from "@/lib/money";
import {
  counted,
  inKindOf,
  isOnItsWay,
  type OpenPart,
  openParts,
  type RecordFacts,
  settledMinor,
  sharesIn,
  sumOf,
  type Transfer,
  waitingMinor,
} from "./book";
import { UNEXERCISED } from "./lots";
import { type GroupReturns, groupReturns } from "./returns";

const METHOD = "distribution.records.";
export const isRecordMethod = (method: string): boolean => method.startsWith(METHOD);

/** What a figure of the record is about; the same names are its inputs. */
export type About = Partial<Record<"payment" | "holder" | "class" | "tranche" | "transfer" | "lot", string>>;
const ABOUT = ["payment", "holder", "class", "tranche", "transfer", "lot"] as const;
const keyOf = (part: string, about: About): string => [part, ...ABOUT.map((name) => about[name] ?? "")].join("|");

type Draft = { part: string; about?: About; label: string; formula: string; from?: "ledger" | "cap-table" } & (
  | { minor: bigint | null; reason?: string }
  | { measure: Measure; unit: string }
);

/** All figures of a record by what they are about. */
export class RecordFigures {
  readonly byKey = new Map<string, Figure>();
  readonly open: readonly OpenPart[] | null;
  readonly returns: GroupReturns;
  private readonly facts: RecordFacts;
  private readonly counts: Sources;

  constructor(facts: RecordFacts) {
    this.facts = facts;
    this.counts = countsOf(facts);
    this.open = openParts(facts);
    this.returns = groupReturns(facts, this.open);
  }

  get all(): Figure[] {
    return [...this.byKey.values()];
  }

  find(part: string, about: About = {}): Figure | null {
    return this.byKey.get(keyOf(part, about)) ?? null;
  }

  add(draft: Draft): void {
    const { part, about = {}, label, formula, from = "ledger" } = draft;
    const { ventureId, currency, asOf, today } = this.facts;
    const day = part.startsWith("group.") ? today : asOf;
    const inputs: Record<string, FigureInput> = {
      ...{ venture: { value: ventureId }, currency: { value: currency }, day: { value: day } },
      ...Object.fromEntries(Object.entries(about).map(([name, value]) => [name, { value }])),
    };
    const figure = makeFigure({
      ...{ label, ...statedOf(draft, currency), asOf: day, method: `${METHOD}${part}@1`, formula, inputs },
      sources: sourcesOf(this.facts, this.counts, from, about, day),
    });
    this.byKey.set(keyOf(part, about), figure);
  }
}

function statedOf(draft: Draft, currency: string): Pick<Figure, "value" | "unit"> & { reason?: string } {
  if ("measure" in draft) {
    const { measure, unit } = draft;
    return measure.value === null
      ? { value: null, unit, reason: measure.reason }
      : { value: measure.value.toSignificantDigits(20).toFixed(), unit };
  }
  const { minor, reason = "no-data" } = draft;
  return minor === null
    ? { value: null, unit: currency, reason }
    : { value: fromMinor(minor, currency).toFixed(), unit: currency };
}

type Sources = { payments: number; lots: number; stated: ReadonlySet<string> };

/** Counted once for all figures of a record. */
const countsOf = ({ payments, lots }: RecordFacts): Sources => ({
  ...{ payments: counted(payments).length, lots: lots.length },
  stated: new Set(
    lots.flatMap(({ id, cost }) =>
      cost.minor !== null && cost.note !== null && cost.note !== UNEXERCISED ? [id] : [],
    ),
  ),
});

function sourcesOf(
  { ventureId, currency, versions, accounts }: RecordFacts,
  { payments, lots, stated }: Sources,
  from: "ledger" | "cap-table",
  { holder, tranche, lot }: About,
  day: string,
): FigureSource[] {
  const account = holder === undefined ? undefined : accounts.get(holder);
  const filter = { currency, to: day, ...(account ? { account } : {}), ...(tranche ? { tranche } : {}) };
  const own = { kind: "dataset" as const, ventureId };
  const ledger = { ...own, dataset: "ledger", version: versions.ledger, rows: payments, filter };
  if (from === "ledger") return [ledger];
  const held = { ...own, rows: lot ? 1 : lots, filter: lot ? { security: lot } : {} };
  const table = { ...held, dataset: "cap-table", version: versions.capTable };
  const isStated = lot === undefined ? stated.size > 0 : stated.has(lot);
  return [ledger, table, ...(isStated ? [{ ...held, dataset: "lot-cost", version: versions.lotCost }] : [])];
}

/** Every number of the record of a sale's distributions. */
export function recordFigures(facts: RecordFacts): RecordFigures {
  const figures = new RecordFigures(facts);
  paymentFigures(figures, facts);
  holderFigures(figures, facts);
  trancheFigures(figures, facts);
  lotFigures(figures, facts);
  totalFigures(figures, facts);
  groupFigures(figures, facts);
  return figures;
}

type Amounts = { grossMinor: bigint; withheldMinor: bigint };
const KINDS = [
  ["gross", "before tax", "what the ledger shares out", ({ grossMinor }: Amounts) => grossMinor],
  ["withheld", "tax kept", "what the ledger keeps for an office", ({ withheldMinor }: Amounts) => withheldMinor],
  ["net", "after tax", "before tax − tax kept", (one: Amounts) => one.grossMinor - one.withheldMinor],
] as const;

type Named = { part: string; about?: About; name: string };

function amounts(figures: RecordFigures, { part, about = {}, name }: Named, rows: readonly Amounts[]): void {
  for (const [kind, words, formula, of] of KINDS)
    figures.add({
      ...{ part: `${part}.${kind}`, about, label: `${name}: ${words}`, minor: sumOf(rows, of) },
      formula: rows.length === 1 ? formula : `Σ ${formula}`,
    });
}

const className = ({ classNames }: RecordFacts, id: string): string => classNames.get(id) ?? id;

function paymentFigures(figures: RecordFigures, facts: RecordFacts): void {
  const names = new Map(facts.holders.map(({ id, name }) => [id, name]));
  for (const { id: payment, label, shares } of counted(facts.payments)) {
    amounts(figures, { part: "payment", about: { payment }, name: label }, shares);
    const byHolder = Map.groupBy(shares, ({ holderId }) => holderId);
    for (const [holder, own] of byHolder) {
      const name = `${label}, ${names.get(holder) ?? holder}`;
      amounts(figures, { part: "part", about: { payment, holder }, name }, own);
      for (const share of own)
        amounts(
          figures,
          {
            ...{ part: "share", about: { payment, holder, class: share.classId } },
            name: `${name}, ${className(facts, share.classId)}`,
          },
          [share],
        );
    }
  }
}

function holderFigures(figures: RecordFigures, facts: RecordFacts): void {
  const byHolder = Map.groupBy(sharesIn(facts.payments), ({ holderId }) => holderId);
  const transfers = Map.groupBy(facts.transfers, ({ holderId }) => holderId);
  const inKind = Map.groupBy(inKindOf(facts.payments), ({ holderId }) => holderId);
  for (const { id: holder, name } of facts.holders) {
    const own = byHolder.get(holder) ?? [];
    amounts(figures, { part: "holder", about: { holder }, name }, own);
    for (const [classId, shares] of Map.groupBy(own, (share) => share.classId))
      amounts(
        figures,
        { part: "class", about: { holder, class: classId }, name: `${name}, ${className(facts, classId)}` },
        shares,
      );
    const kept = sumOf(inKind.get(holder) ?? [], ({ amountMinor }) => amountMinor);
    figures.add({
      ...{ part: "holder.in-kind", about: { holder }, label: `${name}: in stock and rolled over`, minor: kept },
      formula: "Σ what the ledger has on the holder’s accounts of stock and rollover",
    });
    const cash = sumOf(own, (one) => one.grossMinor - one.withheldMinor) - kept;
    transferFigures(figures, transfers.get(holder) ?? [], { holder, name, cash });
  }
}

function transferFigures(
  figures: RecordFigures,
  own: readonly Transfer[],
  { holder, name, cash }: { holder: string; name: string; cash: bigint },
): void {
  const [booked, waiting] = [sumOf(own, settledMinor), sumOf(own, waitingMinor)];
  const add = (part: string, words: string, minor: bigint, formula: string) =>
    figures.add({ part, about: { holder }, label: `${name}: ${words}`, minor, formula });
  add("holder.booked", "booked by the bank", booked, "Σ booked − Σ come back");
  add("holder.unpaid", "not yet paid", cash - booked, "after tax − in kind − booked");
  add("holder.ordered", "drafted or on its way", waiting, "Σ of payments that are not booked, taken out or refused");
  add("holder.owed", "not yet ordered", cash - booked - waiting, "after tax − in kind − booked − on its way");
  for (const transfer of own)
    figures.add({
      ...{ part: "transfer.amount", about: { holder, transfer: transfer.id } },
      label: `${name}: payment ${transfer.reference}`,
      ...{ minor: transfer.amountMinor, formula: "as drafted, approved and ordered" },
    });
}

const OPEN_FORMULA =
  "part of what the tranche still owes less the agreed carve-out, if none of it goes back to the buyer, tranche after tranche by last day, as if all payments were one";

function trancheFigures(figures: RecordFigures, facts: RecordFacts): void {
  const { tranches, payments, holders } = facts;
  for (const tranche of tranches) {
    const { id, label, owedMinor, claimedMinor } = tranche;
    const about = { tranche: id };
    figures.add({ part: "tranche.owed", about, label, minor: owedMinor, formula: "amount − what was released" });
    const claimed = { part: "tranche.claimed", about, label: `${label}: claimed`, minor: claimedMinor };
    figures.add({ ...claimed, formula: "Σ open claims of the buyer" });
    const released = Map.groupBy(
      sharesIn(payments.filter(({ trancheId }) => trancheId === id)),
      ({ holderId }) => holderId,
    );
    const parts = figures.open?.filter(({ trancheId }) => trancheId === id) ?? [];
    const open = new Map(parts.map(({ holderId, amountMinor }) => [holderId, amountMinor]));
    for (const { id: holder, name } of holders) {
      const mine = released.get(holder) ?? [];
      figures.add({
        ...{
          part: "tranche.released",
          about: { tranche: id, holder },
          label: `${name}: released of ${label}, before tax`,
        },
        ...{ minor: sumOf(mine, ({ grossMinor }) => grossMinor), formula: "Σ what the ledger shares out" },
      });
      const minor = figures.open && (open.get(holder) ?? 0n);
      figures.add({
        ...{ part: "tranche.open", about: { tranche: id, holder }, label: `${name}: ${label}, at most` },
        ...{ minor, reason: "no-cap-table", formula: OPEN_FORMULA },
      });
    }
  }
  const parts = Map.groupBy(figures.open ?? [], ({ holderId }) => holderId);
  for (const { id: holder, name } of holders) {
    const minor = figures.open && sumOf(parts.get(holder) ?? [], ({ amountMinor }) => amountMinor);
    const said = { part: "holder.open", about: { holder }, label: `${name}: still held back, at most` };
    figures.add({ ...said, minor, reason: "no-cap-table", formula: OPEN_FORMULA });
  }
}

function lotFigures(figures: RecordFigures, facts: RecordFacts): void {
  for (const { id: lot, label, holderId: holder, units, cost, proceedsMinor, daysHeld, kind } of facts.lots) {
    const about = { lot, holder };
    const add = (part: string, words: string, formula: string, value: { minor: bigint | null; reason?: string }) =>
      figures.add({ part: `lot.${part}`, about, label: `${label}: ${words}`, formula, from: "cap-table", ...value });
    const unit = kind === "convertible" ? facts.currency : "shares";
    const held = { part: "lot.units", about, label: `${label}: units`, from: "cap-table" as const };
    figures.add({ ...held, formula: "outstanding on the day of the sale", measure: { value: exact(units) }, unit });
    const why = cost.minor === null ? { reason: cost.reason } : {};
    add("cost", "cost", costFormula(cost), { minor: cost.minor, ...why });
    add("proceeds", "proceeds so far", "part of what the holder received of the class, pro rata to units, before tax", {
      minor: proceedsMinor,
    });
    const gain = cost.minor === null ? null : proceedsMinor - cost.minor;
    add("gain", "gain so far", "proceeds so far − cost", { minor: gain, ...why });
    figures.add({
      ...{ part: "lot.days", about, label: `${label}: days held`, from: "cap-table" as const, unit: "days" },
      measure: daysHeld === null ? { value: null, reason: "no-day-of-purchase" } : { value: exact(`${daysHeld}`) },
      formula: "day of the first distribution − day of acquisition",
    });
  }
}

const costFormula = (cost: RecordFacts["lots"][number]["cost"]): string =>
  cost.minor !== null && cost.note !== null
    ? `as stated: ${cost.note}`
    : "units × price of issue, as the cap table has it";

function totalFigures(figures: RecordFigures, facts: RecordFacts): void {
  amounts(figures, { part: "all", name: "All distributions" }, sharesIn(facts.payments));
  const add = (part: string, label: string, minor: bigint | null, formula: string) =>
    figures.add({ part, label, minor, formula, reason: "no-cap-table" });
  const still = figures.open && sumOf(figures.open, ({ amountMinor }) => amountMinor);
  add("all.open", "Still held back, at most", still, "Σ holders: their parts of what the tranches still owe");
  add("all.booked", "Booked by the bank", sumOf(facts.transfers, settledMinor), "Σ booked − Σ come back");
  const kept = sumOf(inKindOf(facts.payments), ({ amountMinor }) => amountMinor);
  add("all.in-kind", "In stock and rolled over", kept, "Σ holders’ accounts of stock and rollover");
  const waiting = facts.transfers.filter(isOnItsWay);
  add("all.ordered", "Drafted or on its way", sumOf(waiting, waitingMinor), "Σ of payments that are not booked");
}

const RETURNS = [
  ["moic", "MOIC", "multiple", "(distributed + still held back) ÷ paid in"],
  ["dpi", "DPI", "multiple", "distributed ÷ paid in"],
  ["rvpi", "RVPI", "multiple", "still held back ÷ paid in"],
  ["tvpi", "TVPI", "multiple", "DPI + RVPI"],
  [
    "xirr",
    "XIRR",
    "ratio",
    "rate at which all flows and what is held back, at its stated value today, are worth zero; ACT/365F",
  ],
  [
    "xirrPaid",
    "XIRR of what was paid",
    "ratio",
    "rate at which what was paid in and distributed is worth zero; ACT/365F",
  ],
] as const;

function groupFigures(figures: RecordFigures, facts: RecordFacts): void {
  const { returns } = figures;
  const from = "cap-table" as const;
  const money = (part: string, label: string, measure: Measure, formula: string) =>
    figures.add({ part: `group.${part}`, label, measure, unit: facts.currency, formula, from });
  money("paidIn", "The group paid in", returns.paidIn, "Σ cost of the group’s lots");
  money("distributed", "The group received", returns.distributed, "Σ the group’s parts, before tax");
  money("residual", "The group’s part of what is held back", returns.residual, OPEN_FORMULA);
  for (const [part, label, unit, formula] of RETURNS)
    figures.add({ part: `group.${part}`, label, measure: returns[part], unit, formula, from });
  for (const { kind, id, label, minor } of returns.flows) {
    const about: About = kind === "call" ? { lot: id } : kind === "distribution" ? { payment: id } : {};
    const formula =
      kind === "call" ? "cost of the lot" : kind === "residual" ? OPEN_FORMULA : "the group’s part, before tax";
    figures.add({ part: `group.flow.${kind}`, about, label, minor, formula, from });
  }
}

const exact = (text: string) => new Exact(text);
