import "server-only";
import type { Tx } from "@/lib/db";
import type { FigureSource } from "@/lib/figures/schema";
import { GROUP_HOLDING } from "@/lib/growth/queries/drivers/drivers";
import { loadRates } from "@/lib/metrics/queries/fx";
import { rateDataset, rateSources } from "@/lib/metrics/rules/used-rates";
import { minorDigits } from "@/lib/money";
import { classesOf, type VentureRow } from "@/lib/valuation/queries/compute";
import { partsByHolder } from "@/lib/valuation/rules/holder-proceeds";
import type { HolderParts } from "../rules/holders";
import { type OfferFrame, offerFigures } from "../rules/offer-figures";
import { type OfferContext, type OfferProceeds, offerProceeds, prepareOffers } from "../rules/proceeds";
import type { Assumptions } from "../schema/deal";
import type { OfferTerms } from "../schema/terms";

/** What offers of a venture are computed against, or why they cannot be. */
export type LoadedContext = {
  context: OfferContext | null;
  /** Why holders are unknown, or the group's part of them. */
  reason: string;
  sources: FigureSource[];
  rateSources: Readonly<Record<string, FigureSource[]>>;
};

type Held = Awaited<ReturnType<typeof classesOf>>;

function holdersOf(held: Extract<Held, { table: unknown }>): HolderParts[] {
  return [...partsByHolder(held.table, held.classes)].map(([id, parts]) => ({
    ...{ id, name: held.table.holders.get(id) ?? id },
    parts: Object.fromEntries(
      held.classes.flatMap((each, index) => {
        const part = parts[index];
        return part && part.n > 0n ? [[each.id, part.toFraction()]] : [];
      }),
    ),
  }));
}

async function ratesFor(tx: Tx, venture: VentureRow, currencies: readonly string[], day: string) {
  const foreign = [...new Set(currencies)].filter((currency) => currency !== venture.currency);
  const rates = await loadRates(tx, venture.currency, foreign, day, day);
  const datasets = foreign.map((currency) => rateDataset(currency, venture.currency));
  const rows = await tx.datasetVersion.findMany({ where: { dataset: { in: datasets } } });
  const versions = new Map(rows.map(({ dataset, version }) => [dataset, version]));
  const found = foreign.flatMap((currency) => {
    const rate = rates.rate(currency, day);
    const used = rates.used(currency, day);
    return rate && used ? [{ currency, rate: rate.toSignificantDigits(24).toFixed(), used }] : [];
  });
  return {
    rates: Object.fromEntries(found.map(({ currency, rate }) => [currency, rate])),
    rateSources: Object.fromEntries(found.map(({ currency, used }) => [currency, rateSources([used], versions)])),
  };
}

/** Cap table, holders, group and rates of the day on which offers are compared. */
export async function loadOfferContext(
  tx: Tx,
  venture: VentureRow,
  { discountRatio, valuedOn }: Assumptions,
  currencies: readonly string[],
): Promise<LoadedContext> {
  const held = await classesOf(tx, venture, valuedOn);
  const rows = await tx.datasetVersion.findMany({
    where: { ventureId: venture.id, dataset: { in: ["cap-table", GROUP_HOLDING] } },
  });
  const sources = rows.map(
    ({ dataset, version }): FigureSource => ({
      ...{ kind: "dataset", ventureId: venture.id, dataset, version, rows: 1, filter: {} },
    }),
  );
  const { rates, rateSources: ofRates } = await ratesFor(tx, venture, currencies, valuedOn);
  if (held.classes === null) return { context: null, reason: held.reason, sources, rateSources: ofRates };
  const context: OfferContext = {
    ...{ currency: venture.currency, digits: minorDigits(venture.currency), classes: held.classes },
    ...{ holders: holdersOf(held), group: held.group && [...held.group], rates, discountRatio, valuedOn },
  };
  return { context, reason: held.reason, sources, rateSources: ofRates };
}

export type OfferVersionFacts = { offerId: string; version: number; name: string; terms: OfferTerms };

/** The data set of everything that a bidder has said: what another negotiation has for its alternative. */
export const bidsDataset = (dealId: string): string => `bids:${dealId}`;

/** The data set of one version of an offer: its terms never change. */
export const offerDataset = (offerId: string, version: number): string => `offer:${offerId}:${version}`;

/** Computes versions of offers one after the other against the same cap table, with every figure of each. */
export function computeOffers(
  venture: VentureRow,
  { context, reason, sources, rateSources: ofRates }: LoadedContext,
  assumptions: Assumptions,
  versions: readonly OfferVersionFacts[],
) {
  const prepared = context && prepareOffers(context);
  return versions.map(({ offerId, version, name, terms }) => {
    const proceeds: OfferProceeds = prepared
      ? offerProceeds(terms, prepared)
      : { known: false, reason: context ? "incomplete-cap-table" : reason, open: [], problems: [] };
    const own: FigureSource = {
      ...{ kind: "dataset", ventureId: venture.id, dataset: offerDataset(offerId, version), version: 1, rows: 1 },
      filter: { offer: offerId, version },
    };
    const frame: OfferFrame = {
      ...{ ventureId: venture.id, currency: venture.currency, offerId, version, name, ...assumptions },
      sources: [own, ...sources, ...(ofRates[terms.currency] ?? [])],
    };
    return { offerId, version, proceeds, figures: offerFigures(frame, proceeds) };
  });
}
