"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useToast } from "@/components/ui/toast";
import { submitVerdict, takeBackVerdict } from "@/lib/decisions/actions";
import { refusalSentence, VERDICT_WORDS } from "./verdict-words";

type Input = Parameters<typeof submitVerdict>[0];
type Outcome = Awaited<ReturnType<typeof submitVerdict>>;
type Guarded = <R extends { ok: true } | { ok: false; refusal: string }>(call: () => Promise<R>) => Promise<R>;

/** Sends a verdict, says what became of it, and offers to take it back where that is possible. */
export function useVerdict(guarded: Guarded): {
  send: (input: Input) => Promise<boolean>;
  busy: boolean;
  error: string | null;
  clear: () => void;
} {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function takeBack(memoId: string, version: number) {
    const outcome = await takeBackVerdict({ memoId, version }).catch(() => null);
    if (!outcome?.ok) toast({ text: refusalSentence(outcome?.refusal ?? "OFFLINE", outcome?.problems) });
    router.refresh();
  }

  async function send(input: Input): Promise<boolean> {
    setBusy(true);
    const offline = { ok: false as const, refusal: "OFFLINE" };
    const outcome: Outcome | typeof offline = await guarded(() => submitVerdict(input)).catch(() => offline);
    setBusy(false);
    if (!outcome.ok) {
      setError(refusalSentence(outcome.refusal, "problems" in outcome ? outcome.problems : undefined));
      return false;
    }
    setError(null);
    const { undoUntil, version } = outcome.value;
    const undo = { label: "Undo", run: () => takeBack(input.memoId, version) };
    const word = VERDICT_WORDS[outcome.value.status === "confirming" ? "first-approval" : input.verdict];
    toast({ text: `${word}.`, ...(undoUntil ? { action: undo } : {}) });
    router.refresh();
    return true;
  }

  return { send, busy, error, clear: () => setError(null) };
}
