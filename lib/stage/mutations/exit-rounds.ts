import "server-only";
import { parseDate } from "@internationalized/date";
import type { Actor } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { recordProposal } from "@/lib/decisions/mutations/proposals";
import { approvalMemo } from "@/lib/decisions/rules/exit-approval-memo";
import { type ExitDraft, pauseMemo, type ReturnCause, returnMemo } from "@/lib/decisions/rules/exit-memo";
import { withQuotes } from "@/lib/decisions/rules/initiative-memo";
import type { ActionClass } from "@/lib/decisions/schema";
import { AppError } from "@/lib/errors";
import { saveFigures } from "@/lib/figures/mutations";
import { atOneMoment } from "@/lib/metrics/queries/performance";
import { dayDate, dayText } from "@/lib/metrics/rules/periods";
import { toMinor } from "@/lib/money";
import { keepReadiness } from "@/lib/readiness/mutations/keep";
import { loadAssessment } from "@/lib/readiness/queries/assessment";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { approvalKey, loadApprovalFacts } from "../queries/approval-case";
import { loadExitCase } from "../queries/exit-case";
import { buyerFacts, type ExitVenture, exitParameters, keptValuation, roomFacts } from "../queries/exit-facts";
import { multiplesFall, readinessReadings, remediatedOn } from "../queries/exit-watch";
import { lowSince, type Rollback } from "../rules/exit-rollbacks";
import { type CheckFrequency, type ExitMove, episode, nextCheck, nextExitMove } from "../rules/exit-round";
import { type BranchFacts, branchFactsSchema, type ExitBranch, type ExitStatus } from "../schema/exit";
import { EXIT_SYSTEM, lockExit, recordExit, todayAt } from "./exit-preparation";
import { askRetention, makeTasks, RETENTION } from "./readiness-tasks";

async function rowOf(tx: Tx | typeof db, preparationId: string) {
  const row = await tx.exitPreparation.findUnique({
    where: { id: preparationId },
    include: { rounds: { orderBy: { round: "asc" } } },
  });
  if (!row) throw new AppError("NOT_FOUND");
  const venture = await tx.venture.findUniqueOrThrow({
    where: { id: row.ventureId },
    include: { stageRecords: { orderBy: { ordinal: "desc" }, take: 1 } },
  });
  return { row, venture, record: venture.stageRecords[0] };
}

/** What the run of a preparation has to do next, from what is stored now. */
export async function readExitMove(preparationId: string, now: Date): Promise<ExitMove & { ventureId: string }> {
  const { row, venture, record } = await rowOf(db, preparationId);
  const last = row.rounds.at(-1);
  const facts = {
    status: row.status as ExitStatus,
    open: !venture.archivedAt && record !== undefined && !record.endedAt && record.openSubstages.includes("40.2"),
    ...{ round: last?.round ?? 0, closed: last ? last.closedAt !== null : true },
    checkAt: parseDate(dayText(row.nextCheckOn)).toDate(venture.timeZone),
  };
  return { ...nextExitMove(facts, now), ventureId: row.ventureId };
}

const NOTHING = branchFactsSchema.parse({});

const LOOK: Readonly<Record<ExitBranch, (tx: Tx, venture: ExitVenture, today: string) => Promise<BranchFacts>>> = {
  buyers: async (tx, venture, today) => {
    const { candidates, qualified } = await buyerFacts(tx, venture, today);
    return { ...NOTHING, candidates, qualified };
  },
  diligence: async (tx, { id }, today) => {
    const { completeness, openFindings } = await roomFacts(tx, id, today);
    const readiness = (await readinessReadings(tx, id)).at(-1)?.value ?? null;
    return { ...NOTHING, completeness: completeness?.value ?? null, openFindings, readiness };
  },
  valuation: async (tx, venture, today) => {
    const kept = await keptValuation(tx, venture.id);
    const fall = await multiplesFall(tx, venture, today);
    const equity = kept?.parts.equity?.value ?? null;
    return { ...NOTHING, equity, valuedOn: kept?.valuedOn ?? null, multiplesFall: fall };
  },
};

/** One branch looks, once per round: told twice, it finds what it kept. */
export async function keepBranch(
  preparationId: string,
  round: number,
  branch: ExitBranch,
  now: Date,
): Promise<BranchFacts> {
  const { row } = await rowOf(db, preparationId);
  if (branch === "diligence") await keepReadiness(row.ventureId, EXIT_SYSTEM, now);
  return fencedTransaction(async (tx) => {
    await lockExit(tx, row.ventureId);
    const venture = await tx.venture.findUniqueOrThrow({ where: { id: row.ventureId } });
    const today = todayAt(now, venture.timeZone);
    const key = { preparationId, round };
    const created = { ...key, checkedOn: dayDate(today), openedAt: now };
    const held = await tx.exitRound.upsert({ where: { preparationId_round: key }, create: created, update: {} });
    const known = held[branch];
    if (known !== null) return branchFactsSchema.parse(known);
    const facts = await LOOK[branch](tx, venture, dayText(held.checkedOn));
    await tx.exitRound.update({ where: { preparationId_round: key }, data: { [branch]: facts } });
    return facts;
  });
}

