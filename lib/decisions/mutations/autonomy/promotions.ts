import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { saveFigures } from "@/lib/figures/mutations";
import { fencedTransaction } from "@/lib/workflows/fence";
import { engineClient } from "@/lib/workflows/transport";
import { earnedCases, promotionCandidates } from "../../queries/autonomy/cases";
import { promotionFor } from "../../rules/autonomy/promotion";
import { type PromotionMemoFacts, promotionMemo } from "../../rules/autonomy/promotion-memo";
import { type RecordCase, recordOf } from "../../rules/autonomy/record";
import { RECORD_PARTS, recordFigures } from "../../rules/autonomy/record-figures";
import { withQuotes } from "../../rules/initiative-memo";
import { CLASS_POLICY, mayEverBeRoutine } from "../../rules/policy";
import { ACTION_CLASSES, type ActionClass } from "../../schema";
import { recordProposal } from "../proposals";
import { withdrawUnearned } from "./unearned";

const DAY_MS = 86_400_000;
/** So long the rule is silent after the chairman said no, or did not answer. */
const SILENT_DAYS = 90;

type About = { agent: AgentName; actionClass: ActionClass };
type Earned = About & {
  venture: { id: string; name: string; currency: string };
  limitUsd: number | null;
  demoted: boolean;
};

const dedupeKey = ({ agent, actionClass, venture }: Earned, now: Date): string =>
  `promote:${venture.id}:${agent}:${actionClass}:${Math.floor(now.getTime() / (SILENT_DAYS * DAY_MS))}`;

/** A memo about it that waits, or that was answered not long ago, is not written again. */
async function askedLately({ agent, actionClass, venture }: Earned, now: Date): Promise<boolean> {
  const lever = `autonomy:${venture.id}:${agent}:${actionClass}`.slice(0, 120);
  const found = await db.memo.findFirst({
    where: {
      ...{ ventureId: venture.id, updatedAt: { gt: new Date(now.getTime() - SILENT_DAYS * DAY_MS) } },
      proposal: { actionClass: "policy.promote", action: { path: ["lever"], equals: lever } },
    },
  });
  return found !== null;
}

async function write(by: Actor, earned: Earned, cases: readonly RecordCase[], now: Date): Promise<boolean> {
  const { venture, agent, actionClass, limitUsd, demoted } = earned;
  const record = recordOf(agent, actionClass, cases, now.getTime());
  const figures = recordFigures(record, limitUsd, now.toISOString());
  const refs = await db.$transaction((tx) => saveFigures(tx, null, figures, now));
  const ids = Object.fromEntries(RECORD_PARTS.map((part, index) => [part, figures[index]?.id ?? null]));
  const row = await db.policyRow.findUnique({
    where: { ventureId_agent_actionClass: { ventureId: venture.id, agent, actionClass } },
  });
  const before = row && { level: row.level, limitUsd: row.limitUsd?.toString() ?? null, reason: row.reason };
  const draft = promotionMemo({
    ...{ venture, agent, actionClass, demoted, before, limitUsd: limitUsd?.toFixed(2) ?? null },
    figures: ids as PromotionMemoFacts["figures"],
  });
  const content = withQuotes(draft.content, new Map(refs.map(({ id, revision }) => [id, revision])));
  if (!content) return false;
  const { title, rationale } = draft;
  const about = { ventureId: venture.id, agent: null, runId: null, actionClass: "policy.promote" as const };
  const stake = { stakeMinor: null, stakeCurrency: null, expiresInDays: 60 };
  const key = dedupeKey(earned, now);
  const made = await recordProposal(by, { ...about, ...stake, title, rationale, content, dedupeKey: key }, now);
  return made.ok && !made.value.repeated;
}

/**
 * The night's look at what was earned: for each agent, class and venture where the rule holds, one memo for the chairman; one
 * that waits where it holds no more is taken back.
 * Nothing changes by it; `by` is the policy itself, never an agent.
 */
export async function proposePromotions(by: (ventureId: string) => Actor, now: Date): Promise<number> {
  let written = 0;
  await engineClient();
  for (const actionClass of ACTION_CLASSES.filter(mayEverBeRoutine))
    for (const agent of CLASS_POLICY[actionClass].agents) {
      await fencedTransaction((tx) => withdrawUnearned(tx, { agent, actionClass }, now));
      const { cases, demoted } = await earnedCases(db, { agent, actionClass }, now);
      if (cases.length === 0) continue;
      for (const venture of await promotionCandidates({ agent, actionClass })) {
        const { earned, limitUsd } = promotionFor(cases, venture.id, now.getTime());
        const one = { agent, actionClass, venture, limitUsd, demoted };
        if (!earned || (await askedLately(one, now))) continue;
        if (await write(by(venture.id), one, cases, now)) written += 1;
      }
    }
  return written;
}
