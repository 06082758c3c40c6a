import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { readIndex, roomFiguresOn } from "@/lib/data-room/queries";
import { listWaiting } from "@/lib/data-room/queries/waiting";
import type { db, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { toFigure } from "@/lib/figures/queries";
import type { Figure } from "@/lib/figures/schema";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { Exact } from "@/lib/money";
import { type LoadedAssessment, loadAssessment, seenVenture } from "@/lib/readiness/queries/assessment";
import { exitCriteria } from "../rules/exit-criteria";
import { rollbacks } from "../rules/exit-rollbacks";
import { loadExitFacts } from "./exit-facts";
import { loadRollbackFacts, readinessReadings } from "./exit-watch";

const PARTS = { equity: "equity", equityLow: "equity.low", equityHigh: "equity.high", group: "group" } as const;
export type CaseFigure = keyof typeof PARTS | "buyers" | "completeness";

async function storedParts(tx: Tx | typeof db, parts: Record<string, { figure: string; revision: number }>) {
  const found: Partial<Record<CaseFigure, Figure>> = {};
  for (const [key, part] of Object.entries(PARTS)) {
    const ref = parts[part];
    const row = ref && (await tx.figure.findFirst({ where: { id: ref.figure, revision: ref.revision } }));
    if (row) found[key as CaseFigure] = toFigure(row);
  }
  return found;
}

async function venture40(tx: Tx, actor: Actor, ventureId: string) {
  const venture = maySeeVenture(actor, ventureId)
    ? await tx.venture.findUnique({
        where: { id: ventureId },
        include: { stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
      })
    : null;
  if (!venture) throw new AppError("NOT_FOUND");
  return venture;
}

const OPEN = ["running", "paused"];

const watched = ({ id, startedOn }: { id: string; startedOn: Date }, qualified: number | null) => ({
  ...{ id, startedOn: dayText(startedOn), qualified },
});

/** The case for or against an exit as agents and memos read it: every number of it is among `told`. */
export async function loadExitCase(
  tx: Tx,
  actor: Actor,
  ventureId: string,
  now: Date,
  known: LoadedAssessment | null = null,
) {
  const venture = await venture40(tx, actor, ventureId);
  const today = todayOf(venture, now);
  const record = venture.stageRecords[0];
  const loaded = await loadExitFacts(tx, venture, today, known);
  const preparation = await tx.exitPreparation.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  const running = preparation && OPEN.includes(preparation.status) ? preparation : null;
  const readings = await readinessReadings(tx, ventureId);
  const latest = readings.at(-1)?.value ?? null;
  const figures: Partial<Record<CaseFigure, Figure>> = {
    ...(await storedParts(tx, loaded.valuation?.parts ?? {})),
    buyers: loaded.buyers.figure,
    ...(loaded.room.completeness ? { completeness: loaded.room.completeness } : {}),
  };
  const { id, slug, name, currency } = venture;
  const startedOn = running ? dayText(running.startedOn) : null;
  const target = loaded.parameters.exitReadinessTarget;
  return {
    venture: { id, slug, name, currency },
    ...{ today, startedOn, target, loaded, figures, preparationId: running?.id ?? null },
    open: record !== undefined && !record.endedAt && record.openSubstages.includes("40.2"),
    ready: latest === null ? null : new Exact(latest).gte(target),
    valuedOn: loaded.valuation?.valuedOn ?? null,
    criteria: exitCriteria(loaded.facts),
    rollbacks: running
      ? rollbacks(await loadRollbackFacts(tx, venture, watched(running, loaded.facts.qualified), today))
      : [],
    told: Object.values(figures),
  };
}
export type ExitCase = Awaited<ReturnType<typeof loadExitCase>>;

export const getExitCase = (actor: Actor, ventureId: string, now: Date): Promise<ExitCase> =>
  atOneMoment((tx) => loadExitCase(tx, actor, ventureId, now));

/** The same beside the readiness that it rests on, assessed once. */
export const getAssessedCase = (actor: Actor, ventureId: string, now: Date) =>
  atOneMoment(async (tx) => {
    const venture = await seenVenture(actor, tx, ventureId);
    const assessment = await loadAssessment(tx, venture, todayOf(venture, now));
    return { assessment, exit: await loadExitCase(tx, actor, ventureId, now, assessment) };
  });

/** The due diligence package: index, what is missing by name, findings. */
export async function getPackage(actor: Actor, ventureId: string, now: Date) {
  return atOneMoment(async (tx) => {
    const venture = await venture40(tx, actor, ventureId);
    const today = todayOf(venture, now);
    const room = await tx.dataRoom.findFirst({ where: { ventureId }, orderBy: { createdAt: "asc" } });
    const none = {
      completeness: null,
      priceEffect: null,
      seriousFindings: false,
      sections: [],
      waiting: null,
      told: [],
    };
    if (!room) return { venture: venture.name, asOf: today, room: false, status: null, ...none };
    const figures = await roomFiguresOn(tx, room.id, today);
    const index = await readIndex(tx, room.id, today);
    const serious = { roomId: room.id, status: "open", severity: { in: ["high", "critical"] } };
    const sections = index.map(({ number, title, items }) => ({
      ...{ title, figure: figures.get(`section:${number}`)?.id ?? null },
      missing: items
        .filter(({ required, valid, absent }) => required && valid === 0 && !absent)
        .map((item) => ({ title: item.title })),
    }));
    return {
      ...{ venture: venture.name, asOf: today, room: true, status: room.status as string, sections },
      ...{ completeness: figures.get("room")?.id ?? null, priceEffect: figures.get("price-effect")?.id ?? null },
      seriousFindings: (await tx.roomFinding.count({ where: serious })) > 0,
      waiting: await listWaiting(tx, room.id, today, figures),
      told: [...figures.values()],
    };
  });
}

/** What a memo about the preparation quotes: the id of each figure whose value is known. */
export const memoFigures = (figures: Readonly<Record<string, Figure>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(figures).flatMap(([key, figure]) => (figure.value === null ? [] : [[key, figure.id]])),
  );
