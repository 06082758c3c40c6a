import "server-only";
import { z } from "zod";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { POLICY_ACTOR } from "@/lib/decisions/rules/policy";
import { AppError } from "@/lib/errors";
import { trancheAmounts } from "@/lib/ledger/queries/tranches";
import { atOneMoment, todayOf } from "@/lib/metrics/queries/performance";
import { dayText } from "@/lib/metrics/rules/periods";
import { growthNegative, keyPerson, rollbacks } from "../rules/exit-rollbacks";
import { fallenCause } from "../rules/realization";
import {
  type RegisterRow,
  ROLLBACK_RULES,
  type RollbackId,
  type RollbackRule,
  rollbackRegister,
  rowOfCause,
} from "../rules/rollback-register";
import type { ImpedimentKind } from "../schema/impediments";
import { buyerFacts } from "./exit-facts";
import { loadRollbackFacts, peopleAndGrowth } from "./exit-watch";
import { loadSale, loadSaleRollbacks } from "./realization-facts";

type VentureRow = NonNullable<Awaited<ReturnType<Tx["venture"]["findUnique"]>>>;
const UNDER_WAY = ["running", "paused"];

async function preparationRules(tx: Tx, venture: VentureRow, today: string) {
  const where = { ventureId: venture.id, status: { in: UNDER_WAY } };
  const row = await tx.exitPreparation.findFirst({ where });
  if (!row) return [];
  const { qualified } = await buyerFacts(tx, venture, today);
  return rollbacks(
    await loadRollbackFacts(tx, venture, { id: row.id, startedOn: dayText(row.startedOn), qualified }, today),
  );
}

/** The rules of the running sale, and how many drop-outs nobody has answered. */
async function saleStanding(tx: Tx, venture: VentureRow, now: Date) {
  const where = { ventureId: venture.id, status: { in: UNDER_WAY } };
  const run = await tx.realization.findFirst({ where, include: { moves: { select: { cause: true } } } });
  if (!run) return { sale: [], unansweredFalls: 0 };
  const { sale, deals } = await loadSale(tx, venture, now);
  const { rules } = await loadSaleRollbacks(tx, venture, deals, now);
  const done = new Set(run.moves.map(({ cause }) => cause));
  const unansweredFalls = sale.deals.filter(({ fell }) => fell && !done.has(fallenCause(fell.stepId))).length;
  return { sale: rules, unansweredFalls };
}

async function initiativeStanding(tx: Tx, ventureId: string) {
  const running = await tx.initiative.count({ where: { ventureId, status: "running" } });
  const newest = await tx.initiativeMeasurement.findMany({
    where: { ventureId, initiative: { status: "running" } },
    orderBy: { reviewOn: "desc" },
    distinct: ["initiativeId"],
    select: { consequence: true, verdict: true },
  });
  const low = newest.filter(({ consequence }) => consequence === "pause").length;
  return { running, low, known: newest.filter(({ verdict }) => verdict !== "cannot-tell").length };
}

async function registerOf(tx: Tx, venture: VentureRow, now: Date): Promise<RegisterRow[]> {
  const today = todayOf(venture, now);
  const record = await tx.stageRecord.findFirst({ where: { ventureId: venture.id }, orderBy: { ordinal: "desc" } });
  const open = record && !record.endedAt && !venture.archivedAt ? record.openSubstages : [];
  const watched = open.length > 0 && record !== null;
  const seen = watched ? await peopleAndGrowth(tx, venture, today) : null;
  const impediments = await tx.impediment.findMany({ where: { ventureId: venture.id } });
  const tranches = await trancheAmounts(tx, venture.id);
  const earnOuts = await tx.deferredTranche.count({
    where: {
      id: { in: tranches.flatMap(({ id, balanceMinor }) => (balanceMinor > 0n ? [id] : [])) },
      kind: "earn-out",
    },
  });
  return rollbackRegister({
    ...{ open, earnOuts, initiatives: await initiativeStanding(tx, venture.id) },
    preparation: await preparationRules(tx, venture, today),
    ...(await saleStanding(tx, venture, now)),
    always:
      seen && record ? [growthNegative(seen), keyPerson({ ...seen, today, startedOn: dayText(record.enteredAt) })] : [],
    impediments: impediments.map(({ kind, status }) => ({ kind: kind as ImpedimentKind, open: status === "open" })),
  });
}

