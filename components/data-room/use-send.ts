"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useToast } from "@/components/ui/toast";
import { refusalText } from "./words";

type Answer<T> = { ok: true; value: T } | { ok: false; refusal: string; problems?: readonly { expected: string }[] };

/** Sends one action: busy while it runs, a sentence where it is refused, the page read anew when it is done. */
export function useSend() {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function send<T>(call: () => Promise<Answer<T>>, done: string | null): Promise<T | null> {
    setBusy(true);
    const answer = await call().catch((): Answer<T> => ({ ok: false, refusal: "UNAVAILABLE" }));
    setBusy(false);
    const needed = answer.ok ? "" : (answer.problems ?? []).map(({ expected }) => ` Needed: ${expected}.`).join("");
    setProblem(answer.ok ? null : `${refusalText(answer.refusal)}${needed}`);
    if (!answer.ok) return null;
    if (done) toast({ text: done });
    router.refresh();
    return answer.value;
  }
  return { busy, problem, send };
}
