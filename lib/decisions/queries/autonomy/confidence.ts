import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import type { Tx } from "@/lib/db";
import { statedConfidence, wasRight } from "../../rules/autonomy/record";
import type { ActionClass } from "../../schema";
import { loadCases } from "./cases";

/** How likely a proposal is right, to four digits, and from how many settled ones that was said. */
export type Confidence = { probability: number; right: number; settled: number };

/** Whose record: one agent's with one class of action. */
export type RecordOf = { agent: AgentName; actionClass: ActionClass };

const NEWEST = 100;

/** From the record as it is before the proposal; a model says nothing about itself. */
export async function confidenceOf(tx: Tx, about: RecordOf, now: Date): Promise<Confidence> {
  const cases = await loadCases(tx, { ...about, take: NEWEST }, now);
  const settled = cases.map((one) => wasRight(one, now.getTime())).filter((right) => right !== null);
  const right = settled.filter((one) => one).length;
  const probability = Number(statedConfidence(right, settled.length).toFixed(4));
  return { probability, right, settled: settled.length };
}
