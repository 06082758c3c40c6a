import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { type Criterion, promotionCriteria, since } from "../../rules/autonomy/promotion";
import { type AgentRecord, type RecordCase, recordOf, wasRight } from "../../rules/autonomy/record";
import { mayEverBeRoutine } from "../../rules/policy";
import type { ActionClass } from "../../schema";
import { loadCases, promotionCandidates } from "./cases";

const inSight = ({ ventures }: Actor) => ({ ventures: ventures === "all" ? null : ventures });

/** The record of each agent with each class of action, counted from the memos that the actor may see; the longest first. */
export async function listAgentRecords(actor: Actor, now: Date): Promise<(AgentRecord & { demoted: boolean })[]> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const [cases, demotions] = await Promise.all([
    loadCases(db, inSight(actor), now),
    db.demotion.findMany({ where: { liftedAt: null } }),
  ]);
  const lost = new Set(demotions.map(({ agent, actionClass }) => `${agent} ${actionClass}`));
  const groups = Map.groupBy(cases, ({ agent, actionClass }) => `${agent} ${actionClass}`);
  return [...groups.entries()]
    .flatMap(([key, group]) => {
      const [first] = group;
      if (!first) return [];
      return [{ ...recordOf(first.agent, first.actionClass, group, now.getTime()), demoted: lost.has(key) }];
    })
    .sort((a, b) => b.proposals - a.proposals || (a.agent < b.agent ? -1 : 1));
}

export type ListedCase = RecordCase & { venture: { slug: string; name: string }; right: boolean | null };

export type AgentRecordPage = {
  record: AgentRecord;
  cases: ListedCase[];
  /** May it ever be done without the chairman? */
  routine: boolean;
  demotions: { id: string; sentence: string; demotedAt: string; liftedAt: string | null; liftReason: string | null }[];
  /** How the record stands against the rule, at each venture where there is a case; only at some it is asked for. */
  promotion: { venture: { slug: string; name: string }; criteria: Criterion[]; earned: boolean; asked: boolean }[];
};

/** Everything behind the counts of one agent with one class of action. */
export async function getAgentRecord(
  actor: Actor,
  about: { agent: AgentName; actionClass: ActionClass },
  now: Date,
): Promise<AgentRecordPage> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const [cases, demotions] = await Promise.all([
    loadCases(db, { ...about, ...inSight(actor) }, now),
    db.demotion.findMany({ where: about, orderBy: { demotedAt: "desc" } }),
  ]);
  const candidates = await promotionCandidates(about);
  const at = now.getTime();
  const ids = [...new Set(cases.map(({ ventureId }) => ventureId))];
  const rows = await db.venture.findMany({ where: { id: { in: ids } }, orderBy: { name: "asc" } });
  const ventures = new Map(rows.map(({ id, slug, name }) => [id, { slug, name }]));
  const counted = since(cases, demotions[0]?.demotedAt.getTime() ?? null);
  const routine = mayEverBeRoutine(about.actionClass);
  return {
    record: recordOf(about.agent, about.actionClass, cases, at),
    cases: cases.map((one) => ({
      ...one,
      venture: ventures.get(one.ventureId) ?? { slug: "", name: "" },
      right: wasRight(one, at),
    })),
    routine,
    demotions: demotions.map(({ id, sentence, demotedAt, liftedAt, liftReason }) => ({
      ...{ id, sentence, liftReason, demotedAt: demotedAt.toISOString(), liftedAt: liftedAt?.toISOString() ?? null },
    })),
    promotion: !routine
      ? []
      : rows.map(({ id, slug, name }) => {
          const criteria = promotionCriteria(counted, id, at);
          const asked = candidates.some((one) => one.id === id);
          return { venture: { slug, name }, criteria, asked, earned: criteria.every(({ met }) => met) };
        }),
  };
}