/** The same for the house itself: how far each rollback of a venture is from coming true. */
export async function loadRollbackRegister(ventureId: string, now: Date): Promise<RegisterRow[]> {
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    return venture ? registerOf(tx, venture, now) : [];
  });
}

export type Decision = {
  memoId: string;
  title: string;
  actionClass: string;
  status: string;
  /** Who decided it, "the policy" where it was automatic; null while nobody has. */
  by: string | null;
  at: string | null;
  carriedOut: boolean;
};
export type Occasion = {
  row: RollbackId;
  /** When it was detected. */
  at: string;
  /** What was found, in words. */
  text: string;
  /** What happened without anybody: tasks made, the next bidder taken up; null where the chairman is asked. */
  byItself: string | null;
  /** Who recorded it; null where the data told. */
  recordedBy: string | null;
  decision: Decision | null;
  /** It is over: when, by whom, and how. */
  over: { on: string; by: string; text: string } | null;
};

type Found = Omit<Occasion, "decision"> & { memoId: string | null };
type Consequence = { kind: string; memoId?: string; tasks?: number };

const SENTENCES: Readonly<Record<string, string>> = {
  "no-buyer": "No qualified buyer after 18 months of 40.2.",
  "readiness-low": "Readiness below 85 for 6 months.",
  "readiness-stalled": "No progress for 3 months after the tasks were made.",
  "growth-negative": "Growth below 0 % for 2 quarters.",
  "key-person": "A key person left.",
  "market-crash": "Multiples down 50 % or more from their highest of twelve months.",
  "offers-low": "The best offer is below 50 % of the valuation.",
};

const tasksMade = (tasks: number | undefined): string | null =>
  tasks === undefined ? null : `${tasks} remediation ${tasks === 1 ? "task" : "tasks"} made.`;
const RETENTION_MADE = "A retention plan was made a task; readiness is scored anew.";

/** Found by the rounds of 40.2: a memo that several rounds name is one occasion, of the first of them. */
async function ofRounds(tx: Tx, ventureId: string): Promise<Found[]> {
  const rounds = await tx.exitRound.findMany({ where: { preparation: { ventureId } }, orderBy: { openedAt: "asc" } });
  const seen = new Set<string>();
  return rounds.flatMap(({ consequences, openedAt }) =>
    (consequences as Consequence[]).flatMap(({ kind, memoId, tasks }): Found[] => {
      const row = rowOfCause(kind);
      if (!row || (memoId && seen.has(memoId))) return [];
      if (memoId) seen.add(memoId);
      const byItself = kind === "key-person" ? RETENTION_MADE : tasksMade(tasks);
      const text = SENTENCES[kind] ?? kind;
      return [
        { row, at: openedAt.toISOString(), text, byItself, recordedBy: null, memoId: memoId ?? null, over: null },
      ];
    }),
  );
}

/** Found by the runs of 40.3. What a person recorded is told by the record itself. */
async function ofMoves(tx: Tx, ventureId: string): Promise<Found[]> {
  const where = { realization: { ventureId }, kind: { in: ["fallen", "ask"] } };
  const moves = await tx.realizationMove.findMany({ where, orderBy: { at: "asc" } });
  return moves.flatMap(({ kind, cause, text, memoId, at }): Found[] => {
    const base = { at: at.toISOString(), recordedBy: null, memoId, over: null };
    if (kind === "fallen") {
      const [first = text, ...rest] = text.split(/(?<=\)\.) /u);
      return [{ ...base, row: "deal-fell", text: first, byItself: rest.join(" ") || null }];
    }
    const what = cause.split(":")[1] ?? "";
    const row = rowOfCause(what);
    if (!row || !(what in SENTENCES)) return [];
    return [{ ...base, row, text: SENTENCES[what] ?? text, byItself: what === "key-person" ? RETENTION_MADE : null }];
  });
}

async function ofInitiatives(tx: Tx, ventureId: string): Promise<Found[]> {
  const proposals = await tx.proposal.findMany({
    where: { ventureId, actionClass: { in: ["growth.pause-initiative", "growth.review-strategy"] }, agent: "growth" },
    include: { memo: { select: { id: true } } },
    orderBy: { createdAt: "asc" },
  });
  return proposals.map(({ action, actionClass, createdAt, memo }) => ({
    ...{ row: "initiative-roi" as const, at: createdAt.toISOString(), byItself: null, recordedBy: null, over: null },
    text:
      actionClass === "growth.review-strategy"
        ? "Three initiatives failed in a row."
        : `The return of “${titleOf(action)}” was below 1× after 6 months.`,
    memoId: memo?.id ?? null,
  }));
}

