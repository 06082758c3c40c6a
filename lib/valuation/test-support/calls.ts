import { callTool } from "@/lib/agents/define-tool";
import { valuationTools } from "../tools";
import { simulationTools } from "../tools/simulation";

const NOBODY = { actor: null, agent: null, runId: null, now: new Date("2026-11-22T00:00:00Z") };

/** A computing tool of the room as the command line calls it. */
export async function call(name: string, input: unknown) {
  const tool = [...valuationTools, ...simulationTools].find((one) => one.name === `valuation.${name}`);
  if (!tool) throw new Error(`no tool ${name}`);
  return callTool(tool, input, NOBODY);
}

/** What the tool answers; a refusal fails the test. */
export async function resultOf<T = Record<string, unknown>>(name: string, input: unknown): Promise<T> {
  const answer = await call(name, input);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.result as T;
}

/** Code and path of the refusal; null where it answers. */
export async function refusalOf(name: string, input: unknown) {
  const answer = await call(name, input);
  return answer.ok ? null : [answer.error.code, answer.error.path];
}
