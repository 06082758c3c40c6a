import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import type { Tx } from "@/lib/db";
import { earnedCases } from "../../queries/autonomy/cases";
import { promotionFor } from "../../rules/autonomy/promotion";
import { POLICY_ACTOR } from "../../rules/policy";
import { OPEN } from "../../rules/verdict";
import type { ActionClass } from "../../schema";
import { withdrawOutdated } from "../outdated";

type About = { agent: AgentName; actionClass: ActionClass };

/** A promotion that waits for the chairman says what the record was: where the rule holds no more, the memo is taken back. */
export async function withdrawUnearned(tx: Tx, { agent, actionClass }: About, now: Date): Promise<number> {
  const about = (path: string, equals: string) => ({ action: { path: [path], equals } });
  const open = await tx.memo.findMany({
    where: {
      status: { in: [...OPEN] },
      proposal: {
        actionClass: "policy.promote",
        AND: [about("agent", agent), about("actionClass", actionClass)],
      },
    },
    select: { id: true, ventureId: true },
    orderBy: { id: "asc" },
  });
  if (open.length === 0) return 0;
  const { cases } = await earnedCases(tx, { agent, actionClass }, now);
  const over = open.filter(({ ventureId }) => !promotionFor(cases, ventureId, now.getTime()).earned);
  for (const { id } of over)
    await withdrawOutdated(tx, id, "The record meets the rule of promotion no more", POLICY_ACTOR, now);
  return over.length;
}