type Consequence = { kind: string; memoId?: string; tasks?: number };
type Judged = Awaited<ReturnType<typeof factsFor>>;

/** The case with its figures stored, so that memos can quote them. */
async function factsFor(preparationId: string, round: number, by: Actor, now: Date) {
  const { row, venture } = await rowOf(db, preparationId);
  const found = await atOneMoment(async (tx) => {
    const exit = await loadExitCase(tx, by, row.ventureId, now);
    const assessment = await loadAssessment(tx, venture, exit.today);
    const report = await tx.artefact.findFirst({
      where: { ventureId: row.ventureId, kind: "exit-readiness-report" },
      orderBy: { version: "desc" },
      select: { id: true },
    });
    const readings = await readinessReadings(tx, row.ventureId);
    const case40 = { exit, assessment, artefactId: report?.id ?? null };
    const { facts, told } = await loadApprovalFacts(
      tx,
      venture,
      { id: preparationId, startedOn: dayText(row.startedOn) },
      case40,
    );
    return { exit, assessment, readings, memo: facts, told, remediated: await remediatedOn(tx, preparationId) };
  });
  const refs = await fencedTransaction((tx) => saveFigures(tx, row.ventureId, found.told, now));
  const rounds = row.rounds.filter((one) => one.round <= round);
  return { ...found, row, venture, rounds, revisions: new Map(refs.map(({ id, revision }) => [id, revision])) };
}

/** The advisor judges; what the specialists escalate the coordinator writes to the chairman (interaction matrix). */
export type Judges = { advisor: Actor; coordinator: Actor };
type Author = "exit" | "coordinator";
type Ask = { actionClass: ActionClass; draft: ExitDraft; dedupeKey: string };

async function ask(judged: Judged, judges: Judges, asked: Ask & { from: Author }, now: Date): Promise<string> {
  const { actionClass, draft, dedupeKey, from } = asked;
  const by = from === "exit" ? judges.advisor : judges.coordinator;
  const content = withQuotes(draft.content, judged.revisions);
  if (!content) throw new AppError("INTERNAL");
  const { title, rationale } = draft;
  const proposal = { ventureId: judged.row.ventureId, agent: from, runId: null, title, rationale, content };
  const stake = judged.exit.figures.group?.value ?? null;
  const money = stake === null || stake.startsWith("-") ? null : toMinor(stake, judged.venture.currency).toString();
  const stakes = { stakeMinor: money, stakeCurrency: money === null ? null : judged.venture.currency };
  const made = await recordProposal(by, { ...proposal, ...stakes, actionClass, dedupeKey, expiresInDays: 60 }, now);
  if (!made.ok) throw new AppError("INTERNAL");
  return made.value.memoId;
}

const branchOf = (value: Prisma.JsonValue): BranchFacts => (value === null ? NOTHING : branchFactsSchema.parse(value));

/** A fall that ends below a third and comes again is another crash. */
const CRASH = { at: 0.5, back: 0.2 };

function asksFor(judged: Judged, { kind, cause }: Rollback): Ask | null {
  const { row, memo, rounds, remediated } = judged;
  const key = `exit:${row.id}:${kind}`;
  const goBack = (why: ReturnCause, dedupeKey: string): Ask => ({
    ...{ actionClass: "exit.return-to-growth", draft: returnMemo(memo, why), dedupeKey },
  });
  switch (kind) {
    case "no-buyer":
      return goBack(kind, key);
    case "readiness-stalled":
      return goBack(kind, `${key}:${remediated}`);
    case "growth-negative":
      return goBack(kind, `${key}:${cause}`);
    case "readiness-low":
      return null;
    case "key-person":
      return { actionClass: "exit.pause-preparation", draft: pauseMemo(memo, kind), dedupeKey: `${key}:${cause}` };
    case "market-crash": {
      const { count } = episode(
        rounds.map(({ valuation }) => branchOf(valuation).multiplesFall),
        CRASH.at,
        CRASH.back,
      );
      return { actionClass: "exit.pause-preparation", draft: pauseMemo(memo, kind), dedupeKey: `${key}:${count}` };
    }
  }
}

/** Memos for what holds: each once per cause, whoever tells it and however often. */
async function consequencesOf(judged: Judged, by: Judges, now: Date): Promise<Consequence[]> {
  const done: Consequence[] = [];
  for (const rule of judged.exit.rollbacks.filter(({ state }) => state === "holds")) {
    const wanted = asksFor(judged, rule);
    if (wanted) done.push({ kind: rule.kind, memoId: await ask(judged, by, { ...wanted, from: "exit" }, now) });
  }
  const values = judged.rounds.map(({ diligence }) => branchOf(diligence).readiness);
  const { count, reached } = episode(values, judged.exit.target);
  if (reached) {
    const dedupeKey = approvalKey(judged.row.id, count);
    const draft = approvalMemo(judged.memo);
    const wanted: Ask = { actionClass: "exit.approve-exit", draft, dedupeKey };
    done.push({ kind: "approval", memoId: await ask(judged, by, { ...wanted, from: "coordinator" }, now) });
  }
  return done;
}

