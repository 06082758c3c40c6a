import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { recomputeFigure } from "@/lib/figures/mutations/recompute";
import { staleFigures } from "@/lib/figures/queries";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { accountOf } from "../queries/people";
import { askPolicy } from "../queries/policy";
import { contentProblems, stakeAgain, withFigures } from "../rules/memo-content";
import { isOpen } from "../rules/verdict";
import {
  type ActionClass,
  type AnswerInput,
  type MemoContent,
  type MemoVersionRead,
  memoContentSchema,
  type Quote,
  type ReviseInput,
} from "../schema";
import { agentNamed } from "../schema/words";
import { asJson, type LockedMemo, lockVisibleMemo, type NextVersion, wakeMemoRun, writeVersion } from "./memo-row";

type Changed = { version: number };
type Refusal = "CONFLICT" | "CLOSED";
type Change = Omit<NextVersion, "writtenBy" | "now"> & { event: string; payload: object };

/** Locks the memo, checks that it is open and still as it was read, and writes the change as the next version. */
async function change(
  actor: Actor,
  read: MemoVersionRead,
  now: Date,
  decideChange: (tx: Tx, memo: LockedMemo) => Promise<Change>,
): Promise<Result<Changed, Refusal>> {
  return fencedTransaction(async (tx) => {
    const memo = await lockVisibleMemo(tx, actor, read.memoId);
    if (!isOpen(memo.status)) return refuse("CLOSED");
    if (memo.version !== read.version) return refuse("CONFLICT");
    const { event, payload, ...next } = await decideChange(tx, memo);
    const version = await writeVersion(tx, memo, { ...next, writtenBy: actor.ref, now });
    await recordEvent(tx, {
      ventureId: memo.ventureId,
      type: event,
      actor: actor.ref,
      subject: `memo:${memo.id}`,
      payload: asJson({ version, ...payload }),
      at: now,
    });
    return ok({ version });
  });
}

/** The answer belongs to the next version: what was asked is decided on with the answer in sight. */
export async function answerQuestion(actor: Actor, input: AnswerInput, now: Date): Promise<Result<Changed, Refusal>> {
  if (!isPermitted(actor.role, "memo:comment")) throw new AppError("FORBIDDEN");
  const { questionId, answer } = input;
  return change(actor, input, now, async (tx, memo) => {
    const { count } = await tx.memoQuestion.updateMany({
      where: { id: questionId, memoId: memo.id, answeredAt: null },
      data: { answer: { text: answer }, answeredBy: actor.ref, answeredAt: now },
    });
    if (count !== 1) throw new AppError("CONFLICT");
    const open = await tx.memoQuestion.count({ where: { memoId: memo.id, answeredAt: null } });
    const status = open > 0 ? ("question" as const) : ("pending" as const);
    return { status, reason: "A question was answered", event: "memo.answered", payload: { questionId } };
  });
}

/** Another text, other options: whoever drafts memos may, and so may the agent whose memo it is. */
export async function reviseMemo(
  actor: Actor,
  input: ReviseInput,
  now: Date,
): Promise<Result<Changed, Refusal | "INVALID_INPUT">> {
  const { title, content, reason } = input;
  const problems = contentProblems(content);
  if (problems.length > 0) return refuse("INVALID_INPUT", problems);
  return change(actor, input, now, async (_tx, memo) => {
    if (!isPermitted(actor.role, "memo:draft") && memo.proposedBy !== actor.ref) throw new AppError("FORBIDDEN");
    return { status: "pending", title, content, reason, event: "memo.revised", payload: { reason } };
  });
}

/**
 * Computes again what is out of date, quotes every figure at its newest revision, and takes budget and target from there.
 * While a figure cannot be computed again the memo stays as it is.
 */
export async function refreshMemo(
  actor: Actor,
  read: MemoVersionRead,
  now: Date,
): Promise<Result<Changed, Refusal | "NOT_RECOMPUTED">> {
  if (!isPermitted(actor.role, "figure:recompute")) throw new AppError("FORBIDDEN");
  await recomputeStale(actor, read, now);
  const fresh = await freshContent(actor, read);
  if (!fresh.ok) return fresh;
  const { quotes } = fresh.value;
  return change(actor, read, now, async (tx, memo) => {
    await askShadow(tx, memo, fresh.value, now);
    return {
      // A first approval was of the old figures; a question and a deferral stand whatever the figures are.
      ...{ status: memo.status === "confirming" ? "pending" : memo.status, deferredUntil: memo.deferredUntil },
      stake: stakeAgain(memo, await amountsOf(tx, memo.content.quotes), await amountsOf(tx, quotes)),
      content: fresh.value,
      reason: "Its figures were brought up to date",
      event: "memo.refreshed",
      payload: { quotes },
    };
  });
}

