import "server-only";
import { carryOut, expireMemo, readNextMove } from "@/lib/decisions/mutations/execution";
import { MEMO_TOPIC } from "@/lib/decisions/mutations/memo-row";
import type { MemoStatus } from "@/lib/decisions/schema";
import { defineWorkflow, receive, runStep } from "./engine";

/**
 * Waits for the verdict, carries the decision out once, and stays until it can no longer be taken back. Every message is
 * only a reason to look again: what happens next is read from the memo.
 */
async function memo(memoId: string): Promise<MemoStatus> {
  for (;;) {
    const move = await runStep("look", (step) => readNextMove(memoId, step));
    if (move.kind === "end") return move.status;
    if (move.kind === "wait") await receive(MEMO_TOPIC, move.seconds);
    else if (move.kind === "execute") await runStep("carry out", (step) => carryOut(memoId, move.version, step));
    else {
      const why = move.kind;
      await runStep(why, ({ now }) => expireMemo(memoId, move.version, why, now));
    }
  }
}

defineWorkflow("memo", memo);
