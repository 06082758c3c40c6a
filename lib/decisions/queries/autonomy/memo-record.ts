import "server-only";
import { type Actor, venturesInSql } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { type AgentRecord, recordOf } from "../../rules/autonomy/record";
import type { PolicyResult } from "../../rules/policy";
import type { ActionClass } from "../../schema";
import { agentNamed } from "../../schema/words";
import { loadCases } from "./cases";
import type { Confidence } from "./confidence";

/** What stands beside an agent's memo: its record with the kind, what it stated, and what auto would have said. */
export type MemoRecord = {
  record: AgentRecord;
  /** By rule, from the record as it was when the memo was written; null where none was kept. */
  stated: Confidence | null;
  /** Null where it was not asked. */
  shadow: PolicyResult | null;
};

type Proposed = { id: string; agent: string; actionClass: string; shadow: unknown };

const NEWEST = 500;

/** Null for what a person or the rules proposed: nothing is counted of them. */
export async function findMemoRecord(actor: Actor, proposal: Proposed, now: Date): Promise<MemoRecord | null> {
  const agent = agentNamed(proposal.agent);
  if (!agent) return null;
  const about = { agent, actionClass: proposal.actionClass as ActionClass };
  const [cases, row] = await Promise.all([
    loadCases(db, { ...about, ventures: venturesInSql(actor), take: NEWEST }, now),
    db.statedConfidence.findUnique({ where: { proposalId: proposal.id } }),
  ]);
  const stated = row && { probability: row.probability.toNumber(), right: row.right, settled: row.settled };
  const shadow = proposal.shadow as PolicyResult | null;
  return { record: recordOf(about.agent, about.actionClass, cases, now.getTime()), stated, shadow };
}
