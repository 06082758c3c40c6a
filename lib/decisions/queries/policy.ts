import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import type { Db, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { staleFigures } from "@/lib/figures/queries";
import { Exact, fromMinor } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";
import type { SecondPerson } from "@/lib/ventures/schema";
import { commitmentOf } from "../rules/memo-content";
import {
  CLASS_POLICY,
  ceilingsIn,
  type Exceptions,
  type Grant,
  isLarge,
  mayEverBeRoutine,
  POLICY_ACTOR,
  type PolicyQuestion,
  type PolicyResult,
  policyFor,
  shadowOf,
} from "../rules/policy";
import { type SecondPersonRule, secondPersonFor } from "../rules/second-person";
import type { ActionClass, MemoContent } from "../schema";
import { dollarRates, growthBudget, inDollars } from "./facts";

const NOTHING = new Exact(0);

export type Asked = {
  ventureId: string;
  /** Null for a person. */
  agent: AgentName | null;
  actionClass: ActionClass;
  content: MemoContent;
  /** Asked again about this memo itself: what it began is no second start. */
  memoId?: string;
};

/** What the policy says about an action, from what is stored now; `shadow` is what auto would have said, of an agent. */
export async function askPolicy(
  tx: Tx,
  asked: Asked,
  now: Date,
): Promise<PolicyResult & { shadow: PolicyResult | null }> {
  const { ventureId, agent, actionClass, content } = asked;
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId } });
  if (!settings) throw new AppError("NOT_FOUND");
  const measured = await commitment(tx, ventureId, content, now);
  const { amountUsd, shareOfBudget, used } = measured;
  const exceptions = agent && mayEverBeRoutine(actionClass) ? await exceptionsOf(tx, asked, measured, now) : {};
  const question: PolicyQuestion = {
    ...{ actionClass, agent, autonomy: settings.autonomy, amountUsd, shareOfBudget, ...exceptions },
    ...{ sendsOutside: sendsOutside(content), optionCeilings: ceilingsIn(content) },
    ...(agent ? await standingOf(tx, { ventureId, agent, actionClass }) : {}),
  };
  const setting = resolveStored(settings).parameters.secondPerson as SecondPerson;
  const second = secondPersonFor(strictest(actionClass, content), setting, isLarge({ amountUsd, shareOfBudget }));
  const said = { ...(used.length > 0 ? { rates: used } : {}), ...(second ? { second } : {}) };
  return { ...policyFor(question), ...said, shadow: agent ? shadowOf(question) : null };
}

type Standing = Required<Pick<PolicyQuestion, "demoted" | "paused">> & { grant: Grant | null };

/** What the chairman set for this agent and class here, whether it was taken away, and whether all agents are paused. */
async function standingOf(
  tx: Tx,
  { ventureId, agent, actionClass }: { ventureId: string; agent: AgentName; actionClass: ActionClass },
): Promise<Standing> {
  const key = { ventureId_agent_actionClass: { ventureId, agent, actionClass } };
  const row = await tx.policyRow.findUnique({ where: key });
  const demotion = await tx.demotion.findFirst({ where: { agent, actionClass, liftedAt: null }, select: { id: true } });
  const limitUsd = row?.limitUsd ? new Exact(row.limitUsd.toString()) : null;
  return {
    grant: row && { level: row.level, limitUsd },
    demoted: demotion !== null,
    paused: await isPaused(tx),
  };
}

/** The chairman paused all agents. */
export const isPaused = async (tx: Db | Tx): Promise<boolean> =>
  (await tx.globalPause.findFirst({ where: { resumedAt: null }, select: { id: true } })) !== null;

type Open = { ventureId: string; proposalId: string; content: MemoContent };

/** Why two people have to approve a memo: as it was when it was proposed, or as the venture's setting is now. */
export async function needsSecondPerson(
  tx: Db | Tx,
  { ventureId, proposalId, content }: Open,
  now: Date,
): Promise<SecondPersonRule | null> {
  const { policy, actionClass } = await tx.proposal.findUniqueOrThrow({ where: { id: proposalId } });
  const { second } = policy as unknown as PolicyResult;
  if (second) return second;
  const settings = await tx.ventureSettings.findUniqueOrThrow({ where: { ventureId } });
  const setting = resolveStored(settings).parameters.secondPerson as SecondPerson;
  const large = setting === "large commitments" && isLarge(await commitment(tx, ventureId, content, now));
  return secondPersonFor(strictest(actionClass as ActionClass, content), setting, large);
}

