import "server-only";
import { type Refusal, raiseRefusal } from "@/lib/agents/mutations/progress";
import type { Tx } from "@/lib/db";
import { demoteForBreach } from "@/lib/decisions/mutations/autonomy/demotion";
import { agentNamed } from "@/lib/decisions/schema/words";

/** An agent reached outside its row or its policy: raised as an alert, and it does nothing by itself any more. */
export async function recordBreach(tx: Tx, refusal: Refusal, now: Date): Promise<void> {
  await raiseRefusal(tx, refusal, now);
  const agent = agentNamed(refusal.agent);
  if (!agent) return;
  const sentence = `It reached for ${refusal.tool}, which was refused: ${refusal.reason}`.slice(0, 400);
  await demoteForBreach(tx, agent, { rule: "breach", sentence, evidence: [`run:${refusal.runId}`] }, now);
}

/** An agent insisted on a number that no figure backs; nobody saw it, and it does nothing by itself any more. */
export async function recordWrongFigure(tx: Tx, run: { agent: string; runId: string }, now: Date): Promise<void> {
  const agent = agentNamed(run.agent);
  if (!agent) return;
  const sentence = "It insisted on a sentence that its figures do not back.";
  await demoteForBreach(tx, agent, { rule: "wrong-figure", sentence, evidence: [`run:${run.runId}`] }, now);
}
