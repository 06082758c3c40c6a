import "server-only";
import { beginAttempt, endAttempt, giveUp, readMessageMove } from "@/lib/growth/mutations/outbound";
import { deliver } from "@/lib/integrations/webhook";
import { defineWorkflow, receive, runStep } from "./engine";

const TOPIC = "outbound";

/**
 * Delivers one message of the outbox: at least once, always under the same key, so that a receiver that keeps its keys
 * acts once. Every attempt is counted before it is made.
 */
async function outbound(messageId: string): Promise<string> {
  for (;;) {
    const move = await runStep("look", ({ now }) => readMessageMove(messageId, now));
    if (move.kind === "end") return move.how;
    if (move.kind === "wait") await receive(TOPIC, move.ms / 1_000);
    else if (move.kind === "give-up") await runStep("give up", ({ now }) => giveUp(messageId, now));
    else await runStep("send", ({ now }) => send(messageId, now));
  }
}

async function send(messageId: string, now: Date): Promise<boolean> {
  const call = await beginAttempt(messageId, now);
  if (!call) return false;
  const delivery = await deliver(call, now);
  await endAttempt(messageId, delivery, now);
  return delivery.ok;
}

defineWorkflow("outbound", outbound);
