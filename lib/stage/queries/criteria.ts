import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db, type Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { toFigure } from "@/lib/figures/queries";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureAsk, FigureView } from "@/lib/figures/schema";
import { growthDoneWhen } from "@/lib/growth/rules/initiatives/initiative-done-when";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { entryGate } from "@/lib/ventures/rules";
import {
  criteriaText,
  entryLines,
  exitLines,
  growthLines,
  type Judged,
  preparationLines,
  saleLines,
} from "../rules/criteria";
import { exitCriteria } from "../rules/exit-criteria";
import type { FactKey } from "../rules/stage-figures";
import { CRITERION_GROUPS, type CriterionGroup, type CriterionId, GROUP_LABELS, groupOf } from "../schema/run";
import { loadExitFacts } from "./exit-facts";
import { loadStageFacts, type StageVenture } from "./stage-facts";

type OverrideRow = Awaited<ReturnType<Tx["stageOverride"]["findMany"]>>[number];

/** The life in stage 40 that is meant: the one under way or the last; the first to come where there was none. */
export async function lifeOf(tx: Tx, ventureId: string) {
  const record = await tx.stageRecord.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  const run = await tx.stageRun.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  const ordinal = Math.max(record?.ordinal ?? 0, run?.ordinal ?? 0, 1);
  return { ordinal, record: record?.ordinal === ordinal ? record : null, run: run?.ordinal === ordinal ? run : null };
}

const FACTS_OF: Readonly<Partial<Record<CriterionId, readonly FactKey[]>>> = {
  "entry.venture-mature": ["maturity"],
  "entry.metrics-positive": ["metrics-positive"],
  "entry.metrics-period": ["metrics-period"],
  "40.1.levers-identified": ["levers"],
  "40.1.strategies-executed": ["executed"],
  "40.1.metrics-improved": ["improved", "worsened"],
  "40.3.negotiated": ["agreed"],
  "40.3.closed": ["completed"],
  "40.3.distributed": ["distributions", "payable"],
  "exit.executed": ["agreed", "completed"],
  "exit.value-captured": ["distributions", "payable", "deferred"],
};

/** A figure that a line rests on: stored at a revision, or with the question that makes it when it is opened. */
export type Evidence = { figure: Figure; revision: number } | { figure: Figure; ask: FigureAsk };

export type LoadedLine = Judged & {
  /** Met by the facts, or let pass by the chairman. */
  holds: boolean;
  evidence: Evidence[];
  override: OverrideRow | null;
};

/** The figure that was stored with the newest snapshot: growth as the desk shows it. */
async function growthEvidence(tx: Tx, ventureId: string): Promise<Evidence[]> {
  const snapshot = await tx.ventureSnapshot.findUnique({ where: { ventureId } });
  const measures = snapshot?.measures as Record<string, { id?: string; revision?: number } | undefined> | null;
  const { id, revision } = measures?.growth_rate ?? {};
  return id && revision ? storedEvidence(tx, id, revision) : [];
}

async function storedEvidence(tx: Tx, id: string, revision: number): Promise<Evidence[]> {
  const row = await tx.figure.findFirst({ where: { id, revision } });
  return row ? [{ figure: toFigure(row), revision }] : [];
}

type Exit = Awaited<ReturnType<typeof loadExitFacts>>;

/** What the lines of 40.2 and of growth rest on; the counts are the same for all. */
async function ownEvidence(tx: Tx, ventureId: string, today: string, { valuation, buyers, room }: Exit) {
  const args = { venture: ventureId, day: today };
  const asked = (figure: Figure | null, of: string, more: Record<string, string> = {}): Evidence[] =>
    figure ? [{ figure, ask: { of, args: { ...args, ...more } } }] : [];
  const inRoom = { room: room.roomId ?? "" };
  const equity = valuation?.parts.equity;
  const own: Partial<Record<CriterionId, Evidence[]>> = {
    "40.2.buyers": asked(buyers.figure, "stage.exit"),
    "40.2.diligence": [
      ...asked(room.completeness, "data-room", inRoom),
      ...asked(room.priceEffect, "data-room", inRoom),
    ],
    "40.2.valuation": equity ? await storedEvidence(tx, equity.figure, equity.revision) : [],
    "exit.growth-optimized": await growthEvidence(tx, ventureId),
  };
  return own;
}

