import "server-only";
import type { AgentName } from "@/lib/agents/schema";
import type { Db, Tx } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { staleFigures } from "@/lib/figures/queries";
import { Exact, fromMinor } from "@/lib/money";
import { resolveStored } from "@/lib/ventures/queries";
import type { SecondPerson } from "@/lib/ventures/schema";
import { commitmentOf } from "../rules/memo-content";
import { CLASS_POLICY, ceilingsIn, type Exceptions, isLarge, type PolicyResult, policyFor } from "../rules/policy";
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

/** What the policy says about an action, from what is stored now. */
export async function askPolicy(tx: Tx, asked: Asked, now: Date): Promise<PolicyResult> {
  const { ventureId, agent, actionClass, content } = asked;
  const settings = await tx.ventureSettings.findUnique({ where: { ventureId } });
  if (!settings) throw new AppError("NOT_FOUND");
  const { amountUsd, shareOfBudget, used } = await commitment(tx, ventureId, content, now);
  const exceptions = settings.autonomy === "auto" && agent ? await exceptionsOf(tx, asked) : {};
  const question = { actionClass, agent, autonomy: settings.autonomy, amountUsd, shareOfBudget, ...exceptions };
  const optionCeilings = ceilingsIn(content);
  const policy = policyFor({ ...question, sendsOutside: sendsOutside(content), optionCeilings });
  const setting = resolveStored(settings).parameters.secondPerson as SecondPerson;
  const second = secondPersonFor(strictest(actionClass, content), setting, isLarge({ amountUsd, shareOfBudget }));
  return { ...policy, ...(used.length > 0 ? { rates: used } : {}), ...(second ? { second } : {}) };
}

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

async function commitment(tx: Db | Tx, ventureId: string, content: MemoContent, now: Date) {
  const action = commitmentOf(content);
  const amountMinor = BigInt(action?.budgetMinor ?? 0);
  // What commits no money needs neither a rate nor a budget.
  if (amountMinor === 0n) return { amountUsd: NOTHING, shareOfBudget: NOTHING, used: [] };
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
  return { amountUsd, shareOfBudget, used: [...rates.values()].flatMap((one) => one.used ?? []) };
}

async function exceptionsOf(tx: Tx, { ventureId, actionClass, content, memoId }: Asked): Promise<Exceptions> {
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
  };
}
