/** The life of a question: asked, drafted, approved by somebody else, published. Pure. */

const QUESTION_STATUSES = ["asked", "drafted", "approved", "published", "declined"] as const;
export type QuestionStatus = (typeof QUESTION_STATUSES)[number];
export type QuestionMove = "draft" | "approve" | "publish" | "decline";

const FROM: Readonly<Record<QuestionMove, readonly QuestionStatus[]>> = {
  draft: ["asked", "drafted", "approved"],
  approve: ["drafted"],
  publish: ["approved"],
  decline: ["asked", "drafted", "approved"],
};

export const mayMove = (status: string, move: QuestionMove): boolean => FROM[move].some((from) => from === status);

/** Somebody still has to answer, approve or publish. */
export const OPEN_QUESTION: readonly QuestionStatus[] = ["asked", "drafted", "approved"];

/** What waits, by the groups that asked, newest first. */
export function waitingWords(groups: readonly string[]): { title: string; detail: string } {
  const [first = "", ...others] = [...new Set(groups)];
  const who = others.length === 0 ? first : others.length === 1 ? `${first} and ${others[0]}` : `${first} and others`;
  const title = groups.length === 1 ? "a guest waits for an answer" : `${groups.length} questions of guests wait`;
  return { title, detail: `Asked by ${who}; answered under Exit, Data room, Questions.` };
}

const WEEK_MS = 7 * 86_400_000;

/** How many questions a group may still ask: so many in any seven days. */
export function questionsLeft(askedAt: readonly Date[], perWeek: number, now: Date): number {
  const recent = askedAt.filter((at) => now.getTime() - at.getTime() < WEEK_MS).length;
  return Math.max(0, perWeek - recent);
}
