import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { raiseCause } from "@/lib/stage/mutations/alert-cause";
import { loadCases } from "../../queries/autonomy/cases";
import { type DemotionRule, demotionFor } from "../../rules/autonomy/promotion";
import { CLASS_POLICY, mayEverBeRoutine, POLICY_ACTOR } from "../../rules/policy";
import { ACTION_CLASSES, type ActionClass } from "../../schema";
import { ACTION_WORDS, AGENT_WORDS } from "../../schema/words";
import { withdrawUnearned } from "./unearned";

type About = { agent: AgentName; actionClass: ActionClass };
type Why = { rule: DemotionRule; sentence: string; evidence: readonly string[] };

/** How many of the newest cases the rule is asked with. */
const NEWEST = 100;

/** Is there a venture where this agent does this by itself? Only then there is something to lose. */
async function actsAlone(tx: Tx, { agent, actionClass }: About): Promise<boolean> {
  if (!mayEverBeRoutine(actionClass) || !CLASS_POLICY[actionClass].agents.includes(agent)) return false;
  const granted = await tx.policyRow.findFirst({ where: { agent, actionClass, level: "auto" } });
  return granted !== null || (await tx.ventureSettings.findFirst({ where: { autonomy: "auto" } })) !== null;
}

export const demotionCause = ({ agent, actionClass }: About): string => `agent-demoted:${agent}:${actionClass}`;

/** Takes the right away everywhere, with an alert: once while it is taken away. Nobody has to agree. */
async function demote(tx: Tx, about: About, { rule, sentence, evidence }: Why, now: Date): Promise<boolean> {
  const { agent, actionClass } = about;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${demotionCause(about)}, 40))`;
  if (await tx.demotion.findFirst({ where: { ...about, liftedAt: null } })) return false;
  await tx.demotion.create({ data: { ...about, rule, sentence, evidence: [...evidence], demotedAt: now } });
  await withdrawUnearned(tx, about, now);
  await raiseCause(
    tx,
    {
      ...{ causeKey: demotionCause(about), ventureId: null, kind: "agent-demoted", severity: "warning" },
      title: `${AGENT_WORDS[agent]} may no longer ${ACTION_WORDS[actionClass]} by itself`,
      detail: `${sentence} Until the chairman gives the right back, each such proposal is a memo.`,
    },
    { by: POLICY_ACTOR, now },
  );
  await recordEvent(tx, {
    ...{ ventureId: null, type: "agent.demoted", actor: POLICY_ACTOR, subject: `autonomy:${agent}:${actionClass}` },
    payload: { agent, actionClass, rule, sentence, evidence: [...evidence] },
    at: now,
  });
  return true;
}

/**
 * What the record says now: where it breaks the rule, the right is taken away before anything else is decided. Asked at each
 * proposal and each reversal, and in the night.
 */
export async function demoteByRecord(tx: Tx, about: About, now: Date): Promise<boolean> {
  if (!(await actsAlone(tx, about))) return false;
  if (await tx.demotion.findFirst({ where: { ...about, liftedAt: null } })) return false;
  const last = await tx.demotion.findFirst({ where: about, orderBy: { liftedAt: "desc" }, select: { liftedAt: true } });
  const cases = await loadCases(tx, { ...about, take: NEWEST }, now);
  const found = demotionFor(cases, last?.liftedAt?.getTime() ?? null, now.getTime());
  if (!found) return false;
  const { rule, sentence, memoIds } = found;
  return demote(tx, about, { rule, sentence, evidence: memoIds.map((id) => `memo:${id}`) }, now);
}

/** A breach of its row or its policy, or a number that nothing backs: all that the agent may do by itself is taken away. */
export async function demoteForBreach(tx: Tx, agent: AgentName, why: Why, now: Date): Promise<number> {
  let taken = 0;
  for (const actionClass of ACTION_CLASSES) {
    const about = { agent, actionClass };
    if ((await actsAlone(tx, about)) && (await demote(tx, about, why, now))) taken += 1;
  }
  return taken;
}

/** The night's look at every agent and class: an outcome that was measured since may be a bad one. */
export async function demoteByRecords(tx: Tx, now: Date): Promise<number> {
  let taken = 0;
  for (const actionClass of ACTION_CLASSES)
    for (const agent of CLASS_POLICY[actionClass].agents)
      if (await demoteByRecord(tx, { agent, actionClass }, now)) taken += 1;
  return taken;
}
