import "server-only";
import type { Db, Tx } from "@/lib/db";
import { Prisma } from "@/lib/db";
import { namesOf } from "@/lib/decisions/queries/people";
import { POLICY_ACTOR, type PolicyResult } from "@/lib/decisions/rules/policy";
import type { MemoContent } from "@/lib/decisions/schema";
import type { Figure } from "@/lib/figures/schema";
import {
  type AgentWork,
  type AutomaticDecision,
  type DecisionDue,
  type DecisionTaken,
  num,
  numOrNull,
} from "../../rules/weekly/facts";
import { stakeFigure, type WeekScope, weekFigure } from "../../rules/weekly/weekly-figures";
import { dayAt, type Week } from "../../rules/weekly/weeks";
import type { Collected } from "./measures";

type Reader = Db | Tx;
const OPEN = ["pending", "question", "deferred", "confirming"] as const;
const WAITING: Readonly<Record<string, string>> = {
  pending: "for a decision",
  question: "for an answer",
  deferred: "deferred",
  confirming: "for a second person",
};

type Staked = { id: string; version: number; title: string; stakeMinor: bigint | null; stakeCurrency: string | null };

const stakeOf = ({ id, version, title, stakeMinor, stakeCurrency }: Staked, day: string): Figure | null =>
  stakeMinor !== null && stakeCurrency
    ? stakeFigure({ memoId: id, version, title, minor: stakeMinor, currency: stakeCurrency, day })
    : null;

type Venture = { id: string; name: string };
/** Days are those of the week's own zone. */
type Scope = WeekScope & Pick<Week, "timeZone">;

/** What waits for the chairman when the report is written, by date. */
export async function collectDue(
  tx: Reader,
  venture: Venture,
  scope: Scope,
  now: Date,
): Promise<Collected<DecisionDue[]>> {
  const memos = await tx.memo.findMany({
    where: { ventureId: venture.id, status: { in: [...OPEN] }, expiresAt: { gt: now } },
    orderBy: { expiresAt: "asc" },
  });
  const figures: Figure[] = [];
  const facts = memos.map((memo): DecisionDue => {
    const stake = stakeOf(memo, scope.endsOn);
    if (stake) figures.push(stake);
    const due = memo.deferredUntil && memo.deferredUntil > now ? memo.deferredUntil : (memo.dueAt ?? memo.expiresAt);
    return {
      ...{
        memoId: memo.id,
        title: memo.title,
        venture: venture.name,
        dueOn: dayAt(due, scope.timeZone),
        overdue: due < now,
      },
      ...{ reversible: memo.reversible, stake: numOrNull(stake), waiting: WAITING[memo.status] ?? memo.status },
    };
  });
  return { facts: facts.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : 1)), figures };
}

const WORDS: Readonly<Record<string, string>> = {
  approved: "approved",
  conditional: "approved with conditions",
  rejected: "rejected",
  reversed: "reversed",
  "first-approval": "approved by the first of two",
  deferred: "deferred",
  question: "asked about",
};

const verdictsOf = (tx: Reader, ventureId: string, { startsAt, endsAt }: WeekScope) =>
  tx.verdict.findMany({
    where: {
      memo: { ventureId },
      decidedAt: { gte: new Date(startsAt), lt: new Date(endsAt) },
      verdict: { notIn: ["question", "deferred"] },
    },
    orderBy: { decidedAt: "asc" },
    include: { memo: { include: { proposal: true, verdicts: { where: { verdict: "reversed" } } } } },
  });
type VerdictRow = Awaited<ReturnType<typeof verdictsOf>>[number];

/** Rejected, reversed, or another option than the one that was recommended. */
function isOverride({ verdict, optionId, memo }: VerdictRow): boolean {
  if (verdict === "rejected" || verdict === "reversed") return true;
  const { recommendedOption } = memo.content as unknown as Partial<MemoContent>;
  return optionId !== null && recommendedOption !== undefined && optionId !== recommendedOption;
}

type Decided = { taken: DecisionTaken[]; automatic: AutomaticDecision[] };

