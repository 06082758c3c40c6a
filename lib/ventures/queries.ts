import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { listOwners, type Person } from "@/lib/auth/people";
import { type Db, db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import {
  configurationWarnings,
  type EntryFacts,
  entryGate,
  type GateResult,
  type MonthValue,
  primaryMetrics,
  type ResolvedProfile,
  resolveProfile,
  unbrokenRun,
} from "./rules";
import { type AutonomyLevel, type Overrides, overridesSchema, type ProfileName } from "./schema";

const day = (date: Date | null): string | null => date?.toISOString().slice(0, 10) ?? null;

type VentureRow = Awaited<ReturnType<typeof db.venture.findFirstOrThrow>>;
type StageRow = { id: string; ordinal: number; enteredAt: Date; endedAt: Date | null; openSubstages: string[] };

export type VentureSummary = {
  id: string;
  slug: string;
  name: string;
  summary: string;
  sector: string;
  businessModel: string;
  currency: string;
  country: string;
  timeZone: string;
  stage: "mature" | "active" | "exited";
  foundedOn: string | null;
  maturityScore: string | null;
  maturityAssessedOn: string | null;
  /** The person who answers for it; null where nobody is named. */
  ownerId: string | null;
  /** Of the facts above; sent back with a change of them. */
  version: number;
  /** The current life in stage 40, or the last one; null before it. */
  stageRecord: {
    id: string;
    ordinal: number;
    enteredAt: string;
    endedAt: string | null;
    openSubstages: string[];
  } | null;
};

const lastStageRecord = { stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } } as const;

function toSummary(row: VentureRow & { stageRecords: StageRow[] }): VentureSummary {
  const { id, slug, name, summary, sector, businessModel, currency, country, timeZone, stage, version, ownerId } = row;
  const record = row.stageRecords[0];
  return {
    ...{ id, slug, name, summary, sector, businessModel, currency, country, timeZone, stage, version, ownerId },
    foundedOn: day(row.foundedOn),
    maturityScore: row.maturityScore?.toString() ?? null,
    maturityAssessedOn: day(row.maturityAssessedOn),
    stageRecord: record
      ? {
          id: record.id,
          ordinal: record.ordinal,
          enteredAt: record.enteredAt.toISOString(),
          endedAt: record.endedAt?.toISOString() ?? null,
          openSubstages: record.openSubstages,
        }
      : null,
  };
}

const visible = (actor: Actor) => ({
  archivedAt: null,
  ...(actor.ventures === "all" ? {} : { id: { in: [...actor.ventures] } }),
});

/** Every venture that the actor may see, by name. */
export async function listVentures(actor: Actor): Promise<VentureSummary[]> {
  const rows = await db.venture.findMany({ where: visible(actor), orderBy: { name: "asc" }, include: lastStageRecord });
  return rows.map(toSummary);
}

export type ArchivedVenture = { id: string; slug: string; name: string; archivedAt: Date };

/** Those that were put away, newest first. */
export async function listArchivedVentures(actor: Actor): Promise<ArchivedVenture[]> {
  const rows = await db.venture.findMany({
    where: { ...visible(actor), archivedAt: { not: null } },
    select: { id: true, slug: true, name: true, archivedAt: true },
    orderBy: { archivedAt: "desc" },
  });
  return rows.flatMap(({ archivedAt, ...row }) => (archivedAt ? [{ ...row, archivedAt }] : []));
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** By id or by slug, as a tool is given it; null for what does not exist or may not be seen. */
export async function findVentureFor(actor: Actor, given: string): Promise<{ id: string; name: string } | null> {
  return await db.venture.findFirst({
    where: { AND: [UUID.test(given) ? { id: given } : { slug: given }, visible(actor)] },
    select: { id: true, name: true },
  });
}

export async function findVentureBySlug(actor: Actor, slug: string): Promise<VentureSummary | null> {
  const row = await db.venture.findFirst({ where: { AND: [{ slug }, visible(actor)] }, include: lastStageRecord });
  return row ? toSummary(row) : null;
}

/** Throws NOT_FOUND for what does not exist and for what the actor may not see, alike. */
export async function getVenture(actor: Actor, ventureId: string): Promise<VentureSummary> {
  const row = maySeeVenture(actor, ventureId)
    ? await db.venture.findFirst({ where: { id: ventureId, archivedAt: null }, include: lastStageRecord })
    : null;
  if (!row) throw new AppError("NOT_FOUND");
  return toSummary(row);
}

/** Who can be named to answer for it. */
export async function listVentureOwners(actor: Actor, ventureId: string): Promise<Person[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return await listOwners(db, ventureId);
}

export type VentureSettingsView = ResolvedProfile & { ventureId: string; version: number; updatedAt: string };

/** The profile with the chairman's overrides on top, and the version to send back with a change. */
export async function getVentureSettings(actor: Actor, ventureId: string): Promise<VentureSettingsView> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const row = await db.ventureSettings.findUnique({ where: { ventureId } });
  if (!row) throw new AppError("NOT_FOUND");
  return { ventureId, version: row.version, updatedAt: row.updatedAt.toISOString(), ...resolveStored(row) };
}

