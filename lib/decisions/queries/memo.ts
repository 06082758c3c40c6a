import "server-only";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { type StaleFigure, staleFigures } from "@/lib/figures/queries";
import type { FigureView, Unit } from "@/lib/figures/schema";
import { type Change, changesBetween } from "../rules/memo-content";
import { discloses, type PolicyResult } from "../rules/policy";
import { effectKey, mayReverse } from "../rules/reversal";
import type { SecondPersonRule } from "../rules/second-person";
import { decidedVersion, isOpen, mayUndo } from "../rules/verdict";
import {
  type ActionClass,
  type Condition,
  conditionSchema,
  type MemoContent,
  type MemoStatus,
  memoContentSchema,
} from "../schema";
import { findMemoRecord, type MemoRecord } from "./autonomy/memo-record";
import { type ConditionLook, listConditionLooks } from "./conditions";
import { type Compared, findDissent } from "./dissent";
import { accountOf, namesOf } from "./people";
import { needsSecondPerson } from "./policy";
import { listReadings, type ReadingView } from "./readings";
import { findSuspension, type Suspension } from "./suspension";

export type VerdictView = {
  version: number;
  verdict: string;
  note: string;
  by: string;
  at: string;
  optionId: string | null;
  /** Each with the last look at it; null before the first. */
  conditions: (Condition & { look: ConditionLook | null })[];
};
export type QuestionView = {
  id: string;
  version: number;
  question: string;
  askedBy: string;
  askedAt: string;
  answer: string | null;
  answeredBy: string | null;
  /** An agent writes paragraphs and lists, a person lines as they stand. */
  byAgent: boolean;
  answeredAt: string | null;
};
export type VersionView = { version: number; reason: string; by: string; at: string };

/** Of an action about an initiative its state; of any other that it was carried out, by its class. */
export type Outcome = {
  action: ActionClass;
  initiativeId: string | null;
  status: string | null;
  at: string;
  /** It was undone since. */
  undone: boolean;
};

export type MemoView = {
  id: string;
  venture: { id: string; name: string; slug: string; currency: string };
  title: string;
  status: MemoStatus;
  version: number;
  from: string;
  createdAt: string;
  writtenAt: string;
  reversible: boolean;
  /** What it shows outside stays seen. */
  discloses: boolean;
  stake: { amountMinor: string; currency: string } | null;
  expiresAt: string;
  deferredUntil: string | null;
  content: MemoContent;
  /** Each quoted figure as it was when it was quoted, by id. */
  figures: Record<string, FigureView>;
  stale: StaleFigure[];
  policy: PolicyResult;
  rationale: string;
  runId: string | null;
  record: MemoRecord | null;
  /** Why two people have to approve it; null where one is enough. */
  second: SecondPersonRule | null;
  /** The approval that waits for a second person. */
  first: { by: string; at: string; optionId: string | null; conditional: boolean; own: boolean } | null;
  verdicts: VerdictView[];
  questions: QuestionView[];
  versions: VersionView[];
  /** What differs from the version this person last had on the screen; null when there is nothing to say. */
  changes: { since: number; list: Change[] } | null;
  /** What the decision brought about. */
  outcome: Outcome | null;
  /** Why it was taken off the desk; null where it was not. */
  withdrawn: string | null;
  /** Every look at the conditions of its approval, newest first. */
  looks: ConditionLook[];
  /** While a condition does not hold, what was carried out is held. */
  suspension: Suspension | null;
  /** Other recommendations on the venture that cannot be right together with this one; of an open memo. */
  compared: Compared | null;
  /** Colleagues who were asked to read it, with what they said. */
  readings: ReadingView[];
  may: { decide: boolean; answer: boolean; refresh: boolean; reverse: boolean; undoUntil: string | null };
};

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

const WHOLE = {
  proposal: true,
  verdicts: { orderBy: { decidedAt: "asc" } },
  questions: { orderBy: { askedAt: "asc" } },
  versions: { orderBy: { version: "asc" } },
} as const;

const loadMemo = (id: string) => db.memo.findUnique({ where: { id }, include: WHOLE });
type WholeMemo = NonNullable<Awaited<ReturnType<typeof loadMemo>>>;

