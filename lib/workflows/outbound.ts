import "server-only";
import {
  beginAttempt,
  endAttempt,
  giveUp,
  OUTBOUND_TOPIC,
  readMessageMove,
} from "@/lib/growth/mutations/initiatives/outbound";
import { mailLetter } from "@/lib/integrations/mail";
import { callRemoteTool } from "@/lib/integrations/mcp-client";
import { deliver } from "@/lib/integrations/webhook";
import { defineWorkflow, receive, runStep } from "./engine";

/**
 * Delivers one message of the outbox: at least once, always under the same key, so that a receiver that keeps its keys
 * acts once. A tool that keeps none is not called again once a call may have acted. Every attempt is counted before it is made.
 */
async function outbound(messageId: string): Promise<string> {
  for (;;) {
    const move = await runStep("look", ({ now }) => readMessageMove(messageId, now));
    if (move.kind === "end") return move.how;
    if (move.kind === "wait") await receive(OUTBOUND_TOPIC, move.ms / 1_000);
    else if (move.kind === "give-up") await runStep("give up", ({ now }) => giveUp(messageId, now));
    else await runStep("send", ({ now }) => send(messageId, now));
  }
}

async function send(messageId: string, now: Date): Promise<boolean> {
  const call = await beginAttempt(messageId, now);
  if (!call) return false;
  const { tool, letter, secret: token } = call;
  const delivery = letter
    ? await mailLetter({ ...letter, text: call.body }, call.unsettled)
    : tool === null
      ? await deliver(call, now)
      : await callRemoteTool({ ...call, tool, token });
  await endAttempt(messageId, delivery, now);
  return delivery.ok;
}

defineWorkflow("outbound", outbound);