type StoredSettings = { profile: ProfileName; autonomy: AutonomyLevel; overrides: unknown };

/** Stored overrides were valid when written; one that is not is a fault and not a reason to guess. */
export function resolveStored({ profile, autonomy, overrides }: StoredSettings): ResolvedProfile {
  const parsed = overridesSchema.safeParse(overrides);
  if (!parsed.success) throw new AppError("INTERNAL", { cause: parsed.error });
  return resolveProfile({ profile, autonomy, overrides: parsed.data as Overrides });
}

/** How many people may decide memos. */
export const countDeciders = (tx: Db | Tx): Promise<number> =>
  tx.user.count({ where: { role: "chairman", disabledAt: null } });

/** Today's central estimate in plain US dollars; null where there is none or no rate is stored. */
export async function valuationInDollars(tx: Tx, ventureId: string): Promise<string | null> {
  const point = await tx.metricPoint.findFirst({
    where: { ventureId, metric: "valuation", basis: "actual", supersededAt: null },
    orderBy: [{ periodStart: "desc" }, { asOf: "desc" }],
  });
  if (!point?.currency) return null;
  if (point.currency === "USD") return point.value.toString();
  const [straight, inverse] = [
    await tx.fxRate.findFirst({
      where: { base: point.currency, quote: "USD", supersededAt: null },
      orderBy: { day: "desc" },
    }),
    await tx.fxRate.findFirst({
      where: { base: "USD", quote: point.currency, supersededAt: null },
      orderBy: { day: "desc" },
    }),
  ];
  if (straight) return point.value.times(straight.rate).toString();
  return inverse ? point.value.div(inverse.rate).toString() : null;
}

/** What the settings page says beside the settings: sentences that warn, on today's valuation. */
export async function listConfigurationWarnings(actor: Actor, ventureId: string): Promise<string[]> {
  const { parameters } = await getVentureSettings(actor, ventureId);
  return configurationWarnings(parameters, await valuationInDollars(db, ventureId), await countDeciders(db));
}

/** The entry gate on today's stored facts, line by line. */
export async function getEntryGate(actor: Actor, ventureId: string): Promise<GateResult> {
  const { parameters } = await getVentureSettings(actor, ventureId);
  return entryGate(await readEntryFacts(db, ventureId), parameters);
}

const ENTRY_METRICS = ["revenue", "valuation", "exit_readiness"];

/** What the entry gate looks at, from stored months. */
export async function readEntryFacts(tx: Tx, ventureId: string): Promise<EntryFacts> {
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId }, select: { maturityScore: true } });
  const points = await tx.metricPoint.findMany({
    where: { ventureId, metric: { in: ENTRY_METRICS }, basis: "actual", grain: "month", supersededAt: null },
    select: { metric: true, periodStart: true, value: true },
    orderBy: [{ periodStart: "asc" }, { asOf: "asc" }],
  });
  const months = (metric: string): MonthValue[] => {
    const rows = points.filter((point) => point.metric === metric);
    // Two sources for one month: the newest as-of stands here; the contradiction is shown where the metric is.
    const newest = new Map(rows.map((row) => [row.periodStart.toISOString().slice(0, 7), row.value.toString()]));
    return [...newest].map(([month, value]) => ({ month, value }));
  };
  const revenue = months("revenue");
  return {
    maturityScore: venture.maturityScore?.toString() ?? null,
    metrics: primaryMetrics(revenue, months("valuation"), months("exit_readiness")),
    metricsMonths: unbrokenRun(revenue).length,
  };
}