/** One memo with everything that is shown beside it; NOT_FOUND for what the actor may not see. */
export async function getMemo(actor: Actor, memoId: string, now: Date): Promise<MemoView> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const memo = await loadMemo(memoId);
  if (!memo || !maySeeVenture(actor, memo.ventureId)) throw new AppError("NOT_FOUND");
  const content = memoContentSchema.parse(memo.content);
  const [venture, nameOf, stale, changes, outcome, record, looks, second, beside] = await Promise.all([
    db.venture.findUniqueOrThrow({ where: { id: memo.ventureId } }),
    namesOf(db, peopleOf(memo)),
    staleFigures(content.quotes),
    changesSinceSeen(actor, memo),
    findOutcome(memo),
    findMemoRecord(actor, memo.proposal, now),
    listConditionLooks(memo.id),
    isOpen(memo.status) ? needsSecondPerson(db, { ...memo, content }, now) : null,
    besideMemo(actor, { ...memo, content }, now),
  ]);
  const figures = await quotedViews(content, stale);
  const { title, status, version, reversible } = memo;
  const { policy, rationale, runId } = memo.proposal;
  return {
    id: memo.id,
    venture: { id: venture.id, name: venture.name, slug: venture.slug, currency: venture.currency },
    ...{ title, status, version, reversible, content, figures, stale, changes, outcome, rationale, runId, record },
    ...{ ...datesOf(memo), discloses: discloses(content) },
    from: nameOf(memo.proposedBy),
    stake: stakeOf(memo),
    policy: policy as unknown as PolicyResult,
    ...{ verdicts: verdictViews(memo, looks, nameOf), second, first: firstOf(memo, actor, nameOf) },
    ...{ ...beside, looks },
    questions: questionViews(memo.questions, nameOf),
    versions: versionViews(memo, nameOf),
    may: rightsOn(memo, actor, now, stale.length > 0),
  };
}

/** What stands beside the memo: other recommendations, opinions, and whether its effect is held. */
async function besideMemo(actor: Actor, memo: Omit<WholeMemo, "content"> & { content: MemoContent }, now: Date) {
  const [compared, readings, suspension, withdrawn] = await Promise.all([
    isOpen(memo.status) ? findDissent(memo, now) : null,
    listReadings(actor, memo.id),
    memo.status === "conditional" ? findSuspension(memo.id, memo.version) : null,
    memo.status === "withdrawn" ? findWithdrawal(memo.id) : null,
  ]);
  return { compared, readings, suspension, withdrawn };
}

async function findWithdrawal(memoId: string): Promise<string | null> {
  const where = { subject: `memo:${memoId}`, type: "memo.withdrawn" };
  const event = await db.event.findFirst({ where, orderBy: { id: "desc" }, select: { payload: true } });
  return (event?.payload as { reason?: string } | null)?.reason ?? null;
}

const peopleOf = (memo: WholeMemo): string[] => [
  memo.proposedBy,
  ...memo.verdicts.map((verdict) => verdict.decidedBy),
  ...memo.questions.flatMap((question) => [question.askedBy, question.answeredBy ?? ""]),
  ...memo.versions.map((version) => version.writtenBy),
];

const datesOf = (memo: WholeMemo) => ({
  createdAt: memo.createdAt.toISOString(),
  writtenAt: (memo.versions.at(-1)?.writtenAt ?? memo.createdAt).toISOString(),
  expiresAt: memo.expiresAt.toISOString(),
  deferredUntil: iso(memo.deferredUntil),
});

function firstOf(memo: WholeMemo, actor: Actor, nameOf: NameOf): MemoView["first"] {
  const given = memo.status === "confirming" && memo.verdicts.find(({ version }) => version === decidedVersion(memo));
  if (!given) return null;
  const conditional = conditionSchema.array().parse(given.conditions).length > 0;
  const { decidedBy, decidedAt, optionId } = given;
  const own = decidedBy === actor.ref;
  return { by: nameOf(decidedBy), at: decidedAt.toISOString(), optionId, conditional, own };
}

const stakeOf = ({ stakeMinor, stakeCurrency }: WholeMemo): MemoView["stake"] =>
  stakeMinor !== null && stakeCurrency ? { amountMinor: stakeMinor.toString(), currency: stakeCurrency } : null;

const versionViews = (memo: WholeMemo, nameOf: NameOf): VersionView[] =>
  memo.versions.map(({ version, reason, writtenBy, writtenAt }) => ({
    ...{ version, reason, by: nameOf(writtenBy), at: writtenAt.toISOString() },
  }));

type NameOf = (ref: string) => string;
type QuestionRow = Awaited<ReturnType<typeof db.memoQuestion.findMany>>[number];

const questionViews = (rows: readonly QuestionRow[], nameOf: NameOf): QuestionView[] =>
  rows.map((row) => ({
    ...{ id: row.id, version: row.version, question: row.question },
    askedBy: nameOf(row.askedBy),
    askedAt: row.askedAt.toISOString(),
    answer: (row.answer as { text: string } | null)?.text ?? null,
    answeredBy: row.answeredBy ? nameOf(row.answeredBy) : null,
    byAgent: row.answeredBy?.startsWith("agent:") ?? false,
    answeredAt: iso(row.answeredAt),
  }));