/** Both gates and every `done when` line from stored facts, with the figures and the overrides that stand. */
export async function loadCriteria(tx: Tx, venture: StageVenture, ordinal: number, today: string) {
  const facts = await loadStageFacts(tx, venture, today);
  const exit = await loadExitFacts(tx, venture, today);
  const standing = await tx.stageOverride.findMany({ where: { ventureId: venture.id, ordinal, takenBackAt: null } });
  const own = await ownEvidence(tx, venture.id, today, exit);
  const ask = { of: "stage.facts", args: { venture: venture.id, day: today } };
  const line = (judged: Judged): LoadedLine => {
    const override = standing.find(({ criterion }) => criterion === judged.id) ?? null;
    const counted = (FACTS_OF[judged.id] ?? []).map((key) => ({ figure: facts.figures[key], ask }));
    const evidence = [...(own[judged.id] ?? []), ...counted];
    return { ...judged, holds: judged.met || override !== null, override, evidence };
  };
  const below = [
    ...entryLines(entryGate(facts.entry, exit.parameters).lines),
    ...growthLines(growthDoneWhen(facts.growth)),
    ...preparationLines(exitCriteria(exit.facts)),
    ...saleLines(facts.sale),
  ].map(line);
  const hold = (ids: readonly string[]) => below.filter(({ id }) => ids.includes(id)).every(({ holds }) => holds);
  const gate = exitLines({
    growthDone: below.filter(({ id }) => groupOf(id) === "40.1").every(({ holds }) => holds),
    executed: hold(["40.3.negotiated", "40.3.closed"]),
    growth: own["exit.growth-optimized"]?.[0]?.figure.value ?? null,
    ...{ target: exit.parameters.growthOptimizationTarget, sale: facts.sale },
  }).map(line);
  return { lines: [...below, ...gate], exit, facts };
}
export type LoadedCriteria = Awaited<ReturnType<typeof loadCriteria>>;

export const holdsIn = (lines: readonly LoadedLine[], group: CriterionGroup): boolean =>
  lines.filter(({ id }) => groupOf(id) === group).every(({ holds }) => holds);

export const textOfCriteria = (lines: readonly LoadedLine[]): string =>
  criteriaText(lines.filter(({ holds }) => holds).map(({ id }) => id));

export type OverrideView = {
  id: string;
  criterion: CriterionId;
  reason: string;
  found: string;
  madeBy: string;
  madeAt: string;
  takenBack: { by: string; at: string; reason: string } | null;
};
export type CriterionView = Omit<LoadedLine, "evidence" | "override"> & {
  figures: FigureView[];
  override: OverrideView | null;
  /** Overrides of it that were taken back, newest first. */
  before: OverrideView[];
};
export type CriteriaView = {
  today: string;
  groups: { group: CriterionGroup; label: string; holds: boolean; lines: CriterionView[] }[];
};

function viewOf(evidence: Evidence): FigureView {
  if ("ask" in evidence) return askedView(evidence.figure, evidence.ask);
  const { id, label, value, unit, asOf, reason } = evidence.figure;
  return { id, revision: evidence.revision, label, value, unit, asOf, reason: reason ?? null, stale: null };
}

async function overridesOf(ventureId: string, ordinal: number): Promise<OverrideView[]> {
  const rows = await db.stageOverride.findMany({ where: { ventureId, ordinal }, orderBy: { madeAt: "desc" } });
  const names = await namesByRef(
    db,
    rows.flatMap(({ madeBy, takenBackBy }) => [madeBy, ...(takenBackBy ? [takenBackBy] : [])]),
  );
  const nameOf = (ref: string) => names.get(ref) ?? ref;
  return rows.map(({ id, criterion, reason, found, madeBy, madeAt, takenBackAt, takenBackBy, takenBackReason }) => ({
    ...{ id, criterion: criterion as CriterionId, reason, found, madeBy: nameOf(madeBy), madeAt: madeAt.toISOString() },
    takenBack: takenBackAt
      ? { by: nameOf(takenBackBy ?? ""), at: takenBackAt.toISOString(), reason: takenBackReason ?? "" }
      : null,
  }));
}

/** Every gate and every `done when` of a venture in one place: what is asked, what was found, by which figures. */
export async function getCriteria(actor: Actor, ventureId: string, now: Date): Promise<CriteriaView> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const { loaded, ordinal, today } = await atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture) throw new AppError("NOT_FOUND");
    const day = todayOf(venture, now);
    const life = await lifeOf(tx, ventureId);
    return { loaded: await loadCriteria(tx, venture, life.ordinal, day), ordinal: life.ordinal, today: day };
  });
  const overrides = await overridesOf(ventureId, ordinal);
  const viewed = ({ evidence, override, ...line }: LoadedLine): CriterionView => ({
    ...line,
    figures: evidence.map(viewOf),
    override: overrides.find(({ id }) => id === override?.id) ?? null,
    before: overrides.filter(({ criterion, takenBack }) => criterion === line.id && takenBack !== null),
  });
  const groups = CRITERION_GROUPS.map((group) => ({
    ...{ group, label: GROUP_LABELS[group], holds: holdsIn(loaded.lines, group) },
    lines: loaded.lines.filter(({ id }) => groupOf(id) === group).map(viewed),
  }));
  return { today, groups };
}
