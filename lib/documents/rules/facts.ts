import { CHOICES, openTerms, silentTerms } from "@/lib/deals/rules/terms";
import type { DealFacts } from "@/lib/deals/schema/deal";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { Exact, minorDigits } from "@/lib/money";
import { FIELDS } from "./dictionary";
import type { DocumentFacts } from "./fill";

type Stored = { id?: string; value: string | null; unit: string };
export type Amount = { label: string; figure: Stored };
export type HolderAmounts = { id: string; name: string; atClosing: Stored; later: Stored };
/** What a holder receives as the funds-flow statement of the closing has it. */
export type StatementLine = { name: string } & Readonly<Record<"gross" | "held" | "withheld" | "cash", Stored>>;
/** What is stored of a deal on a day, as the queries found it. */
export type StoredDeal = {
  company: { name: string; sector: string; country: string; businessModel: string };
  deal: { bidder: string; facts: DealFacts };
  offer: { title: string; dated: string; terms: OfferTerms } | null;
  day: string;
  /** By part of the offer's figures: "equity", "closing". */
  figures: Readonly<Record<string, Stored>>;
  bridge: readonly Amount[];
  holders: readonly HolderAmounts[];
  /** Null: no split of this offer was kept, so that there is no statement yet. */
  statement: readonly StatementLine[] | null;
  /** What the ledger has distributed to the holder that it is about; null before it has. */
  paid: Readonly<Record<"gross" | "withheld" | "net", Stored>> | null;
  /** Conditions of the closing checklist, each with how it was settled; null stands for open. */
  conditions: readonly { text: string; standing: string | null }[] | null;
  metrics: readonly { id?: string; label: string; value: string; asOf: string }[];
  tranche: { label: string; opensOn: string; currency: string; heldBy: string; released: string | null } | null;
  about: string;
  /** What people said, by field. */
  stated: Readonly<Record<string, string>>;
};

/** A stored figure to the minor unit of its currency; null where it is unknown. */
const amount = ({ value, unit }: Stored | undefined = { value: null, unit: "" }): string | null =>
  value === null || !/^[A-Z]{3}$/.test(unit) ? null : `${new Exact(value).toFixed(minorDigits(unit))} ${unit}`;

const some = (value: string | null): boolean => value !== null && Number(value) > 0;

function conditionsOf(terms: OfferTerms | undefined): Record<string, boolean> {
  if (!terms) return {};
  const pegged = terms.basis === "enterprise" && terms.workingCapital === "peg";
  return {
    ...{ earnOut: (terms.earnOuts ?? []).length > 0, escrow: some(terms.escrow), holdback: some(terms.holdback) },
    ...{ peg: pegged, collar: pegged && some(terms.collar), exclusivity: (terms.exclusivityDays ?? 0) > 0 },
    ...{ indemnityCap: terms.indemnityCap !== null, indemnityBasket: some(terms.indemnityBasket) },
    ...{ financingCondition: terms.financing === "subject to financing", rollover: some(terms.rollover) },
    ...{ stock: some(terms.stock), vendorNote: some(terms.vendorNote), carveOut: some(terms.carveOut) },
    ...{ cashFree: terms.basis === "enterprise", conditions: (terms.conditions ?? []).length > 0 },
    validity: terms.validUntil !== null,
  };
}

const MONEY_TERMS = ["price", "stock", "rollover", "vendorNote", "peg", "expectedWorkingCapital"] as const;
const MORE_MONEY = ["collar", "cash", "debt", "costs"] as const;
const PLAIN_TERMS = [
  "escrow",
  "holdback",
  "carveOut",
  "indemnityCap",
  "indemnityBasket",
  "vendorNoteInterest",
] as const;
const COUNTED = ["escrowMonths", "holdbackMonths", "vendorNoteMonths", "exclusivityDays"] as const;
const DAYS = ["closesOn", "validUntil"] as const;

function termFields(terms: OfferTerms | undefined): Record<string, string | null> {
  if (!terms) return {};
  const word = (key: "basis" | "financing" | "collarOutside") => CHOICES[key]?.[terms[key] ?? ""] ?? null;
  const basket = terms.basketKind && CHOICES.basketKind?.[terms.basketKind];
  const text = (value: string | number | null) => (value === null ? null : `${value}`);
  return {
    ...Object.fromEntries(
      [...MONEY_TERMS, ...MORE_MONEY].map((key) => [
        `terms.${key}`,
        terms[key] === null ? null : `${terms[key]} ${terms.currency}`,
      ]),
    ),
    ...Object.fromEntries([...PLAIN_TERMS, ...COUNTED, ...DAYS].map((key) => [`terms.${key}`, text(terms[key])])),
    ...{ "terms.basis": word("basis"), "terms.financing": word("financing") },
    ...{ "terms.collarOutside": word("collarOutside"), "terms.basket": basket || null },
  };
}

const adviser = (advisers: DealFacts["ourAdvisers"], role: string): string | null =>
  advisers
    .filter((one) => one.role === role)
    .map(({ name }) => name)
    .join(" and ") || null;

