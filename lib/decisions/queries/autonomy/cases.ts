import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import { type Db, db, type Tx } from "@/lib/db";
import { Exact } from "@/lib/money";
import { since } from "../../rules/autonomy/promotion";
import { answerOf, type Later, type RecordCase } from "../../rules/autonomy/record";
import type { ActionClass, MemoStatus } from "../../schema";
import { CREW } from "../../schema/words";
import { dollarRates, inDollars } from "../facts";

type Row = {
  id: string;
  ventureId: string;
  title: string;
  status: MemoStatus;
  createdAt: Date;
  agent: string;
  actionClass: string;
  amountMinor: bigint | null;
  currency: string | null;
  shadow: { outcome: string; rule: string } | null;
  probability: number | null;
  recommended: string;
  verdict: string | null;
  optionId: string | null;
  decidedBy: string | null;
  decidedAt: Date | null;
  reversedAt: Date | null;
  later: string | null;
};

export type CaseFilter = {
  agent?: AgentName;
  actionClass?: ActionClass;
  /** Null: every venture. */
  ventures?: readonly string[] | null;
  take?: number;
};

/** Every proposal of an agent that became a memo, newest first, with what a person or the policy made of it. */
export async function loadCases(tx: Db | Tx, filter: CaseFilter, now: Date): Promise<RecordCase[]> {
  const agents = filter.agent ? [filter.agent] : [...CREW];
  const { actionClass = null, ventures = null, take = 5_000 } = filter;
  const scope = ventures && [...ventures];
  const rows = await tx.$queryRaw<Row[]>`
    SELECT c.*, s."probability"::float8 AS "probability", v."verdict", v."optionId", v."decidedBy", v."decidedAt",
           r."decidedAt" AS "reversedAt", i."verdict" AS "later"
    FROM (
      SELECT m."id", m."ventureId", m."title", m."status"::text AS "status", m."createdAt",
             p."agent", p."actionClass", p."amountMinor", p."currency", p."shadow", p."id" AS "proposalId",
             m."content"->>'recommendedOption' AS "recommended"
      FROM "proposal" p JOIN "memo" m ON m."proposalId" = p."id"
      WHERE p."agent" = ANY(${agents})
        AND (${actionClass}::text IS NULL OR p."actionClass" = ${actionClass})
        AND (${scope}::uuid[] IS NULL OR m."ventureId" = ANY(${scope}::uuid[]))
      ORDER BY p."createdAt" DESC, p."id" DESC LIMIT ${take}) c
    LEFT JOIN "stated_confidence" s ON s."proposalId" = c."proposalId"
    LEFT JOIN LATERAL (
      SELECT "verdict", "optionId", "decidedBy", "decidedAt" FROM "verdict"
      WHERE "memoId" = c."id" AND "verdict" IN ('approved', 'conditional', 'rejected')
      ORDER BY "version" DESC LIMIT 1) v ON true
    LEFT JOIN LATERAL (
      SELECT "decidedAt" FROM "verdict" WHERE "memoId" = c."id" AND "verdict" = 'reversed' LIMIT 1) r ON true
    LEFT JOIN LATERAL (
      SELECT im."verdict" FROM "initiative" s JOIN "initiative_measurement" im ON im."initiativeId" = s."id"
      WHERE s."memoId" = c."id" ORDER BY im."reviewOn" DESC LIMIT 1) i ON true
    ORDER BY c."createdAt" DESC, c."id" DESC`;
  const currencies = rows.flatMap(({ currency }) => currency ?? []);
  const rates = await dollarRates(tx, currencies, now);
  return rows.map((row) => caseOf(row, rates));
}

function caseOf(row: Row, rates: Awaited<ReturnType<typeof dollarRates>>): RecordCase {
  const { verdict, optionId, decidedBy, decidedAt, amountMinor, currency, shadow } = row;
  const given = verdict && decidedBy ? { verdict, optionId, decidedBy } : null;
  const answer = answerOf(row.status, row.recommended, given);
  const amount = amountMinor === null ? new Exact(0) : inDollars(amountMinor, currency ?? "USD", rates);
  return {
    ...{ memoId: row.id, ventureId: row.ventureId, title: row.title, answer, proposedAt: row.createdAt.getTime() },
    ...{ agent: row.agent as AgentName, actionClass: row.actionClass as ActionClass },
    answeredAt: answer === "open" || answer === "lapsed" ? null : (decidedAt?.getTime() ?? null),
    reversedAt: row.status === "reversed" ? (row.reversedAt?.getTime() ?? null) : null,
    later: row.later as Later | null,
    probability: row.probability,
    shadow: shadow ? (shadow.outcome === "execute" ? "execute" : "ask") : null,
    shadowRule: shadow?.rule ?? null,
    amountUsd: amount === null ? null : amount.toNumber(),
  };
}

/** What counts towards a promotion: since the right was last taken away, whether or not it was given back. */
export async function earnedCases(
  tx: Db | Tx,
  about: { agent: AgentName; actionClass: ActionClass },
  now: Date,
): Promise<{ cases: RecordCase[]; demoted: boolean }> {
  const last = await tx.demotion.findFirst({ where: about, orderBy: { demotedAt: "desc" } });
  const cases = await loadCases(tx, { ...about, take: 500 }, now);
  return { cases: since(cases, last?.demotedAt.getTime() ?? null), demoted: last !== null && last.liftedAt === null };
}

/** Ventures in stage 40 that are led at assisted, where nothing was set for this agent and class, or it was set tighter. */
export async function promotionCandidates(about: { agent: AgentName; actionClass: ActionClass }) {
  const ventures = await db.venture.findMany({
    where: { archivedAt: null, stage: "active", settings: { autonomy: { not: "manual" } } },
    select: { id: true, name: true, currency: true, settings: { select: { autonomy: true } } },
  });
  const rows = await db.policyRow.findMany({ where: about });
  return ventures.filter(({ id, settings }) => {
    const level = rows.find(({ ventureId }) => ventureId === id)?.level ?? settings?.autonomy;
    return level === "assisted";
  });
}
