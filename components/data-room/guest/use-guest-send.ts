"use client";

import { useState } from "react";
import { guestText } from "./words";

/** What an action of a guest answers. */
export type Answer = { ok: true } | { ok: false; refusal: string };

/** Sends one action of a guest: busy while it runs, a sentence where it is refused. */
export function useGuestSend() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  async function send(call: () => Promise<Answer>, then: () => void) {
    setBusy(true);
    const answer = await call().catch((): Answer => ({ ok: false, refusal: "UNAVAILABLE" }));
    setBusy(false);
    setProblem(answer.ok ? null : guestText(answer.refusal));
    if (answer.ok) then();
  }
  return { busy, problem, send, forget: () => setProblem(null) };
}