function recordFields({ company, deal, offer, day, about, holders, tranche, figures, paid }: StoredDeal) {
  const { facts } = deal;
  const holder = holders.find(({ id }) => id === about);
  const all = [...facts.ourAdvisers, ...facts.theirAdvisers];
  return {
    ...{ "company.name": company.name, "company.sector": company.sector, "company.country": company.country },
    ...{ "company.model": company.businessModel, "buyer.name": deal.bidder, "buyer.contact": facts.contact || null },
    ...{ "seller.counsel": adviser(facts.ourAdvisers, "counsel"), "document.day": day },
    ...{ "buyer.counsel": adviser(facts.theirAdvisers, "counsel") },
    "escrow.agent": tranche?.heldBy ?? adviser(all, "escrow agent"),
    ...{ "offer.title": offer?.title ?? null, "offer.day": offer?.dated ?? null },
    ...{ "deal.loiSigned": facts.loiSignedOn, "deal.agreementSigned": facts.agreementSignedOn },
    ...{ "deal.closed": facts.closedOn, "deal.exclusiveUntil": facts.exclusiveUntil },
    ...{ "about.name": holder?.name ?? tranche?.label ?? null, "about.opens": tranche?.opensOn ?? null },
    ...{
      "about.atClosing": amount(holder?.atClosing),
      "about.later": amount(holder?.later),
      "about.amount": tranche?.released,
    },
    ...{ "about.gross": amount(paid?.gross), "about.withheld": amount(paid?.withheld), "about.net": amount(paid?.net) },
    ...{ "figure.equity": amount(figures.equity), "figure.closing": amount(figures.closing) },
    ...{ "figure.closingCash": amount(figures.closingCash), "figure.escrow": amount(figures.escrow) },
    "figure.holdback": amount(figures.holdback),
  };
}

/** Which of the fields are stored figures, by id. */
function figuresOf({
  about,
  holders,
  statement,
  figures,
  paid,
  bridge,
  metrics,
}: StoredDeal): DocumentFacts["figures"] {
  const holder = holders.find(({ id }) => id === about);
  return {
    fields: {
      ...{ "figure.equity": figures.equity?.id, "figure.closing": figures.closing?.id },
      ...{ "figure.closingCash": figures.closingCash?.id, "figure.escrow": figures.escrow?.id },
      ...{ "figure.holdback": figures.holdback?.id, "about.atClosing": holder?.atClosing.id },
      ...{ "about.later": holder?.later.id, "about.gross": paid?.gross.id, "about.withheld": paid?.withheld.id },
      "about.net": paid?.net.id,
    },
    lists: {
      holders: holders.map((one) => ({ "holder.atClosing": one.atClosing.id, "holder.later": one.later.id })),
      statement: (statement ?? []).map(({ gross, held, withheld, cash }) => ({
        ...{ "payee.gross": gross.id, "payee.held": held.id, "payee.withheld": withheld.id, "payee.cash": cash.id },
      })),
      bridge: bridge.map(({ figure }) => ({ "line.amount": figure.id })),
      metrics: metrics.map(({ id }) => ({ "metric.value": id })),
    },
  };
}

function listsOf({ offer, bridge, holders, statement, metrics, conditions }: StoredDeal): DocumentFacts["lists"] {
  const currency = offer?.terms.currency ?? "";
  return {
    earnOuts: (offer?.terms.earnOuts ?? []).map((one) => ({
      ...{ "earnOut.title": one.title, "earnOut.day": one.dueOn },
      "earnOut.amount": one.amount === null ? null : `${one.amount} ${currency}`,
    })),
    conditions: (offer?.terms.conditions ?? []).map((text) => ({ "condition.text": text })),
    holders: holders.map((one) => ({
      ...{ "holder.name": one.name, "holder.atClosing": amount(one.atClosing), "holder.later": amount(one.later) },
    })),
    statement: (statement ?? []).map(({ name, gross, held, withheld, cash }) => ({
      ...{ "payee.name": name, "payee.gross": amount(gross), "payee.held": amount(held) },
      ...{ "payee.withheld": amount(withheld), "payee.cash": amount(cash) },
    })),
    closingConditions: (conditions ?? []).map(({ text, standing }) => ({
      ...{ "closingCondition.text": text, "closingCondition.standing": standing },
    })),
    bridge: bridge.map(({ label, figure }) => ({ "line.label": label, "line.amount": amount(figure) })),
    metrics: metrics.map((one) => ({
      ...{ "metric.label": one.label, "metric.value": one.value, "metric.asOf": one.asOf },
    })),
  };
}

/** Everything that a document of this deal may say, and nothing beside it; what is not stored stays null. */
export function documentFacts(stored: StoredDeal): DocumentFacts {
  const terms = stored.offer?.terms;
  const known: Record<string, string | null | undefined> = { ...termFields(terms), ...recordFields(stored) };
  const fieldValue = (key: string, from: string) => (from === "stated" ? stored.stated[key] : known[key]) || null;
  return {
    fields: Object.fromEntries(FIELDS.map(({ key, from }) => [key, fieldValue(key, from)])),
    lists: listsOf(stored),
    conditions: {
      ...conditionsOf(terms),
      ...{
        checklist: (stored.conditions ?? []).length > 0,
        distributed: stored.paid !== null,
        statement: stored.statement !== null,
      },
    },
    figures: figuresOf(stored),
    open: terms ? [...openTerms(terms), ...silentTerms(terms)] : [],
  };
}
