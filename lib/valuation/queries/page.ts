import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db, type Tx } from "@/lib/db";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { atOneMoment, loadVentureFacts, todayOf } from "@/lib/metrics/queries/performance";
import { ventureFigures } from "@/lib/metrics/rules/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { startInputs } from "../rules/start-inputs";
import { partOf } from "../rules/venture-figures";
import type { ValuationContext } from "../rules/venture-methods";
import { changesBetween, type InputChange } from "../rules/version-changes";
import { METHOD_KEYS, type MethodKey, VALUATION, type ValuationInputs } from "../schema/venture";
import { type Computed, computeValuation, loadKept, type VentureRow } from "./compute";

export type MethodLine = {
  key: MethodKey;
  used: boolean;
  /** Of multiples: who counts, and who was left out and why. */
  comparables: {
    used: number;
    excluded: readonly { name: string; why: string }[];
    /** By a market series to the day of the valuation. */
    carried: readonly { name: string; factor: string }[];
  } | null;
};

export type VersionLine = {
  version: number;
  asOf: string;
  reason: string;
  by: string;
  at: string;
  /** Equity value as it was kept, in plain units, and by how much it moved. */
  equity: FigureView | null;
  moved: string | null;
  changes: InputChange[];
};

export type VentureValuation = {
  venture: { id: string; slug: string; name: string; currency: string };
  /** 0: nothing is kept yet, and the inputs are where to begin. */
  version: number;
  today: string;
  inputs: ValuationInputs;
  /** By part: "dcf.central", "equity", "group"; empty before the first version. */
  figures: Record<string, FigureView>;
  methods: MethodLine[];
  tornado: { name: string; low: string; high: string }[];
  context: ValuationContext;
  /** With figures "holder.<id>.low" and so on, the largest first. */
  holders: Computed["holders"];
  /** The comparables or the cap table moved since the newest version was kept. */
  movedSince: boolean;
  versions: VersionLine[];
};

type RunPart = { figure: string; revision: number; value: string | null };
type Run = Record<string, RunPart | undefined>;

const MOST_VERSIONS = 30;

async function versionsOf(tx: Tx, ventureId: string, currency: string): Promise<VersionLine[]> {
  const rows = await tx.valuationVersion.findMany({
    where: { ventureId },
    orderBy: { version: "desc" },
    take: MOST_VERSIONS + 1,
  });
  const names = await namesByRef(
    tx,
    rows.map(({ createdBy }) => createdBy),
  );
  const equityOf = (row: (typeof rows)[number] | undefined) => (row ? ((row.run as Run).equity ?? null) : null);
  return rows.slice(0, MOST_VERSIONS).map((row, index) => {
    const before = rows[index + 1];
    const [now, was] = [equityOf(row), equityOf(before)];
    const asOf = dayText(row.asOf);
    const view: FigureView | null = now && {
      ...{ id: now.figure, revision: now.revision, value: now.value, unit: currency, asOf, label: "Equity value" },
    };
    const moved = now?.value && was?.value ? new Exact(now.value).minus(was.value).toFixed() : null;
    return {
      ...{ version: row.version, asOf, reason: row.reason, at: row.createdAt.toISOString() },
      ...{ by: names.get(row.createdBy) ?? row.createdBy, equity: view, moved },
      changes: before ? changesBetween(before.inputs, row.inputs) : [],
    };
  });
}

async function startOf(
  tx: Tx,
  venture: VentureRow & { businessModel: string },
  today: string,
): Promise<ValuationInputs> {
  const { facts, cohorts } = await loadVentureFacts(tx, venture, today);
  const { figures } = ventureFigures(facts, cohorts);
  const value = (key: string) => {
    const found = figures.find(({ method }) => method === `metrics.venture.${key}@1`)?.value;
    return found ? new Exact(found).toDecimalPlaces(2).toFixed() : null;
  };
  return startInputs({ asOf: today, revenue: value("revenue_12m"), ebitda: value("ebitda_12m"), cash: value("cash") });
}

const linesOf = ({ valuation }: Computed): MethodLine[] =>
  valuation.methods.map(({ key, used, multiples, carried = [] }) => ({
    ...{ key, used },
    comparables: multiples ? { used: multiples.used.length, excluded: multiples.excluded, carried } : null,
  }));

const viewsOf = (figures: readonly Figure[], venture: string, version: number): Record<string, FigureView> =>
  Object.fromEntries(
    figures.map((figure) => [partOf(figure), askedView(figure, { of: VALUATION, args: { venture, version } })]),
  );

/** A venture's valuation by its newest inputs, with its history; null for one out of sight. */
export async function findVentureValuation(
  actor: Actor,
  ventureId: string,
  now: Date,
): Promise<VentureValuation | null> {
  const row = await db.venture.findUnique({ where: { id: ventureId } });
  if (!row || !maySeeVenture(actor, ventureId)) return null;
  const today = todayOf(row, now);
  return atOneMoment(async (tx) => {
    const kept = await loadKept(tx, ventureId, null);
    const inputs = kept?.inputs ?? (await startOf(tx, row, today));
    const version = kept?.version ?? 0;
    const computed = await computeValuation(tx, row, { version, asOf: kept?.asOf ?? today, inputs });
    const versions = await versionsOf(tx, ventureId, row.currency);
    const { id, slug, name, currency } = row;
    const live = computed.figures.find((figure) => partOf(figure) === "equity")?.value ?? null;
    return {
      venture: { id, slug, name, currency },
      ...{ version, today, inputs, versions, context: computed.context, holders: computed.holders },
      figures: kept ? viewsOf(computed.figures, ventureId, version) : {},
      methods: kept ? linesOf(computed) : METHOD_KEYS.map((key) => ({ key, used: false, comparables: null })),
      tornado: kept
        ? computed.valuation.tornado.map(({ name: driver }) => {
            const ends = computed.valuation.varied[driver];
            return { name: driver, low: ends?.low.toFixed() ?? "", high: ends?.high.toFixed() ?? "" };
          })
        : [],
      movedSince: kept !== null && (versions[0]?.equity?.value ?? null) !== live,
    };
  });
}