/** What people decided in the week, and what the policy let agents do by themselves. */
export async function collectDecided(tx: Reader, venture: Venture, scope: Scope): Promise<Collected<Decided>> {
  const rows = await verdictsOf(tx, venture.id, scope);
  const nameOf = await namesOf(
    tx,
    rows.flatMap(({ decidedBy, memo }) => [decidedBy, memo.proposedBy]),
  );
  const figures: Figure[] = [];
  const staked = (memo: Staked) => {
    const stake = stakeOf(memo, scope.endsOn);
    if (stake) figures.push(stake);
    return numOrNull(stake);
  };
  const [own, policy] = [
    rows.filter(({ decidedBy }) => decidedBy !== POLICY_ACTOR),
    rows.filter(({ decidedBy }) => decidedBy === POLICY_ACTOR),
  ];
  const taken = own.map(
    (row): DecisionTaken => ({
      ...{ title: row.memo.title, venture: venture.name, verdict: WORDS[row.verdict] ?? row.verdict },
      ...{
        on: dayAt(row.decidedAt, scope.timeZone),
        by: nameOf(row.decidedBy),
        note: row.note,
        stake: staked(row.memo),
      },
      override: isOverride(row),
    }),
  );
  const automatic = policy.map(
    ({ memo, decidedAt }): AutomaticDecision => ({
      ...{
        title: memo.title,
        venture: venture.name,
        agent: nameOf(memo.proposedBy),
        on: dayAt(decidedAt, scope.timeZone),
      },
      ...{ rule: (memo.proposal.policy as unknown as PolicyResult).sentence, stake: staked(memo) },
      reversed: memo.verdicts.length > 0,
    }),
  );
  return { facts: { taken, automatic }, figures };
}

type WorkRow = { agent: string; runs: number; failed: number; tokens: bigint; micros: bigint };
const AGENT_NAMES: Readonly<Record<string, string>> = {
  growth: "Growth Management Specialist",
  exit: "Exit Preparation Advisor",
  value: "Value Realization Manager",
  coordinator: "Active Venture Coordinator",
};

/** The figures of what each agent's runs of the week came to; of the holding, of all ventures. */
export async function workFigures(
  tx: Reader,
  scope: WeekScope,
): Promise<{ agent: string; runs: Figure; failed: Figure; tokens: Figure; cost: Figure }[]> {
  const of = scope.ventureId ? Prisma.sql`AND "ventureId" = ${scope.ventureId}::uuid` : Prisma.empty;
  const rows = await tx.$queryRaw<WorkRow[]>`
    SELECT "agent", count(*)::int AS "runs", (count(*) FILTER (WHERE "status" = 'failed'))::int AS "failed",
      sum("tokensIn" + "tokensOut")::bigint AS "tokens", sum("costMicros")::bigint AS "micros"
    FROM "agent_run"
    WHERE "createdAt" >= ${new Date(scope.startsAt)} AND "createdAt" < ${new Date(scope.endsAt)} ${of}
    GROUP BY "agent" ORDER BY "agent"`;
  return rows.map(({ agent, runs, failed, tokens, micros }) => {
    const name = AGENT_NAMES[agent] ?? agent;
    const make = (part: string, label: string, formula: string, value: number | string, unit = "count") =>
      weekFigure(scope, { part, of: agent, label: `${name}: ${label}`, formula, value, unit });
    return {
      agent: name,
      runs: make("runs", "runs", "runs begun in the week", runs),
      failed: make("failed", "runs that failed", "runs begun in the week that failed", failed),
      tokens: make("tokens", "tokens", "Σ tokens in and out of these runs", tokens.toString()),
      cost: make("cost", "cost", "Σ cost of these runs at the set price per token", costText(micros), "USD"),
    };
  });
}

/** Millionths of a dollar as dollars. */
const costText = (micros: bigint): string => {
  const text = micros.toString().padStart(7, "0");
  return `${text.slice(0, -6)}.${text.slice(-6)}`;
};

export async function collectWork(tx: Reader, scope: WeekScope): Promise<Collected<AgentWork[]>> {
  const made = await workFigures(tx, scope);
  return {
    figures: made.flatMap(({ runs, failed, tokens, cost }) => [runs, failed, tokens, cost]),
    facts: made.map(({ agent, runs, failed, tokens, cost }) => ({
      ...{ agent, runs: num(runs), failed: num(failed), tokens: num(tokens), cost: num(cost) },
    })),
  };
}
