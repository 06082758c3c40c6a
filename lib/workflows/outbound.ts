import "server-only";
import {
  beginAttempt,
  type Call,
  endAttempt,
  giveUp,
  OUTBOUND_TOPIC,
  readMessageMove,
} from "@/lib/growth/mutations/initiatives/outbound";
import { writeHandoffFile } from "@/lib/integrations/governance-folder";
import { mailLetter } from "@/lib/integrations/mail";
import { callRemoteTool } from "@/lib/integrations/mcp-client";
import { type Delivery, deliver } from "@/lib/integrations/webhook";
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
  const delivery = await passOn(call, now);
  await endAttempt(messageId, delivery, now);
  return delivery.ok;
}

function passOn(call: Call, now: Date): Promise<Delivery> {
  const { tool, letter, file, secret: token } = call;
  if (letter) return mailLetter({ ...letter, text: call.body }, call.unsettled);
  if (file) return writeHandoffFile(file, call.body);
  return tool === null ? deliver(call, now) : callRemoteTool({ ...call, tool, token });
}

defineWorkflow("outbound", outbound);