/** What remediation begins with. */
const MOST_TASKS = 5;

/** Readiness was low for too long: tasks for the next best actions that nobody has yet, once per spell. */
async function remediate(tx: Tx, judged: Judged, now: Date): Promise<Consequence[]> {
  const { exit, row, readings, remediated, assessment } = judged;
  if (!exit.rollbacks.some(({ kind, state }) => kind === "readiness-low" && state === "holds")) return [];
  const since = lowSince({ startedOn: dayText(row.startedOn), today: exit.today, readiness: readings });
  if (remediated !== null && since !== null && remediated >= since) return [];
  const open = await tx.readinessTask.findMany({ where: { ventureId: row.ventureId, status: "open" } });
  const taken = new Set(open.map(({ criterion }) => criterion));
  const wanted = assessment.ranked.filter(({ criterion }) => !taken.has(criterion)).slice(0, MOST_TASKS);
  const tasks = wanted.map(({ criterion, toDo }) => ({ criterion, title: toDo }));
  await makeTasks(tx, { ventureId: row.ventureId, today: exit.today, by: EXIT_SYSTEM }, tasks, now);
  await recordExit(tx, row, "remediated", EXIT_SYSTEM, { criteria: tasks.map(({ criterion }) => criterion) }, now);
  return [{ kind: "readiness-low", tasks: wanted.length }];
}

/** A key person left: the plan that keeps the others is a task, once per departure. */
async function retain(tx: Tx, { exit, row }: Judged, now: Date): Promise<void> {
  const left = exit.rollbacks.find(({ kind, state }) => kind === "key-person" && state === "holds");
  if (!left?.cause) return;
  const made = await askRetention(
    tx,
    { ventureId: row.ventureId, today: exit.today, by: EXIT_SYSTEM },
    left.cause,
    now,
  );
  if (made) await recordExit(tx, row, "remediated", EXIT_SYSTEM, { criteria: [RETENTION] }, now);
}

type StartReport = (tx: Tx, ventureId: string) => Promise<{ runId: string }>;

/** Judges a round: memos and tasks for what its facts ask for, the report, the day of the next look; closed in one commit. */
export async function judgeRound(
  preparationId: string,
  round: number,
  by: Judges,
  startReport: StartReport,
  now: Date,
): Promise<{ consequences: Consequence[] }> {
  await engineClient();
  const known = await db.exitRound.findUnique({ where: { preparationId_round: { preparationId, round } } });
  if (known?.closedAt) return { consequences: known.consequences as Consequence[] };
  // Paused or ended meanwhile: the round stays open, and is judged when preparation goes on.
  const { status } = await db.exitPreparation.findUniqueOrThrow({ where: { id: preparationId } });
  if (status !== "running") return { consequences: [] };
  const judged = await factsFor(preparationId, round, by.advisor, now);
  const memos = await consequencesOf(judged, by, now);
  return fencedTransaction(async (tx) => {
    const { row, exit } = judged;
    await lockExit(tx, row.ventureId);
    const key = { preparationId_round: { preparationId, round } };
    const held = await tx.exitRound.findUniqueOrThrow({ where: key });
    if (held.closedAt) return { consequences: held.consequences as Consequence[] };
    const consequences = [...memos, ...(await remediate(tx, judged, now))];
    await retain(tx, judged, now);
    const { runId } = await startReport(tx, row.ventureId);
    const { readinessCheck } = await exitParameters(tx, row.ventureId);
    const nextCheckOn = nextCheck(exit.today, readinessCheck as CheckFrequency);
    await tx.exitRound.update({ where: key, data: { consequences, runId, closedAt: now } });
    await tx.exitPreparation.update({ where: { id: preparationId }, data: { nextCheckOn: dayDate(nextCheckOn) } });
    await recordExit(tx, row, "checked", EXIT_SYSTEM, { round, consequences, nextCheckOn }, now);
    return { consequences };
  });
}

/** 40.2 was closed while the run was on: it ends without a word to anybody. */
export async function stopExit(preparationId: string, now: Date): Promise<void> {
  await fencedTransaction(async (tx) => {
    const { row } = await rowOf(tx, preparationId);
    await lockExit(tx, row.ventureId);
    const data = { status: "cancelled", reason: "Exit preparation (40.2) of the venture was closed.", endedAt: now };
    const open = { id: preparationId, status: { in: ["running", "paused"] } };
    const { count } = await tx.exitPreparation.updateMany({ where: open, data });
    if (count > 0) await recordExit(tx, row, "ended", EXIT_SYSTEM, { reason: data.reason }, now);
  });
}
