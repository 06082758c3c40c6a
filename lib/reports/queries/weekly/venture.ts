import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { type Db, db, type Tx } from "@/lib/db";
import type { Figure } from "@/lib/figures/schema";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { type SeenVenture, seenVenture } from "@/lib/readiness/queries/assessment";
import { daysAhead, sectionGaps } from "../../rules/weekly/ahead";
import { type MetricLine, num, type VentureFacts, type WeeklyFacts } from "../../rules/weekly/facts";
import { type Light, lightOf } from "../../rules/weekly/status";
import { weekFigure } from "../../rules/weekly/weekly-figures";
import { dayAt, type Week, weekAfter } from "../../rules/weekly/weeks";
import { collectDeal, collectReleases, collectValue } from "./deal";
import { collectDecided, collectDue, collectWork } from "./decisions";
import { collectExperiments, collectInitiatives, type Ref } from "./growth";
import { collectMeasures } from "./measures";
import { collectOverrides } from "./overrides";
import { collectReadiness } from "./readiness";
import { collectRegister, collectRisks } from "./risks";

export type Gathered<T extends WeeklyFacts = WeeklyFacts> = { facts: T; figures: Figure[]; stored: Ref[] };

/** What the newest revision of the week before was written from; null where there is none. */
export async function factsBefore(tx: Db | Tx, scope: string, week: string): Promise<WeeklyFacts | null> {
  const row = await tx.weeklyRevision.findFirst({
    where: { report: { scope, week: weekAfter(week, -1) }, revision: { gt: 0 } },
    orderBy: { revision: "desc" },
    select: { facts: true },
  });
  return row ? (row.facts as unknown as WeeklyFacts) : null;
}

const SUBSTAGES: Readonly<Record<string, string>> = {
  "40.1": "growth",
  "40.2": "exit preparation",
  "40.3": "value realization",
};

/** Where the venture stood on the last day of the week, in words. */
async function stageOf(tx: Tx, ventureId: string, week: Week): Promise<{ stage: string; exitedOn: string | null }> {
  const record = await tx.stageRecord.findFirst({
    where: { ventureId, enteredAt: { lt: new Date(week.endsAt) } },
    orderBy: { ordinal: "desc" },
  });
  if (!record) return { stage: "not in Stage 40", exitedOn: null };
  if (record.endedAt && record.endedAt < new Date(week.endsAt))
    return { stage: "exited", exitedOn: dayAt(record.endedAt, week.timeZone) };
  return { stage: record.openSubstages.map((one) => SUBSTAGES[one] ?? one).join(", ") || "Stage 40", exitedOn: null };
}

const measuresFor = (lines: readonly MetricLine[]) =>
  lines.flatMap(({ key, label, level }) => (level ? [{ key, label, tone: level.tone }] : []));

type Parts = Pick<VentureFacts, "decisions" | "risks" | "deal"> & { all: readonly MetricLine[]; exited: boolean };

function lightFor({ decisions, risks, deal, all, exited }: Parts): Light {
  const spare = deal.closing?.spare.value ?? null;
  return lightOf({
    measures: measuresFor(all),
    alerts: risks,
    overdueDecisions: decisions.filter(({ overdue }) => overdue).length,
    sold: exited,
    daysToSpare: spare === null ? null : Number(spare),
    overdueConditions: deal.closing?.conditions.filter(({ overdue }) => overdue).length ?? 0,
  });
}

type Beside = Awaited<ReturnType<typeof besides>>;

/** What is not read in the same moment of the database, because its own queries open theirs. */
async function besides(actor: Actor, ventureId: string, week: Week) {
  const initiatives = await collectInitiatives(actor, ventureId, week);
  const experiments = await collectExperiments(ventureId, week);
  const releases = await collectReleases(actor, ventureId, week.endsOn);
  return { initiatives, experiments, releases };
}

async function inOneMoment(tx: Tx, venture: SeenVenture, week: Week, now: Date) {
  const scope = { ...week, ventureId: venture.id };
  const before = await factsBefore(tx, venture.id, week.id);
  const last = before?.kind === "venture" ? before : null;
  const stage = await stageOf(tx, venture.id, week);
  const measures = await collectMeasures(tx, venture, week, last);
  const readiness = await collectReadiness(tx, venture, week);
  const deal = await collectDeal(tx, venture, week, scope);
  const value = await collectValue(tx, venture.id, week);
  const due = await collectDue(tx, venture, scope, now);
  const decided = await collectDecided(tx, venture, scope);
  const overrides = await collectOverrides(tx, venture, week);
  const work = await collectWork(tx, scope);
  const risks = await collectRisks(tx, venture, week);
  const register = await collectRegister(tx, venture, week);
  const waiting = weekFigure(scope, {
    ...{ part: "waiting", label: "Decisions that wait", value: due.facts.length },
    formula: "open memos when the report is written",
  });
  const collected = [measures, readiness, deal, value, due, decided, work];
  return {
    ...{ last, stage, measures, readiness, deal, value, due, decided, overrides, work, risks, register, waiting },
    figures: [...collected.flatMap(({ figures }) => figures), waiting],
    stored: [...readiness.stored, ...value.stored],
  };
}

function factsOf(
  venture: SeenVenture,
  week: Week,
  now: Date,
  told: Awaited<ReturnType<typeof inOneMoment>>,
  { initiatives, experiments, releases }: Beside,
): VentureFacts {
  const { last, stage, measures, risks } = told;
  const { all, ...measured } = measures.facts;
  const exited = stage.exitedOn !== null;
  // Of what was sold no measure is followed any more.
  const shown = exited ? { metrics: [], cash: [], charts: [], gaps: [] } : measured;
  const decisions = told.due.facts;
  const deal = told.deal.facts;
  const facts = {
    ...{ kind: "venture" as const, week, writtenAt: now.toISOString(), ...shown, decisions, deal, risks },
    venture: { id: venture.id, slug: venture.slug, name: venture.name, currency: venture.currency, ...stage },
    light: lightFor({ decisions, risks, deal, all, exited }),
    lastLight: last ? { light: last.light.light, week: last.week.id } : null,
    ...{ waitingCount: num(told.waiting), initiatives: initiatives.facts, experiments: experiments.facts },
    ...{ readiness: told.readiness.facts, value: told.value.facts, releases: releases.facts },
    ...{ ...told.decided.facts, overrides: told.overrides, work: told.work.facts, register: told.register },
    ahead: [],
  } satisfies VentureFacts;
  return { ...facts, gaps: [...facts.gaps, ...sectionGaps(facts)], ahead: daysAhead(facts) };
}

/** Everything that a venture's report of a week says, with the figures to be stored. */
export async function gatherVenture(
  actor: Actor,
  ventureId: string,
  week: Week,
  now: Date,
): Promise<Gathered<VentureFacts>> {
  const venture = await seenVenture(actor, db, ventureId);
  const told = await atOneMoment((tx) => inOneMoment(tx, venture, week, now));
  const beside = await besides(actor, ventureId, week);
  return {
    facts: factsOf(venture, week, now, told, beside),
    figures: [...told.figures, ...beside.experiments.figures, ...beside.releases.figures],
    stored: [...told.stored, ...beside.initiatives.stored],
  };
}
