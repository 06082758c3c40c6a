import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { requireStepUp } from "@/lib/auth/step-up";
import type { Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { staleFigures } from "@/lib/figures/queries";
import { wakeCycleOf } from "@/lib/growth/mutations/cycle/cycles";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { namesOf } from "../queries/people";
import { needsSecondPerson } from "../queries/policy";
import { discloses } from "../rules/policy";
import { FIRST_APPROVAL } from "../rules/second-person";
import { type Decided, decide, decidedVersion, mayUndo, type UndoRefusal, type VerdictRefusal } from "../rules/verdict";
import type { MemoStatus, MemoVersionRead, VerdictInput } from "../schema";
import { reverse } from "./deeds";
import { type First, findFirstApproval, isSameVerdict } from "./first-approval";
import { asJson, type LockedMemo, lockVisibleMemo, wakeMemoRun, writeVersion } from "./memo-row";
import { endHold } from "./suspension";

export type Recorded = {
  status: MemoStatus;
  /** The version that the person has now: the decided one, or the next one where the memo goes on. */
  version: number;
  decidedAt: string;
  /** Until when it can be taken back; null where it cannot. */
  undoUntil: string | null;
  /** The same verdict had been recorded before; this answer is that one's. */
  repeated: boolean;
};
export type RecordRefusal = Exclude<VerdictRefusal, "ALREADY_DECIDED" | "CHANGED_SINCE"> | "CONFLICT";

const EVENTS: Readonly<Record<Decided["verdict"], string>> = {
  "first-approval": "memo.first-approved",
  approved: "memo.approved",
  conditional: "memo.conditionally-approved",
  rejected: "memo.rejected",
  question: "memo.questioned",
  deferred: "memo.deferred",
};

const REASONS: Readonly<Partial<Record<Decided["verdict"], string>>> = {
  ...{ question: "A question was asked", [FIRST_APPROVAL]: "Approved by one; a second person has to approve it too" },
};

/**
 * One transaction: the memo's row is locked, the verdict is bound to the version that was read, its event is written and
 * the run that carries it out is woken. Of two verdicts on one version the first wins; the other is told CONFLICT and by
 * whom, and the same verdict again gets the first one's answer. Where two people have to approve, the first approval goes
 * on as the next version, and nothing is carried out before a second person approves that one.
 */
export async function recordVerdict(
  actor: Actor,
  input: VerdictInput,
  now: Date,
): Promise<Result<Recorded, RecordRefusal>> {
  if (!isPermitted(actor.role, "memo:decide")) throw new AppError("FORBIDDEN");
  await engineClient();
  return fencedTransaction(async (tx) => {
    const memo = await lockVisibleMemo(tx, actor, input.memoId);
    const before = await sameVerdict(tx, memo, actor, input);
    if (before) return ok(before);
    const stale = (await staleFigures(memo.content.quotes, tx)).map((quote) => quote.label);
    const first = await findFirstApproval(tx, memo);
    const approves = input.verdict === "approved" || input.verdict === "conditional";
    const needsSecond = approves && !first && (await needsSecondPerson(tx, memo, now)) !== null;
    const facts = { ...memo, discloses: discloses(memo.content), stale, needsSecond, first };
    const decided = decide(facts, input, actor.ref, now);
    if (!decided.ok) return refused(tx, memo, decided.refusal, stale);
    if (decided.value.stepUp) requireStepUp(actor, now);
    return ok(await write(tx, memo, { actor, input, first }, decided.value, now));
  });
}

type Said = { actor: Actor; input: VerdictInput; first: First | null };

async function write(tx: Tx, memo: LockedMemo, { actor, input, first }: Said, decided: Decided, now: Date) {
  const { status, verdict, final, optionId, deferredUntil } = decided;
  const conditions = input.verdict === "conditional" ? input.conditions : final ? (first?.conditions ?? []) : [];
  const note = input.verdict === "question" ? input.question : input.note;
  const row = { memoId: memo.id, version: memo.version, verdict, note, optionId, conditions };
  await tx.verdict.create({ data: { ...row, decidedBy: actor.ref, decidedAt: now } });
  if (input.verdict === "question") {
    const question = { memoId: memo.id, version: memo.version, question: input.question };
    await tx.memoQuestion.create({ data: { ...question, askedBy: actor.ref, askedAt: now } });
  }
  const reason = input.verdict === "deferred" ? `Deferred until ${input.until}` : (REASONS[verdict] ?? "");
  const version = final
    ? await closeMemo(tx, memo, status, now)
    : await writeVersion(tx, memo, { status, deferredUntil, reason, writtenBy: actor.ref, now });
  await wakeMemoRun(tx, memo.id, `${memo.version}:${input.verdict}`);
  if (final) await wakeCycleOf(tx, memo.ventureId, `memo:${memo.id}:${memo.version}`);
  await recordEvent(tx, {
    ventureId: memo.ventureId,
    type: EVENTS[verdict],
    actor: actor.ref,
    subject: `memo:${memo.id}`,
    payload: asJson({ version: memo.version, note, optionId, conditions, deferredUntil, first: first?.by }),
    at: now,
  });
  return answer(memo, status, version, now, false);
}

async function closeMemo(tx: Tx, memo: LockedMemo, status: MemoStatus, now: Date): Promise<number> {
  await tx.memo.update({ where: { id: memo.id }, data: { status, deferredUntil: null, updatedAt: now } });
  return memo.version;
}

function answer(
  memo: Pick<LockedMemo, "reversible" | "expiresAt">,
  status: MemoStatus,
  version: number,
  decidedAt: Date,
  repeated: boolean,
): Recorded {
  const final = status === "rejected" || (memo.reversible && (status === "approved" || status === "conditional"));
  const window = final ? new Date(decidedAt.getTime() + env().UNDO_WINDOW_MS) : null;
  const undoUntil = (status === "confirming" ? memo.expiresAt : window)?.toISOString() ?? null;
  return { status, version, decidedAt: decidedAt.toISOString(), undoUntil, repeated };
}

/** A second click, a retry after a lost answer, a second tab: the verdict that this person gave on this version. */
async function sameVerdict(tx: Tx, memo: LockedMemo, actor: Actor, input: VerdictInput): Promise<Recorded | null> {
  const given = await tx.verdict.findUnique({ where: { memoId_version: { memoId: memo.id, version: input.version } } });
  if (!given || given.decidedBy !== actor.ref || !(await isSameVerdict(tx, given, input))) return null;
  if (input.verdict === "conditional" && JSON.stringify(given.conditions) !== JSON.stringify(input.conditions))
    return null;
  const said = input.verdict === "question" ? input.question : input.note;
  if (given.note !== said) return null;
  const closes = ["approved", "conditional", "rejected"].includes(given.verdict);
  const version = closes ? input.version : input.version + 1;
  const status = given.verdict === FIRST_APPROVAL ? "confirming" : (given.verdict as MemoStatus);
  return answer(memo, status, version, given.decidedAt, true);
}

async function refused(tx: Tx, memo: LockedMemo, refusal: VerdictRefusal, stale: readonly string[]) {
  if (refusal === "STALE")
    return refuse(
      "STALE" as const,
      stale.map((label) => ({ path: "quotes", expected: label })),
    );
  if (refusal !== "ALREADY_DECIDED" && refusal !== "CHANGED_SINCE") return refuse(refusal);
  const last = await tx.memoVersion.findUnique({
    where: { memoId_version: { memoId: memo.id, version: memo.version } },
  });
  const verdict = await tx.verdict.findFirst({ where: { memoId: memo.id }, orderBy: { decidedAt: "desc" } });
  const by = refusal === "ALREADY_DECIDED" ? verdict?.decidedBy : last?.writtenBy;
  const what = refusal === "ALREADY_DECIDED" ? memo.status : (last?.reason ?? "changed");
  return refuse("CONFLICT" as const, [
    { path: "version", expected: String(memo.version) },
    { path: "status", expected: what },
    { path: "by", expected: by ? (await namesOf(tx, [by]))(by) : "" },
  ]);
}

/**
 * Takes a verdict back within a minute. If the action was carried out meanwhile it is reversed in the same transaction;
 * the memo is open again as its next version. The first of two approvals can be taken back until the second is given.
 */
export async function undoVerdict(
  actor: Actor,
  read: MemoVersionRead,
  now: Date,
): Promise<Result<{ version: number; reversed: boolean }, UndoRefusal>> {
  if (!isPermitted(actor.role, "memo:decide")) throw new AppError("FORBIDDEN");
  await engineClient();
  return fencedTransaction(async (tx) => {
    const memo = await lockVisibleMemo(tx, actor, read.memoId);
    const at = { memoId: memo.id, version: decidedVersion(memo) };
    const verdict = await tx.verdict.findUnique({ where: { memoId_version: at } });
    const asked = { version: read.version, actorRef: actor.ref, now, undoMs: env().UNDO_WINDOW_MS };
    const allowed = mayUndo(memo, verdict, asked);
    if (!allowed.ok) return allowed;
    await endHold(tx, memo, "The verdict was taken back", { key: `memo:${memo.id}:${memo.version}:undo`, now });
    const reversed = await reverse(tx, memo, memo.version, now);
    const next = { status: "pending" as const, reason: "The verdict was taken back", writtenBy: actor.ref, now };
    const version = await writeVersion(tx, memo, next);
    await wakeMemoRun(tx, memo.id, `${memo.version}:reopened`);
    await recordEvent(tx, {
      ventureId: memo.ventureId,
      type: "memo.reopened",
      actor: actor.ref,
      subject: `memo:${memo.id}`,
      payload: { version, takenBack: verdict?.verdict ?? null, reversed },
      at: now,
    });
    return ok({ version, reversed });
  });
}
