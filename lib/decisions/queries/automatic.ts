import "server-only";
import { type Actor, ventureScope } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { POLICY_ACTOR, type PolicyResult } from "../rules/policy";
import { effectKey, mayReverse } from "../rules/reversal";
import type { MemoStatus } from "../schema";
import { namesOf } from "./people";

export type AutomaticDecision = {
  id: string;
  memoId: string;
  title: string;
  /** The version that the policy decided, and the one that stands now. */
  version: number;
  standing: number;
  agent: string;
  at: string;
  venture: { slug: string; name: string };
  stake: { amountMinor: string; currency: string } | null;
  rule: Pick<PolicyResult, "rule" | "sentence">;
  rationale: string;
  /** How many figures it rests on; each opens on the memo. */
  figures: number;
  status: MemoStatus;
  /** Of an initiative that it began, how that stands. */
  outcome: string | null;
  carriedOut: boolean;
  reversed: { by: string; at: string; note: string } | null;
  mayReverse: boolean;
};

const TAKE = 50;

const load = (actor: Actor, before: string | null) =>
  db.verdict.findMany({
    where: { decidedBy: POLICY_ACTOR, memo: ventureScope(actor) },
    ...(before ? { cursor: { id: before }, skip: 1 } : {}),
    orderBy: [{ decidedAt: "desc" }, { id: "desc" }],
    take: TAKE + 1,
    include: { memo: { include: { proposal: true, verdicts: { where: { verdict: "reversed" } } } } },
  });
type Row = Awaited<ReturnType<typeof load>>[number];

/** What agents did by themselves: each decision of the policy with the rule that allowed it, newest first. */
export async function listAutomaticDecisions(
  actor: Actor,
  before: string | null = null,
): Promise<{ decisions: AutomaticDecision[]; next: string | null }> {
  if (!isPermitted(actor.role, "memo:read")) throw new AppError("FORBIDDEN");
  const found = await load(actor, before);
  const rows = found.slice(0, TAKE);
  const memoIds = rows.map(({ memoId }) => memoId);
  const keys = rows.map(({ memoId, version }) => effectKey(memoId, version));
  const [ventures, initiatives, effects, nameOf] = await Promise.all([
    db.venture.findMany({ where: { id: { in: rows.map(({ memo }) => memo.ventureId) } } }),
    db.initiative.findMany({ where: { memoId: { in: memoIds } }, select: { memoId: true, status: true } }),
    db.effect.findMany({ where: { key: { in: keys } }, select: { key: true } }),
    namesOf(
      db,
      rows.flatMap(({ memo }) => memo.verdicts.map(({ decidedBy }) => decidedBy)),
    ),
  ]);
  const ventureOf = new Map(ventures.map(({ id, slug, name }) => [id, { slug, name }]));
  const done = new Set(effects.map(({ key }) => key));
  const outcomeOf = new Map(initiatives.map(({ memoId, status }) => [memoId, status]));
  const decides = isPermitted(actor.role, "memo:decide");
  const decisions = rows.map((row) => ({
    ...said(row, nameOf),
    venture: ventureOf.get(row.memo.ventureId) ?? { slug: "", name: "" },
    outcome: outcomeOf.get(row.memoId) ?? null,
    carriedOut: done.has(effectKey(row.memoId, row.version)),
    mayReverse: decides && mayReverse(row.memo, row.version).ok,
  }));
  return { decisions, next: found.length > TAKE ? (decisions.at(-1)?.id ?? null) : null };
}

function said(
  row: Row,
  nameOf: (ref: string) => string,
): Omit<AutomaticDecision, "venture" | "outcome" | "carriedOut" | "mayReverse"> {
  const { memo, memoId, version } = row;
  const { agent, rationale } = memo.proposal;
  const { rule, sentence } = memo.proposal.policy as unknown as PolicyResult;
  const reversal = memo.verdicts[0];
  const { stakeMinor, stakeCurrency } = memo;
  const quotes = (memo.content as { quotes?: unknown[] }).quotes ?? [];
  return {
    ...{ id: row.id, memoId, title: memo.title, version, standing: memo.version, agent, rationale },
    at: row.decidedAt.toISOString(),
    stake:
      stakeMinor !== null && stakeCurrency ? { amountMinor: stakeMinor.toString(), currency: stakeCurrency } : null,
    rule: { rule, sentence },
    figures: quotes.length,
    status: memo.status,
    reversed: reversal
      ? { by: nameOf(reversal.decidedBy), at: reversal.decidedAt.toISOString(), note: reversal.note }
      : null,
  };
}
