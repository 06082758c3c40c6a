import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { db, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { listFigureViews } from "@/lib/figures/queries";
import { askedView } from "@/lib/figures/rules";
import type { Figure, FigureView } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { loadAssessment } from "@/lib/readiness/queries/assessment";
import { criterionOf } from "@/lib/readiness/rules/criteria";
import { type ExitCriterion, exitCriteria } from "../rules/exit-criteria";
import { type Rollback, rollbacks } from "../rules/exit-rollbacks";
import type { ExitStatus } from "../schema/exit";
import { loadExitFacts } from "./exit-facts";
import { loadRollbackFacts } from "./exit-watch";

export type PreparationView = {
  id: string;
  ordinal: number;
  status: ExitStatus;
  version: number;
  startedOn: string;
  nextCheckOn: string;
  reason: string | null;
  rounds: number;
  lastCheck: string | null;
};

export type HeadlineKey =
  | "readiness"
  | "coverage"
  | "completeness"
  | "findings"
  | "equityLow"
  | "equity"
  | "equityHigh"
  | "group"
  | "buyers";

export type ExitOverview = {
  venture: { id: string; slug: string; name: string; currency: string };
  today: string;
  /** 40.2 is open at the venture, and whether it may be opened now. */
  open: boolean;
  stageOpen: boolean;
  target: number;
  /** Readiness is at the target or above; null where it is unknown. A rounded score may not show it. */
  ready: boolean | null;
  headline: Partial<Record<HeadlineKey, FigureView>>;
  valuedOn: string | null;
  criteria: ExitCriterion[];
  /** Red flags, by name. */
  gates: string[];
  /** What readiness lacks, by name, the weightiest first. */
  unanswered: string[];
  rollbacks: Rollback[];
  preparation: PreparationView | null;
};

type Reader = Tx | typeof db;

async function preparationOf(tx: Reader, ventureId: string): Promise<PreparationView | null> {
  const row = await tx.exitPreparation.findFirst({
    where: { ventureId },
    orderBy: { ordinal: "desc" },
    include: { rounds: { orderBy: { round: "desc" }, take: 1 } },
  });
  if (!row) return null;
  const [last] = row.rounds;
  return {
    ...{ id: row.id, ordinal: row.ordinal, status: row.status as ExitStatus, version: row.version, reason: row.reason },
    ...{ startedOn: dayText(row.startedOn), nextCheckOn: dayText(row.nextCheckOn) },
    ...{ rounds: last?.round ?? 0, lastCheck: last ? dayText(last.checkedOn) : null },
  };
}

type Loaded = Awaited<ReturnType<typeof loadExitFacts>>;

/** The figures that were stored with the newest valuation, as they stand now. */
async function valuationViews(actor: Actor, { valuation }: Loaded): Promise<ExitOverview["headline"]> {
  const wanted = { equity: "equity", equityLow: "equity.low", equityHigh: "equity.high", group: "group" } as const;
  const refs = Object.entries(wanted).flatMap(([key, part]) => {
    const held = valuation?.parts[part];
    return held ? [{ key, id: held.figure, revision: held.revision }] : [];
  });
  const views = await listFigureViews(actor, refs);
  const byId = new Map(views.map((view) => [view.id, view]));
  return Object.fromEntries(
    refs.flatMap(({ key, id }) => {
      const view = byId.get(id);
      return view ? [[key, view]] : [];
    }),
  );
}

/** Where exit preparation of a venture stands: criteria with what is missing, figures, and what could send it back. */
export async function getExitOverview(actor: Actor, ventureId: string, now: Date): Promise<ExitOverview> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const { loaded, ...view } = await atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({
      where: { id: ventureId },
      include: { stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
    });
    if (!venture) throw new AppError("NOT_FOUND");
    const today = todayOf(venture, now);
    const record = venture.stageRecords[0];
    const stageOpen = record !== undefined && !record.endedAt && venture.archivedAt === null;
    const assessment = await loadAssessment(tx, venture, today);
    const loaded = await loadExitFacts(tx, venture, today);
    const preparation = await preparationOf(tx, ventureId);
    const running = preparation && ["running", "paused"].includes(preparation.status) ? preparation : null;
    const ask = (of: string, args: Record<string, string>) => (figure: Figure) =>
      askedView(figure, { of, args: { venture: ventureId, day: today, ...args } });
    const inRoom = ask("data-room", { room: loaded.room.roomId ?? "" });
    const readiness = ask("readiness.assessment", {});
    const { completeness, priceEffect } = loaded.room;
    const target = loaded.parameters.exitReadinessTarget;
    const { id, slug, name, currency } = venture;
    return {
      loaded,
      venture: { id, slug, name, currency },
      ...{ today, stageOpen, open: stageOpen && record.openSubstages.includes("40.2") },
      ...{ target, preparation },
      ready: assessment.score.value === null ? null : new Exact(assessment.score.value).gte(target),
      gates: assessment.scored.gates.map((id) => criterionOf(id)?.label ?? id),
      headline: {
        readiness: readiness(assessment.score),
        coverage: readiness(assessment.coverage),
        ...(completeness ? { completeness: inRoom(completeness) } : {}),
        ...(priceEffect ? { findings: inRoom(priceEffect) } : {}),
        buyers: ask("stage.exit", {})(loaded.buyers.figure),
      },
      valuedOn: loaded.valuation?.valuedOn ?? null,
      criteria: exitCriteria(loaded.facts),
      unanswered: assessment.lines
        .filter(({ figure }) => figure.value === null)
        .map(({ criterion }) => criterion.label),
      rollbacks: running
        ? rollbacks(await loadRollbackFacts(tx, venture, { ...running, qualified: loaded.facts.qualified }, today))
        : [],
    };
  });
  return { ...view, headline: { ...view.headline, ...(await valuationViews(actor, loaded)) } };
}