const titleOf = (action: unknown): string =>
  z.object({ title: z.string() }).safeParse(action).data?.title ?? "an initiative";

async function ofImpediments(tx: Tx, ventureId: string): Promise<Found[]> {
  const rows = await tx.impediment.findMany({ where: { ventureId }, orderBy: { recordedAt: "asc" } });
  const nameOf = await namesOf(
    tx,
    rows.flatMap(({ recordedBy, liftedBy }) => [recordedBy, ...(liftedBy ? [liftedBy] : [])]),
  );
  return rows.map((one) => ({
    ...{ row: one.kind as ImpedimentKind, at: one.recordedAt.toISOString(), memoId: one.memoId },
    ...{ text: `${one.raisedBy}: ${one.grounds}`, recordedBy: nameOf(one.recordedBy) },
    byItself: AT_ONCE[one.kind as ImpedimentKind],
    over:
      one.liftedOn && one.liftedBy
        ? { on: dayText(one.liftedOn), by: nameOf(one.liftedBy), text: one.resolution ?? "" }
        : null,
  }));
}

const AT_ONCE: Readonly<Record<ImpedimentKind, string>> = {
  "regulatory-block": "The deal cannot close while it stands.",
  "earn-out-dispute": "The tranche was frozen; the rest goes on.",
  "fundamental-issue": "Preparation and sale were stopped at once.",
};

async function decisionsOf(tx: Tx, memoIds: readonly string[]): Promise<Map<string, Decision>> {
  const memos = await tx.memo.findMany({
    where: { id: { in: [...memoIds] } },
    include: {
      proposal: { select: { actionClass: true } },
      verdicts: {
        where: { verdict: { in: ["approved", "conditional", "rejected", "reversed"] } },
        orderBy: { version: "desc" },
        take: 1,
      },
    },
  });
  const effects = await tx.effect.findMany({
    where: { subject: { in: memos.map(({ id }) => `memo:${id}`) }, key: { endsWith: ":action" } },
    select: { subject: true, kind: true },
  });
  const done = new Map(effects.map(({ subject, kind }) => [subject, kind]));
  const nameOf = await namesOf(
    tx,
    memos.flatMap(({ verdicts }) => verdicts.map(({ decidedBy }) => decidedBy)),
  );
  return new Map(
    memos.map(({ id, title, status, proposal, verdicts: [last] }) => {
      const carried = done.get(`memo:${id}`);
      const by = last ? (last.decidedBy === POLICY_ACTOR ? "the policy" : nameOf(last.decidedBy)) : null;
      const decided = { by, at: last?.decidedAt.toISOString() ?? null };
      const actionClass = carried ?? proposal.actionClass;
      return [id, { memoId: id, title, actionClass, status, ...decided, carriedOut: carried !== undefined }];
    }),
  );
}

export type RollbackView = RegisterRow & RollbackRule & { occasions: Occasion[] };

/** Every rollback of the specification at one venture: where it stands, when it came true, who decided, what was done. */
export async function getRollbacks(actor: Actor, ventureId: string, now: Date): Promise<RollbackView[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return atOneMoment(async (tx) => {
    const venture = await tx.venture.findUnique({ where: { id: ventureId } });
    if (!venture) throw new AppError("NOT_FOUND");
    const found = [
      ...(await ofRounds(tx, ventureId)),
      ...(await ofMoves(tx, ventureId)),
      ...(await ofInitiatives(tx, ventureId)),
      ...(await ofImpediments(tx, ventureId)),
    ];
    const decisions = await decisionsOf(
      tx,
      found.flatMap(({ memoId }) => memoId ?? []),
    );
    const occasions = found
      .map(({ memoId, ...one }): Occasion => ({ ...one, decision: (memoId && decisions.get(memoId)) || null }))
      .toSorted((a, b) => (a.at < b.at ? 1 : -1));
    return (await registerOf(tx, venture, now)).map((row) => ({
      ...{ ...row, ...ROLLBACK_RULES[row.id] },
      occasions: occasions.filter((one) => one.row === row.id),
    }));
  });
}
