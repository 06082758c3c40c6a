import "server-only";
import type { Result } from "@/lib/errors";
import { refuse } from "@/lib/errors";
import { answerSecret } from "../queries/delivery";
import { isSignedBy } from "../rules/answer-signature";
import { type AnswerRefusal, type TakenIn, takeInAnswer } from "./answers";

const ROUTE = { ref: "system:governance-route", via: "route", ventures: "all" } as const;

/** A document by route: taken in only with the signature of the one who was given the secret. */
export async function takeSignedAnswer(
  { text, signature }: { text: string; signature: string | null },
  now: Date,
): Promise<Result<TakenIn, AnswerRefusal | "NOT_SIGNED">> {
  const secret = await answerSecret();
  if (secret === null || !isSignedBy(secret, signature, text, now.getTime())) return refuse("NOT_SIGNED");
  return takeInAnswer(ROUTE, text, now);
}
