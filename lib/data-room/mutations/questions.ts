import "server-only";
import type { Actor } from "@/lib/auth/actor";
import { mayOwn } from "@/lib/auth/people";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { mayMove, type QuestionMove } from "../rules/questions";
import type { DraftAnswer, PublishAnswer, QuestionRead, RouteQuestion } from "../schema/guests";
import { tellOfQuestions } from "./question-alert";
import { lockRoom, recordRoom } from "./room-row";

export type QuestionRefusal = "CONFLICT" | "WRONG_STATE";
type Change = {
  move: QuestionMove | null;
  type: string;
  data: Prisma.RoomQuestionUncheckedUpdateInput;
  payload?: Prisma.InputJsonObject;
};

/** One change of a question at the version that was read, from a state that allows it. */
async function change(
  actor: Actor,
  read: QuestionRead,
  { move, type, data, payload }: Change,
  now: Date,
): Promise<Result<null, QuestionRefusal>> {
  return db.$transaction(async (tx: Tx) => {
    const found = await tx.roomQuestion.findUnique({ where: { id: read.questionId }, select: { roomId: true } });
    if (!found) throw new AppError("NOT_FOUND");
    const room = await lockRoom(tx, actor, found.roomId);
    const question = await tx.roomQuestion.findUniqueOrThrow({ where: { id: read.questionId } });
    if (question.version !== read.version) return refuse("CONFLICT" as const);
    if (move && !mayMove(question.status, move)) return refuse("WRONG_STATE" as const);
    await tx.roomQuestion.update({ where: { id: question.id }, data: { ...data, version: { increment: 1 } } });
    const event = { type, subject: `question:${question.id}`, payload: { number: question.number, ...payload } };
    await recordRoom(tx, room, actor, event, now);
    await tellOfQuestions(tx, room, false, now);
    return ok(null);
  });
}

export async function routeQuestion(
  actor: Actor,
  input: RouteQuestion,
  now: Date,
): Promise<Result<null, QuestionRefusal>> {
  const { ownerId } = input;
  const about = await db.roomQuestion.findUnique({
    where: { id: input.questionId },
    select: { room: { select: { ventureId: true } } },
  });
  if (!about || !(await mayOwn(db, about.room.ventureId, ownerId))) throw new AppError("NOT_FOUND");
  return change(
    actor,
    input,
    { move: null, type: "question.routed", data: { routedTo: ownerId }, payload: { ownerId } },
    now,
  );
}

/** A new draft takes an approval back. */
export const draftAnswer = (actor: Actor, input: DraftAnswer, now: Date): Promise<Result<null, QuestionRefusal>> =>
  change(
    actor,
    input,
    {
      move: "draft",
      type: "question.drafted",
      data: { answer: input.answer, status: "drafted", draftedBy: actor.ref, approvedBy: null },
    },
    now,
  );

/** An answer leaves the holding: its action asks for the chairman's own permission. */
export const approveAnswer = (actor: Actor, input: QuestionRead, now: Date): Promise<Result<null, QuestionRefusal>> =>
  change(
    actor,
    input,
    { move: "approve", type: "question.approved", data: { status: "approved", approvedBy: actor.ref } },
    now,
  );

/** To who asked, or to every group without saying who asked. */
export const publishAnswer = (actor: Actor, input: PublishAnswer, now: Date): Promise<Result<null, QuestionRefusal>> =>
  change(
    actor,
    input,
    {
      move: "publish",
      type: "question.published",
      data: { status: "published", audience: input.audience, publishedAt: now },
      payload: { audience: input.audience },
    },
    now,
  );

/** Not answered; nothing but that is said. */
export const declineQuestion = (actor: Actor, input: QuestionRead, now: Date): Promise<Result<null, QuestionRefusal>> =>
  change(actor, input, { move: "decline", type: "question.declined", data: { status: "declined", answer: null } }, now);
