import "server-only";
import { type Actor, maySeeVenture, ventureScope } from "@/lib/auth/actor";
import { namesByRef } from "@/lib/auth/people";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import type { FigureView } from "@/lib/figures/schema";
import { dayText } from "@/lib/metrics/rules/periods";
import { findLearnings } from "./queries/learnings";
import {
  directiveRef,
  evidenceListSchema,
  handoffRef,
  learningRef,
  type SignalKind,
  TRIGGERS,
  type TriggerId,
} from "./schema";
import { answerDocumentSchema } from "./schema/documents";

export type DeliveryState = "delivered" | "waiting" | "retrying" | "dead";
export type HandoffView = {
  id: string;
  number: string;
  kind: string;
  writtenAt: Date;
  sha256: string;
  to: string;
  state: DeliveryState;
  attempts: number;
  resent: number;
  deliveredAt: Date | null;
  nextAt: Date;
  lastError: string | null;
};
export type AnswerView = {
  id: string;
  issuedBy: string;
  issuedAt: Date;
  receivedAt: Date;
  via: string;
  status: string;
  text: string;
  inReplyTo: string | null;
  learnings: string[];
};
export type DirectiveView = {
  id: string;
  number: string;
  trigger: TriggerId;
  name: string;
  mode: string;
  title: string;
  instruction: string;
  cause: string;
  occurrence: number;
  firedAt: Date;
  endedAt: Date | null;
  evidence: FigureView[];
  handoff: HandoffView | null;
  answers: AnswerView[];
};

type MessageRow = Awaited<ReturnType<typeof db.outboxMessage.findMany>>[number];
type HandoffRow = Awaited<ReturnType<typeof db.handoff.findMany>>[number];

function stateOf({ deliveredAt, abandonedAt, attempts }: MessageRow): DeliveryState {
  if (deliveredAt) return "delivered";
  if (abandonedAt) return "dead";
  return attempts > 0 ? "retrying" : "waiting";
}

function handoffView(row: HandoffRow, message: MessageRow): HandoffView {
  const { id, number, kind, writtenAt, sha256 } = row;
  const { attempts, resent, deliveredAt, nextAt, lastError } = message;
  const to = message.channel === "folder" ? "folder" : String((message.payload as { url?: string }).url ?? "");
  return {
    ...{ id, number: handoffRef(number), kind, writtenAt, sha256, to, state: stateOf(message) },
    ...{ attempts, resent, deliveredAt, nextAt, lastError },
  };
}

async function handoffsOf(where: { ventureId: string }): Promise<{ row: HandoffRow; view: HandoffView }[]> {
  const rows = await db.handoff.findMany({ where, orderBy: { number: "desc" }, take: MOST });
  const messages = await db.outboxMessage.findMany({ where: { id: { in: rows.map(({ messageId }) => messageId) } } });
  const byId = new Map(messages.map((message) => [message.id, message]));
  return rows.flatMap((row) => {
    const message = byId.get(row.messageId);
    return message ? [{ row, view: handoffView(row, message) }] : [];
  });
}

const MOST = 200;

async function answersOf(where: { ventureId: string | null }): Promise<(AnswerView & { handoffId: string | null })[]> {
  const rows = await db.governanceAnswer.findMany({
    where,
    orderBy: { receivedAt: "desc" },
    take: MOST,
    include: { learnings: { orderBy: { number: "asc" } } },
  });
  return rows.map(({ id, issuedBy, issuedAt, receivedAt, via, body, handoffId, learnings }) => {
    const { status, text, inReplyTo } = answerDocumentSchema.parse(body);
    const refs = learnings.map(({ number }) => learningRef(number));
    return { id, issuedBy, issuedAt, receivedAt, via, status, text, inReplyTo, handoffId, learnings: refs };
  });
}

export type VentureGovernance = {
  directives: DirectiveView[];
  /** Those of no directive. */
  retrospectives: { handoff: HandoffView; answers: AnswerView[] }[];
};

