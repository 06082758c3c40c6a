import "server-only";
import { findClosing, type ItemRow } from "@/lib/closing/queries/closing-row";
import type { Db, Tx } from "@/lib/db";
import { loadOffers, type OfferVersionView } from "@/lib/deals/queries/offers";
import { type DealRow, findProcess } from "@/lib/deals/queries/process";
import { computeRecord } from "@/lib/distribution/queries/records/compute";
import { AppError } from "@/lib/errors";
import type { Figure } from "@/lib/figures/schema";
import { formatDay, formatFigure } from "@/lib/format";
import { ledgerScope } from "@/lib/ledger/queries";
import { computePerformance, todayOf } from "@/lib/metrics/queries/performance";
import { figuresByKey } from "@/lib/metrics/rules/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { fromMinor } from "@/lib/money";
import { paidFigures } from "../rules/document-figures";
import { documentFacts, type StoredDeal } from "../rules/facts";
import type { DocumentFacts } from "../rules/fill";
import type { DocumentKind } from "../schema";
import { distributedTo, laterOf } from "./figures";
import { statementOf } from "./statement";

const MEASURES: Readonly<Record<string, string>> = {
  ...{ revenue_12m: "Revenue, last twelve months", growth_rate: "Growth over a year" },
  ...{ arr: "Annual recurring revenue", gross_margin_ratio: "Gross margin" },
  ...{ net_revenue_retention: "Net revenue retention", customers: "Paying customers" },
  ebitda_12m: "EBITDA, last twelve months",
};
const MODELS: Readonly<Record<string, string>> = { saas: "software-as-a-service" };
const COUNTRIES = new Intl.DisplayNames("en-GB", { type: "region" });
const BRIDGE = [
  ...(["price", "earnOuts", "vendorNote", "stock", "rollover", "cash", "debt", "workingCapital", "costs"] as const),
  ...(["carveOut", "escrow", "holdback", "closing"] as const),
];

/** Documents that list the holders as the statement of the closing has them, once there is one. */
const BY_STATEMENT: readonly DocumentKind[] = ["board-consent", "funds-flow"];

export type Asked = {
  kind: DocumentKind;
  dealId: string;
  offer: { offerId: string; version: number } | null;
  about: string;
};

type Measured = { lines: StoredDeal["metrics"]; figures: Figure[] };
async function metricsOf(tx: Tx, ventureId: string, now: Date): Promise<Measured> {
  const { figures } = await computePerformance(tx, ventureId, null, now);
  const byKey = figuresByKey(figures);
  const lines = Object.entries(MEASURES).flatMap(([key, label]) => {
    const figure = byKey.get(key);
    if (!figure || figure.value === null) return [];
    return [{ id: figure.id, label, value: formatFigure(figure), asOf: formatDay(figure.asOf) }];
  });
  return { lines, figures };
}

/** The newest statement of each field. */
export async function statedOf(tx: Tx | Db, dealId: string): Promise<Record<string, string>> {
  const rows = await tx.dealParticular.findMany({ where: { dealId }, orderBy: { id: "asc" } });
  return Object.fromEntries(rows.map(({ field, value }) => [field, value]));
}

const labelled = (label: string): string => {
  const text = label.slice(label.lastIndexOf(": ") + 2);
  return text.charAt(0).toUpperCase() + text.slice(1);
};

/** A tranche with what the last joint instruction that was not carried out yet lets go; without one nothing is. */
async function trancheOf(tx: Tx, ventureId: string, id: string): Promise<StoredDeal["tranche"]> {
  const instructions = { where: { transaction: null }, orderBy: { recordedAt: "desc" as const }, take: 1 };
  const row = await tx.deferredTranche.findFirst({ where: { id, ventureId }, include: { instructions } });
  if (!row) return null;
  const { label, endsOn, currency, heldBy } = row;
  const [asked] = row.instructions;
  const released = asked ? `${fromMinor(asked.sellersMinor, currency).toFixed()} ${currency}` : null;
  return { label, opensOn: dayText(endsOn), currency, heldBy, released };
}

const offerParts = (view: OfferVersionView, all: readonly Figure[]) => {
  const unknown = { value: null, unit: "" };
  const ids = new Set(Object.values(view.figures).map(({ id }) => id));
  const own = all.filter(({ id }) => ids.has(id));
  const proceeds = view.proceeds.known ? view.proceeds.holders : [];
  const later = new Map(proceeds.map(({ id }) => [id, laterOf(own, id)]));
  return {
    later: [...later.values()].filter((figure) => figure !== null),
    figures: view.figures,
    bridge: BRIDGE.flatMap((part) => {
      const figure = view.figures[part];
      return figure && figure.value !== null && Number(figure.value) !== 0
        ? [{ label: labelled(figure.label), figure }]
        : [];
    }),
    holders: proceeds.map(({ id, name }) => ({
      ...{ id, name, atClosing: view.figures[`holder.${id}.atClosing`] ?? unknown, later: later.get(id) ?? unknown },
    })),
  };
};

export type SoldVenture = NonNullable<Awaited<ReturnType<Tx["venture"]["findUnique"]>>>;
export type Sale = {
  venture: SoldVenture;
  deals: DealRow[];
  offers: OfferVersionView[];
  figures: Figure[];
  today: string;
};