/** What auto would have said of an agent's memo is said of what stands in it now. */
async function askShadow(tx: Tx, { id, proposalId, ventureId }: LockedMemo, content: MemoContent, now: Date) {
  const { agent: by, actionClass } = await tx.proposal.findUniqueOrThrow({ where: { id: proposalId } });
  const agent = agentNamed(by);
  if (!agent) return;
  const asked = { ventureId, agent, actionClass: actionClass as ActionClass, content, memoId: id };
  const { shadow } = await askPolicy(tx, asked, now);
  if (shadow) await tx.proposal.update({ where: { id: proposalId }, data: { shadow: asJson(shadow) } });
}

/** Each quoted figure as it was quoted, by id. */
async function amountsOf(tx: Tx, quotes: readonly Quote[]) {
  const rows = await tx.figure.findMany({
    where: { OR: quotes.map(({ id, revision }) => ({ id, revision })) },
    select: { id: true, value: true, unit: true },
  });
  return new Map(rows.map(({ id, value, unit }) => [id, { value, unit }]));
}

/**
 * Open memos of a venture that rest on figures which changed are brought up to date by themselves: their next version has to
 * be read before it is approved. One that cannot be computed again stays marked, and cannot be approved. One that waits
 * for a second person is left to those two.
 */
export async function keepMemosFresh(actor: Actor, ventureId: string, now: Date): Promise<{ refreshed: number }> {
  const open = await db.memo.findMany({
    where: { ventureId, status: { in: ["pending", "question", "deferred"] }, expiresAt: { gt: now } },
    select: { id: true, version: true, content: true },
    orderBy: { id: "asc" },
  });
  let refreshed = 0;
  for (const { id: memoId, version, content } of open) {
    const { quotes } = memoContentSchema.parse(content);
    if ((await staleFigures(quotes)).length === 0) continue;
    if ((await refreshMemo(actor, { memoId, version }, now)).ok) refreshed += 1;
  }
  return { refreshed };
}

async function recomputeStale(actor: Actor, read: MemoVersionRead, now: Date): Promise<void> {
  const { content } = await db.$transaction((tx) => lockVisibleMemo(tx, actor, read.memoId));
  // One that cannot be computed again is named by what comes next.
  for (const { id } of await staleFigures(content.quotes)) await recomputeFigure(actor, id, now);
}

async function freshContent(actor: Actor, read: MemoVersionRead): Promise<Result<MemoContent, "NOT_RECOMPUTED">> {
  return db.$transaction(async (tx) => {
    const { content } = await lockVisibleMemo(tx, actor, read.memoId);
    const ids = content.quotes.map((quote) => quote.id);
    const rows = await tx.figure.findMany({
      where: { id: { in: ids } },
      orderBy: { revision: "desc" },
      distinct: ["id"],
    });
    const quotes = rows.map(({ id, revision }) => ({ id, revision }));
    const stale = await staleFigures(quotes, tx);
    if (stale.length > 0) {
      return refuse(
        "NOT_RECOMPUTED",
        stale.map(({ label, reason }) => ({ path: label, expected: reason })),
      );
    }
    const values = new Map(rows.map(({ id, value }) => [id, value]));
    return ok(withFigures(content, quotes, (id) => values.get(id) ?? null));
  });
}

/** The proposer, or whoever drafts memos, takes it off the chairman's desk. */
export async function withdrawMemo(
  actor: Actor,
  read: MemoVersionRead & { reason: string },
  now: Date,
): Promise<Result<null, Refusal>> {
  await engineClient();
  return fencedTransaction(async (tx) => {
    const memo = await lockVisibleMemo(tx, actor, read.memoId);
    if (!isPermitted(actor.role, "memo:draft") && memo.proposedBy !== actor.ref) throw new AppError("FORBIDDEN");
    if (!isOpen(memo.status)) return refuse("CLOSED");
    if (memo.version !== read.version) return refuse("CONFLICT");
    await tx.memo.update({
      where: { id: memo.id },
      data: { status: "withdrawn", deferredUntil: null, updatedAt: now },
    });
    await wakeMemoRun(tx, memo.id, `${memo.version}:withdrawn`);
    await recordEvent(tx, {
      ventureId: memo.ventureId,
      type: "memo.withdrawn",
      actor: actor.ref,
      subject: `memo:${memo.id}`,
      payload: { version: memo.version, reason: read.reason },
      at: now,
    });
    return ok(null);
  });
}

/** Remembers the newest version that this person has had on the screen. */
export async function noteSeen(actor: Actor, read: MemoVersionRead, now: Date): Promise<void> {
  const userId = accountOf(actor);
  if (!userId) return;
  await db.$transaction(async (tx) => {
    const memo = await tx.memo.findUnique({ where: { id: read.memoId } });
    if (!memo || (actor.ventures !== "all" && !actor.ventures.includes(memo.ventureId)))
      throw new AppError("NOT_FOUND");
    const version = Math.min(read.version, memo.version);
    await tx.$executeRaw`
      INSERT INTO "memo_seen" ("memoId", "userId", "version", "seenAt")
      VALUES (${memo.id}::uuid, ${userId}::uuid, ${version}, ${now})
      ON CONFLICT ("memoId", "userId") DO UPDATE
        SET "version" = GREATEST("memo_seen"."version", EXCLUDED."version"), "seenAt" = EXCLUDED."seenAt"`;
  });
}