/** What this person may do with the memo now; the mutations ask again. */
function rightsOn(memo: WholeMemo, actor: Actor, now: Date, stale: boolean): MemoView["may"] {
  const { status, version } = memo;
  const undoMs = env().UNDO_WINDOW_MS;
  const last = memo.verdicts.find((verdict) => verdict.version === decidedVersion(memo)) ?? null;
  const first = status === "confirming" ? last : null;
  const undo = mayUndo(memo, last, { version, actorRef: actor.ref, now, undoMs });
  const due = isOpen(status) && memo.expiresAt > now;
  return {
    decide: isPermitted(actor.role, "memo:decide") && due && ![memo.proposedBy, first?.decidedBy].includes(actor.ref),
    answer: isPermitted(actor.role, "memo:comment") && isOpen(status),
    refresh: isPermitted(actor.role, "figure:recompute") && isOpen(status) && stale,
    reverse: isPermitted(actor.role, "memo:decide") && mayReverse(memo, version).ok,
    undoUntil: undo.ok && last ? undoEnd(memo, first !== null, last.decidedAt, undoMs).toISOString() : null,
  };
}

const undoEnd = ({ expiresAt }: WholeMemo, first: boolean, decidedAt: Date, undoMs: number): Date =>
  first ? expiresAt : new Date(decidedAt.getTime() + undoMs);

async function changesSinceSeen(actor: Actor, { id, version, versions }: WholeMemo): Promise<MemoView["changes"]> {
  const userId = accountOf(actor);
  const seen = userId && (await db.memoSeen.findUnique({ where: { memoId_userId: { memoId: id, userId } } }));
  if (!seen) return null;
  const before = versions.find((row) => row.version === seen.version);
  const after = versions.find((row) => row.version === version);
  if (!before || !after || before.version === after.version) return null;
  const read = (row: { title: string; content: unknown }) => ({
    title: row.title,
    content: memoContentSchema.parse(row.content),
  });
  return { since: before.version, list: changesBetween(read(before), read(after)) };
}

async function findOutcome({ id, status: now, version }: WholeMemo): Promise<Outcome | null> {
  const key = effectKey(id, now === "reversed" ? version - 1 : version);
  const [done, undone] = await Promise.all([findDeed(key), findDeed(`${key}:reversed`)]);
  const initiative = await db.initiative.findUnique({ where: { memoId: id } });
  if (initiative && (done || ["approved", "conditional", "reversed"].includes(now))) {
    const { id: initiativeId, status, createdAt } = initiative;
    const begun = { action: "growth.start-initiative" as const, initiativeId, status, undone: undone !== null };
    return { ...begun, at: createdAt.toISOString() };
  }
  if (!done) return null;
  const { initiativeId } = done.result as { initiativeId: string | null };
  const action = done.kind as ActionClass;
  const about = initiativeId ? await db.initiative.findUnique({ where: { id: initiativeId } }) : null;
  return { action, initiativeId, status: about?.status ?? null, at: done.at.toISOString(), undone: undone !== null };
}

/** What one version of a memo brought about; an earlier one that was taken back is its history. */
const findDeed = (key: string) => db.effect.findUnique({ where: { key } });

function verdictViews(memo: WholeMemo, looks: Awaited<ReturnType<typeof listConditionLooks>>, nameOf: NameOf) {
  return memo.verdicts.map((verdict): VerdictView => {
    const { version, note, optionId } = verdict;
    const lastOf = ({ metric, threshold, comparator }: Condition) =>
      looks.find(
        (look) =>
          look.version === version &&
          look.metric === metric &&
          look.threshold === threshold &&
          look.comparator === comparator,
      ) ?? null;
    return {
      ...{ version, verdict: verdict.verdict, note, optionId },
      by: nameOf(verdict.decidedBy),
      at: verdict.decidedAt.toISOString(),
      conditions: conditionSchema
        .array()
        .parse(verdict.conditions)
        .map((condition) => ({ ...condition, look: lastOf(condition) })),
    };
  });
}

async function quotedViews(content: MemoContent, stale: readonly StaleFigure[]): Promise<Record<string, FigureView>> {
  const rows = await db.figure.findMany({
    where: { OR: content.quotes.map(({ id, revision }) => ({ id, revision })) },
  });
  const why = new Map(stale.map((quote) => [quote.id, quote.reason]));
  return Object.fromEntries(
    rows.map((row): [string, FigureView] => {
      const { id, revision, value, label, reason } = row;
      const unit = row.unit as Unit;
      return [
        id,
        { id, revision, value, label, reason, unit, asOf: row.asOf.toISOString(), stale: why.get(id) ?? null },
      ];
    }),
  );
}

/** Just enough to see whether the memo on the screen is still the memo. */
export async function getMemoVersion(
  actor: Actor,
  memoId: string,
): Promise<{ version: number; status: MemoStatus; carriedOut: boolean; opinions: number }> {
  const memo = await db.memo.findUnique({ where: { id: memoId } });
  if (!memo || !maySeeVenture(actor, memo.ventureId)) throw new AppError("NOT_FOUND");
  const begun = (await db.initiative.count({ where: { memoId, status: { not: "stopped" } } })) > 0;
  const deed = begun ? null : await findDeed(effectKey(memoId, memo.version));
  const carriedOut = begun || (deed !== null && deed.kind !== "growth.start-initiative");
  const opinions = await db.memoReading.count({ where: { memoId, withdrawnAt: null, NOT: { givenAt: null } } });
  return { version: memo.version, status: memo.status, carriedOut, opinions };
}