/** What the memo is about, with the ceilings of whatever its options would do. */
function strictest(actionClass: ActionClass, content: MemoContent) {
  const { ceilings, reversible } = CLASS_POLICY[actionClass];
  return { reversible, ceilings: [...ceilings, ...ceilingsIn(content)] };
}

const sendsOutside = ({ options }: MemoContent): boolean =>
  options.some(({ action }) => action?.type === "growth.start-initiative" && (action.outbound ?? []).length > 0);

type Measured = Awaited<ReturnType<typeof commitment>>;

async function commitment(tx: Db | Tx, ventureId: string, content: MemoContent, now: Date) {
  const action = commitmentOf(content);
  const amountMinor = BigInt(action?.budgetMinor ?? 0);
  // What commits no money needs neither a rate nor a budget.
  if (amountMinor === 0n) return { amountUsd: NOTHING, shareOfBudget: NOTHING, budgetUsd: null, used: [] };
  const currency = action?.currency ?? "USD";
  const budget = await growthBudget(tx, ventureId);
  const rates = await dollarRates(tx, [currency, budget?.currency ?? "USD"], now);
  const amountUsd = inDollars(amountMinor, currency, rates);
  const budgetRate = budget ? rates.get(budget.currency)?.rate : undefined;
  const budgetUsd = budget && budgetRate ? budget.amount.times(budgetRate) : null;
  const sameCurrency = budget?.currency === currency && budget.amount.gt(0);
  const shareOfBudget = sameCurrency
    ? fromMinor(amountMinor, currency).div(budget.amount)
    : amountUsd && budgetUsd?.gt(0)
      ? amountUsd.div(budgetUsd)
      : null;
  return { amountUsd, shareOfBudget, budgetUsd, used: [...rates.values()].flatMap((one) => one.used ?? []) };
}

const MONTH_MS = 30 * 86_400_000;

/** A commitment in pieces is one commitment: what was decided without a person counts for thirty days. */
async function addsUp(tx: Tx, { ventureId, memoId }: Asked, measured: Measured, now: Date): Promise<boolean> {
  const { amountUsd, budgetUsd } = measured;
  if (!amountUsd?.gt(0)) return false;
  const decided = { decidedBy: POLICY_ACTOR, decidedAt: { gt: new Date(now.getTime() - MONTH_MS) } };
  const rows = await tx.proposal.findMany({
    where: {
      ...{ ventureId, amountMinor: { gt: 0 } },
      memo: { status: "approved", verdicts: { some: decided }, ...(memoId ? { NOT: { id: memoId } } : {}) },
    },
    select: { amountMinor: true, currency: true },
  });
  if (rows.length === 0) return false;
  const rates = await dollarRates(
    tx,
    rows.map(({ currency }) => currency ?? "USD"),
    now,
  );
  const amounts = rows.map((row) => inDollars(row.amountMinor ?? 0n, row.currency ?? "USD", rates));
  if (amounts.some((amount) => amount === null)) return true;
  const total = amounts.reduce((sum: Exact, amount) => sum.plus(amount ?? 0), amountUsd);
  return isLarge({ amountUsd: total, shareOfBudget: budgetUsd?.gt(0) ? total.div(budgetUsd) : null });
}

async function exceptionsOf(tx: Tx, asked: Asked, measured: Measured, now: Date): Promise<Exceptions> {
  const { ventureId, actionClass, content, memoId } = asked;
  const recommended = content.options.find(({ id }) => id === content.recommendedOption);
  const lever = commitmentOf(content)?.lever;
  const other = memoId ? { NOT: { id: memoId } } : {};
  const same = { ventureId, proposal: { actionClass, action: { path: ["lever"], equals: lever ?? "" } } };
  const overruled = lever
    ? await tx.memo.count({ where: { ...same, ...other, status: { in: ["rejected", "reversed"] } } })
    : 0;
  const active = { ventureId, lever: lever ?? "", status: { in: ["planned", "running", "paused"] as const } };
  const underWay = lever
    ? await tx.initiative.count({
        where: { ...active, status: { in: [...active.status.in] }, ...(memoId ? { NOT: { memoId } } : {}) },
      })
    : 0;
  return {
    nothingToDo: !recommended?.action,
    stale: (await staleFigures(content.quotes, tx)).length > 0,
    overruled: overruled > 0,
    underWay: underWay > 0,
    addsUp: await addsUp(tx, asked, measured, now),
  };
}
