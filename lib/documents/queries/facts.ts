import "server-only";
import type { Db, Tx } from "@/lib/db";
import { loadOffers, type OfferVersionView } from "@/lib/deals/queries/offers";
import { type DealRow, findProcess } from "@/lib/deals/queries/process";
import { AppError } from "@/lib/errors";
import { formatDay, formatFigure } from "@/lib/format";
import { computePerformance, todayOf } from "@/lib/metrics/queries/performance";
import { figuresByKey } from "@/lib/metrics/rules/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { fromMinor } from "@/lib/money";
import { documentFacts, type StoredDeal } from "../rules/facts";
import type { DocumentFacts } from "../rules/fill";
import type { DocumentKind } from "../schema";

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

export type Asked = {
  kind: DocumentKind;
  dealId: string;
  offer: { offerId: string; version: number } | null;
  about: string;
};

async function metricsOf(tx: Tx, ventureId: string, now: Date): Promise<StoredDeal["metrics"]> {
  const { figures } = await computePerformance(tx, ventureId, null, now);
  const byKey = figuresByKey(figures);
  return Object.entries(MEASURES).flatMap(([key, label]) => {
    const figure = byKey.get(key);
    if (!figure || figure.value === null) return [];
    return [{ label, value: formatFigure(figure), asOf: formatDay(figure.asOf) }];
  });
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

const offerParts = (view: OfferVersionView) => {
  const stored = (part: string) => view.figures[part] ?? { value: null, unit: "" };
  const proceeds = view.proceeds.known ? view.proceeds.holders : [];
  return {
    figures: view.figures,
    bridge: BRIDGE.flatMap((part) => {
      const figure = view.figures[part];
      return figure && figure.value !== null && Number(figure.value) !== 0
        ? [{ label: labelled(figure.label), figure }]
        : [];
    }),
    holders: proceeds.map(({ id, name }) => ({
      ...{ id, name, atClosing: stored(`holder.${id}.atClosing`), total: stored(`holder.${id}.total`) },
    })),
  };
};

export type SoldVenture = NonNullable<Awaited<ReturnType<Tx["venture"]["findUnique"]>>>;
export type Sale = {
  venture: SoldVenture;
  deals: DealRow[];
  offers: OfferVersionView[];
  today: string;
};

/** The sale with its offers computed; null where none is open. */
export async function loadSale(tx: Tx, venture: SoldVenture, now: Date): Promise<Sale | null> {
  const process = await findProcess(tx, venture.id);
  if (!process) return null;
  const { deals, offers } = await loadOffers(tx, venture, process);
  return { venture, deals, offers, today: todayOf(venture, now) };
}

/** The facts of a document to be written now; an offer or a subject that is not of this sale is a refusal. */
export async function loadDocumentFacts(
  tx: Tx,
  sale: Sale,
  asked: Asked,
  now: Date,
): Promise<DocumentFacts | "NO_SUCH_OFFER" | "NO_SUCH_SUBJECT"> {
  const { venture, offers, today } = sale;
  const deal = sale.deals.find(({ id }) => id === asked.dealId);
  if (!deal) throw new AppError("NOT_FOUND");
  const { offer, kind, about } = asked;
  const view = offers.find(
    (one) => one.dealId === deal.id && one.offerId === offer?.offerId && one.version === offer.version,
  );
  if (offer && !view) return "NO_SUCH_OFFER";
  const parts = view ? offerParts(view) : { figures: {}, bridge: [], holders: [] };
  const tranche = kind === "release-letter" && about ? await trancheOf(tx, venture.id, about) : null;
  if (about && !tranche && !parts.holders.some(({ id }) => id === about)) return "NO_SUCH_SUBJECT";
  return documentFacts({
    company: {
      ...{ name: venture.name, sector: venture.sector, country: COUNTRIES.of(venture.country) ?? venture.country },
      businessModel: MODELS[venture.businessModel] ?? venture.businessModel,
    },
    ...{ deal, day: today, about, ...parts },
    offer: view ? { title: view.title, dated: view.dated, terms: view.terms } : null,
    metrics: kind === "teaser" ? await metricsOf(tx, venture.id, now) : [],
    tranche,
    stated: await statedOf(tx, deal.id),
  });
}