/** What fired for a venture, newest first, each with its document, where that is, and what came back. */
export async function listDirectives(actor: Actor, ventureId: string): Promise<VentureGovernance> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const [rows, handoffs, answers] = await Promise.all([
    db.directive.findMany({ where: { ventureId }, orderBy: { number: "desc" }, take: MOST }),
    handoffsOf({ ventureId }),
    answersOf({ ventureId }),
  ]);
  const answersTo = (handoffId: string | undefined) => answers.filter((answer) => answer.handoffId === handoffId);
  const directives = rows.map((row): DirectiveView => {
    const own = handoffs.find((one) => one.row.directiveId === row.id);
    const { id, number, mode, title, instruction, cause, occurrence, firedAt, endedAt } = row;
    const trigger = row.trigger as TriggerId;
    return {
      ...{ id, number: directiveRef(number), trigger, name: TRIGGERS[trigger].name, mode, title, instruction, cause },
      ...{ occurrence, firedAt, endedAt, handoff: own?.view ?? null, answers: own ? answersTo(own.row.id) : [] },
      evidence: evidenceListSchema.parse(row.evidence).map(({ figure, ...one }) => ({ ...figure, ...one })),
    };
  });
  const retrospectives = handoffs
    .filter(({ row }) => row.kind === "retrospective")
    .map(({ row, view }) => ({ handoff: view, answers: answersTo(row.id) }));
  return { directives, retrospectives };
}

/** A document as it is delivered, byte by byte. */
export async function getHandoffFile(actor: Actor, handoffId: string): Promise<{ name: string; body: string }> {
  const row = await db.handoff.findUnique({ where: { id: handoffId } });
  if (!row || !maySeeVenture(actor, row.ventureId)) throw new AppError("NOT_FOUND");
  return { name: `${handoffRef(row.number)}-${row.kind}.json`, body: row.body };
}

export type SignalView = {
  id: string;
  kind: SignalKind;
  title: string;
  source: string;
  sector: string | null;
  dated: string;
  statedBy: string;
  withdrawn: boolean;
  /** Of the whole market. */
  shared: boolean;
};

/** What people stated about a venture and about the market, newest first. */
export async function listSignals(actor: Actor, ventureId: string): Promise<SignalView[]> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const rows = await db.governanceSignal.findMany({
    where: { OR: [{ ventureId }, { ventureId: null }] },
    orderBy: [{ dated: "desc" }, { id: "desc" }],
    take: MOST,
  });
  const names = await namesByRef(
    db,
    rows.map(({ statedBy }) => statedBy),
  );
  return rows.map(({ id, kind, title, source, sector, dated, statedBy, withdrawnAt, ventureId: of }) => ({
    ...{ id, kind: kind as SignalKind, title, source, sector, dated: dayText(dated), shared: of === null },
    ...{ statedBy: names.get(statedBy) ?? statedBy, withdrawn: withdrawnAt !== null },
  }));
}

export type LearningView = {
  id: string;
  ref: string;
  statement: string;
  source: string;
  sector: string | null;
  businessModel: string | null;
  topics: string[];
  confidence: string;
  learntOn: string;
  venture: { slug: string; name: string } | null;
  withdrawnReason: string | null;
};

/** Everything that came back and that the actor may see, newest first. */
export async function listLearnings(actor: Actor): Promise<LearningView[]> {
  const scope = actor.ventures === "all" ? {} : { OR: [ventureScope(actor), { ventureId: null }] };
  const rows = await db.learning.findMany({ where: scope, orderBy: { number: "desc" }, take: MOST });
  const ids = rows.flatMap(({ ventureId }) => ventureId ?? []);
  const ventures = await db.venture.findMany({
    where: { id: { in: ids } },
    select: { id: true, slug: true, name: true },
  });
  const byId = new Map(ventures.map(({ id, ...venture }) => [id, venture]));
  return rows.map((row) => {
    const { id, number, statement, source, sector, businessModel, topics, confidence, withdrawnReason } = row;
    return {
      ...{
        id,
        ref: learningRef(number),
        statement,
        source,
        sector,
        businessModel,
        topics,
        confidence,
        withdrawnReason,
      },
      ...{ learntOn: dayText(row.learntOn), venture: (row.ventureId && byId.get(row.ventureId)) || null },
    };
  });
}

export type VentureLearnings = {
  /** What exits of others taught that bears on it: what its agents are given. */
  given: LearningView[];
  /** What its own exit taught others. */
  taught: LearningView[];
};

export async function listVentureLearnings(actor: Actor, ventureId: string): Promise<VentureLearnings> {
  const [all, fitting] = await Promise.all([listLearnings(actor), findLearnings(actor, ventureId, null)]);
  const refs = new Set(fitting?.map(({ ref }) => ref));
  const taught = await db.learning.findMany({ where: { ventureId }, select: { id: true } });
  const own = new Set(taught.map(({ id }) => id));
  return { given: all.filter(({ ref }) => refs.has(ref)), taught: all.filter(({ id }) => own.has(id)) };
}

/** Answers that belong to no venture. */
export async function listLooseAnswers(actor: Actor): Promise<AnswerView[]> {
  return actor.ventures === "all" ? answersOf({ ventureId: null }) : [];
}
