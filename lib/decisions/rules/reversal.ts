import { ok, type Result, refuse } from "@/lib/errors";
import type { MemoStatus } from "../schema";

export const REVERSE_REFUSALS = ["IRREVERSIBLE", "NOTHING_TO_REVERSE", "CONFLICT"] as const;
export type ReverseRefusal = (typeof REVERSE_REFUSALS)[number];

/**
 * A decision to act, the policy's or a person's, can be reversed at any later time where its action can: before it was
 * carried out nothing happens any more, afterwards it is undone. The version that was read must be the one that stands.
 */
export function mayReverse(
  memo: { status: MemoStatus; version: number; reversible: boolean },
  readVersion: number,
): Result<null, ReverseRefusal> {
  if (memo.version !== readVersion) return refuse("CONFLICT");
  if (memo.status !== "approved" && memo.status !== "conditional") return refuse("NOTHING_TO_REVERSE");
  if (!memo.reversible) return refuse("IRREVERSIBLE");
  return ok(null);
}

/** What the effect of a memo's version is known by: it comes once, and is undone by the same name. */
export const effectKey = (memoId: string, version: number): string => `memo:${memoId}:${version}:action`;
