import "server-only";
import { undoDeed } from "@/lib/decisions/mutations/reversal";
import { defineWorkflow, runStep } from "./engine";

/** Undoes what a decision brought about, once, after the chairman reversed it: `reversal:<memo>:<version>`. */
async function reversal(memoId: string, version: number): Promise<boolean> {
  const { undone } = await runStep("undo", ({ now }) => undoDeed(memoId, version, now));
  return undone;
}

defineWorkflow("reversal", reversal);
