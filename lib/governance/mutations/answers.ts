import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { digestOf } from "@/lib/figures/rules";
import { putAwayAnswerFile, readAnswerFiles } from "@/lib/integrations/governance-folder";
import { dayDate } from "@/lib/metrics/rules/periods";
import { learningRef, type WithdrawLearning } from "../schema";
import { type AnswerDocument, answerDocumentSchema } from "../schema/documents";

export type AnswerRefusal = "NOT_JSON" | "NOT_VALID" | "UNKNOWN_HANDOFF" | "ANOTHER_CONTENT";
export type TakenIn = { answerId: string; fresh: boolean; learnings: string[] };
/** Who brought it, how, and which ventures it may be about. */
type Bringer = { ref: string; via: "upload" | "folder" | "route"; ventures: Actor["ventures"] };

const MOST_PROBLEMS = 12;

function readAnswer(text: string): Result<AnswerDocument, "NOT_JSON" | "NOT_VALID"> {
  let raw: unknown;
  try {
    raw = JSON.parse(text);
  } catch {
    return refuse("NOT_JSON", [{ path: "", expected: "a JSON document" }]);
  }
  const parsed = answerDocumentSchema.safeParse(raw);
  if (parsed.success) return ok(parsed.data);
  const problems = parsed.error.issues
    .slice(0, MOST_PROBLEMS)
    .map(({ path, message }): FieldProblem => ({ path: path.map(String).join("."), expected: message }));
  return refuse("NOT_VALID", problems);
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** The handoff that it answers, if it answers one; undefined where it names one that there is not. */
async function handoffOf(tx: Tx, inReplyTo: string | null) {
  if (inReplyTo === null) return null;
  const found = UUID.test(inReplyTo) ? await tx.handoff.findUnique({ where: { id: inReplyTo } }) : null;
  return found ?? undefined;
}

async function store(
  tx: Tx,
  answer: AnswerDocument,
  about: { handoffId: string | null; ventureId: string | null },
  by: Bringer,
  now: Date,
) {
  const { id: documentId, issuedAt, issuedBy, learnings } = answer;
  const row = await tx.governanceAnswer.create({
    data: {
      ...{
        documentId,
        ...about,
        issuedBy,
        issuedAt: new Date(issuedAt),
        body: answer as unknown as Prisma.InputJsonObject,
      },
      ...{ sha256: digestOf(answer), via: by.via, receivedBy: by.ref, receivedAt: now },
    },
  });
  const refs = [];
  for (const { id: externalId, learntOn, ...learning } of learnings) {
    const data = { ...learning, externalId, answerId: row.id, ventureId: about.ventureId, learntOn: dayDate(learntOn) };
    refs.push(learningRef((await tx.learning.create({ data })).number));
  }
  return { answerId: row.id, refs };
}

/**
 * Takes in a document of the governance system: judged against its schema, stored as it came, its learnings each with an
 * id of their own. The same document again is the same answer, however often and by whichever way it comes. Nothing in it
 * is executed or obeyed.
 */
export async function takeInAnswer(by: Bringer, text: string, now: Date): Promise<Result<TakenIn, AnswerRefusal>> {
  const read = readAnswer(text);
  if (!read.ok) return read;
  const answer = read.value;
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`answer:${answer.id}`}, 6))`;
    const known = await tx.governanceAnswer.findUnique({
      where: { documentId: answer.id },
      include: { learnings: true },
    });
    if (known && known.sha256 !== digestOf(answer))
      return refuse("ANOTHER_CONTENT", [{ path: "id", expected: "an id that was not used for another document" }]);
    if (known)
      return ok({
        answerId: known.id,
        fresh: false,
        learnings: known.learnings.map(({ number }) => learningRef(number)),
      });
    const handoff = await handoffOf(tx, answer.inReplyTo);
    const seen = handoff ? by.ventures === "all" || by.ventures.includes(handoff.ventureId) : by.ventures === "all";
    if (handoff === undefined || !seen)
      return refuse("UNKNOWN_HANDOFF", [{ path: "inReplyTo", expected: "the id of a handoff that you may see" }]);
    const about = { handoffId: handoff?.id ?? null, ventureId: handoff?.ventureId ?? null };
    const { answerId, refs } = await store(tx, answer, about, by, now);
    await recordEvent(tx, {
      ...{
        ventureId: about.ventureId,
        type: "governance.answered",
        actor: by.ref,
        subject: `answer:${answerId}`,
        at: now,
      },
      payload: { title: answer.id, issuedBy: answer.issuedBy, status: answer.status, via: by.via, learnings: refs },
    });
    return ok({ answerId, fresh: true, learnings: refs });
  });
}

/** A document that a person has in hand. */
export async function uploadAnswer(actor: Actor, text: string, now: Date): Promise<Result<TakenIn, AnswerRefusal>> {
  if (!isPermitted(actor.role, "governance:exchange")) throw new AppError("FORBIDDEN");
  return takeInAnswer({ ref: actor.ref, via: "upload", ventures: actor.ventures }, text, now);
}

const MOST_FILES = 50;
const FOLDER: Bringer = { ref: "system:governance-folder", via: "folder", ventures: "all" };

export type FolderRead = { taken: number; known: number; refused: number };

/** Takes in what lies in the inbox folder; each file is put away into "taken" or "refused", so that it is read once. */
export async function readFolder(now: Date): Promise<FolderRead> {
  const read: FolderRead = { taken: 0, known: 0, refused: 0 };
  for (const { name, text } of await readAnswerFiles(MOST_FILES)) {
    const outcome = text === null ? null : await takeInAnswer(FOLDER, text, now);
    if (outcome?.ok) read[outcome.value.fresh ? "taken" : "known"] += 1;
    else {
      read.refused += 1;
      const refusal = outcome && !outcome.ok ? outcome.refusal : "TOO_LARGE";
      await db.$transaction((tx) =>
        recordEvent(tx, {
          ...{ ventureId: null, type: "governance.answer-refused", actor: FOLDER.ref, subject: "governance", at: now },
          payload: { fileName: name, refusal },
        }),
      );
    }
    await putAwayAnswerFile(name, outcome?.ok ? "taken" : "refused", now);
  }
  return read;
}

/** The same, because a person asks for it now. */
export async function readFolderFor(actor: Actor, now: Date): Promise<Result<FolderRead>> {
  if (!isPermitted(actor.role, "governance:exchange") || actor.ventures !== "all") throw new AppError("FORBIDDEN");
  return ok(await readFolder(now));
}

/** No agent is given it any more; it stays to be read, with who set it aside and why. */
export async function withdrawLearning(
  actor: Actor,
  { learningId, reason }: WithdrawLearning,
  now: Date,
): Promise<Result<null, "WITHDRAWN">> {
  if (!isPermitted(actor.role, "governance:exchange")) throw new AppError("FORBIDDEN");
  return db.$transaction(async (tx) => {
    const learning = await tx.learning.findUnique({ where: { id: learningId } });
    const seen = learning && (learning.ventureId ? maySeeVenture(actor, learning.ventureId) : actor.ventures === "all");
    if (!learning || !seen) throw new AppError("NOT_FOUND");
    const { count } = await tx.learning.updateMany({
      where: { id: learningId, withdrawnAt: null },
      data: { withdrawnAt: now, withdrawnBy: actor.ref, withdrawnReason: reason },
    });
    if (count !== 1) return refuse("WITHDRAWN");
    await recordEvent(tx, {
      ...{
        ventureId: learning.ventureId,
        type: "learning.withdrawn",
        actor: actor.ref,
        subject: `learning:${learningId}`,
        at: now,
      },
      payload: { title: learningRef(learning.number), reason },
    });
    return ok(null);
  });
}