/** The sale with its offers computed; null where none is open. */
export async function loadSale(tx: Tx, venture: SoldVenture, now: Date): Promise<Sale | null> {
  const process = await findProcess(tx, venture.id);
  if (!process) return null;
  const { deals, offers, figures } = await loadOffers(tx, venture, process);
  return { venture, deals, offers, figures, today: todayOf(venture, now) };
}

/** What a document is made from, with every figure that it may quote and what those rest on. */
export type FoundFacts = { facts: DocumentFacts; figures: Figure[] };

/** What the ledger has paid of a deal that is closed; before that, and for everybody else's deal, nothing. */
async function paidOf(
  tx: Tx,
  { venture, today }: Sale,
  deal: DealRow,
  holder: { id: string; name: string } | undefined,
) {
  if (!holder || deal.facts.closedOn === null) return null;
  const found = (await distributedTo(tx, venture.id, today)).find(({ holderId }) => holderId === holder.id);
  return found ? paidFigures(await ledgerScope(tx, venture.id, today), { ...found, name: holder.name }) : null;
}

const UNKNOWN = { value: null, unit: "" };

/** Of a deal that is closed the record says who shares, and what is still to come; the offer only said what would be. */
async function toldByRecord(tx: Tx, { venture, today }: Sale, deal: DealRow, holderId: string) {
  const record = deal.facts.closedOn === null ? null : await computeRecord(tx, venture, venture.currency, today);
  const holder = record?.facts.holders.find(({ id }) => id === holderId);
  const later = record?.figures.find("holder.open", { holder: holderId });
  return holder && later ? { id: holderId, name: holder.name, later } : null;
}

/**
 * Each condition of the checklist with how it was settled, in words; null stands for one that is open. Without a checklist
 * nobody has said of any that it is fulfilled.
 */
async function conditionsOf(tx: Tx, dealId: string, offered: readonly string[]): Promise<StoredDeal["conditions"]> {
  const closing = await findClosing(tx, dealId);
  const own = closing?.items.filter(({ task }) => task.condition !== null) ?? [];
  const words = ({ state, evidence, waivers }: ItemRow): string | null => {
    if (state === "waived") return `waived on ${formatDay(waivers.at(-1)?.on ?? "")}`;
    if (state === "not-applicable") return "does not apply";
    return state === "done" ? `fulfilled${evidence ? ` on ${formatDay(evidence.on)}` : ""}` : null;
  };
  return closing
    ? own.map((item) => ({ text: item.task.title, standing: words(item) }))
    : offered.map((text) => ({ text, standing: null }));
}

/** The facts of a document to be written now; an offer or a subject that is not of this sale is a refusal. */
export async function loadDocumentFacts(
  tx: Tx,
  sale: Sale,
  asked: Asked,
  now: Date,
): Promise<FoundFacts | "NO_SUCH_OFFER" | "NO_SUCH_SUBJECT"> {
  const { venture, offers, today } = sale;
  const deal = sale.deals.find(({ id }) => id === asked.dealId);
  if (!deal) throw new AppError("NOT_FOUND");
  const { offer, kind, about } = asked;
  const view = offers.find(
    (one) => one.dealId === deal.id && one.offerId === offer?.offerId && one.version === offer.version,
  );
  if (offer && !view) return "NO_SUCH_OFFER";
  const parts = view ? offerParts(view, sale.figures) : { figures: {}, bridge: [], holders: [], later: [] };
  const tranche = kind === "release-letter" && about ? await trancheOf(tx, venture.id, about) : null;
  const offered = parts.holders.find(({ id }) => id === about);
  const told = kind === "distribution-notice" && about ? await toldByRecord(tx, sale, deal, about) : null;
  const holder = told ? { ...told, atClosing: offered?.atClosing ?? UNKNOWN } : offered;
  if (about && !tranche && !holder) return "NO_SUCH_SUBJECT";
  const holders = holder ? [holder, ...parts.holders.filter(({ id }) => id !== about)] : parts.holders;
  const paid = kind === "distribution-notice" ? await paidOf(tx, sale, deal, holder) : null;
  const metrics = kind === "teaser" ? await metricsOf(tx, venture.id, now) : { lines: [], figures: [] };
  const statement = BY_STATEMENT.includes(kind) ? await statementOf(tx, venture, offer) : null;
  const facts = documentFacts({
    company: {
      ...{ name: venture.name, sector: venture.sector, country: COUNTRIES.of(venture.country) ?? venture.country },
      businessModel: MODELS[venture.businessModel] ?? venture.businessModel,
    },
    ...{ deal, day: today, about, ...parts, holders, statement: statement?.lines ?? null },
    offer: view ? { title: view.title, dated: view.dated, terms: view.terms } : null,
    ...{ metrics: metrics.lines, paid, tranche, stated: await statedOf(tx, deal.id) },
    conditions: kind === "closing-certificate" ? await conditionsOf(tx, deal.id, view?.terms.conditions ?? []) : null,
  });
  const computed = [
    ...(statement?.figures ?? []),
    ...parts.later,
    ...(told ? [told.later] : []),
    ...Object.values(paid ?? {}),
    ...metrics.figures,
  ];
  return { facts, figures: [...sale.figures, ...computed] };
}
