import type { Decimal } from "decimal.js";
import type { AgentName } from "@/lib/agents/schema";
import type { UsedRate } from "@/lib/metrics/rules/used-rates";
import { Exact } from "@/lib/money";
import type { AutonomyLevel } from "@/lib/ventures/schema";
import type { ActionClass, MemoContent } from "../schema";
import type { SecondPersonRule } from "./second-person";

/** What no level of autonomy may do without the chairman (specification, section 7). */
export const CEILINGS = [
  "money-leaves",
  "sent-outside",
  "signature",
  "exit-approval",
  "regress-to-39",
  "policy-change",
  "escalation",
] as const;
export type Ceiling = (typeof CEILINGS)[number];

type ClassPolicy = {
  /** Which agents may propose it; a person who may draft memos always may. */
  agents: readonly AgentName[];
  reversible: boolean;
  ceilings: readonly Ceiling[];
};

/** Agent × action class. An agent that is not named is forbidden; nothing that an agent writes changes this table. */
export const CLASS_POLICY: Readonly<Record<ActionClass, ClassPolicy>> = {
  "growth.start-initiative": { agents: ["growth"], reversible: true, ceilings: [] },
  "growth.pause-initiative": { agents: ["growth"], reversible: true, ceilings: [] },
  "growth.raise-budget": { agents: ["growth"], reversible: true, ceilings: [] },
  "growth.review-strategy": { agents: ["growth"], reversible: true, ceilings: ["escalation"] },
  "exit.open-room": { agents: ["exit"], reversible: true, ceilings: ["sent-outside"] },
  "exit.approach-buyers": { agents: ["exit"], reversible: true, ceilings: ["sent-outside"] },
  "exit.approve-exit": { agents: ["exit", "coordinator"], reversible: false, ceilings: ["exit-approval"] },
  "exit.score-criterion": { agents: ["exit"], reversible: true, ceilings: [] },
  "exit.start-preparation": { agents: ["coordinator"], reversible: true, ceilings: [] },
  "exit.return-to-growth": { agents: ["exit", "coordinator"], reversible: true, ceilings: ["escalation"] },
  "exit.pause-preparation": { agents: ["exit", "coordinator"], reversible: true, ceilings: ["escalation"] },
  "deal.prefer-bidder": { agents: ["value"], reversible: true, ceilings: ["escalation"] },
  "deal.sign-loi": { agents: ["value"], reversible: true, ceilings: ["signature"] },
  "deal.sign-agreement": { agents: ["value"], reversible: false, ceilings: ["signature"] },
  "deal.send-counter": { agents: ["value"], reversible: true, ceilings: ["sent-outside"] },
  "deal.send-document": { agents: ["value"], reversible: true, ceilings: ["sent-outside"] },
  "deal.waive-condition": { agents: ["value"], reversible: false, ceilings: ["escalation"] },
  "deal.release-signatures": { agents: ["value"], reversible: false, ceilings: ["signature"] },
  "deal.send-status": { agents: ["value"], reversible: false, ceilings: ["sent-outside"] },
  "deal.delay-exit": { agents: ["coordinator"], reversible: true, ceilings: ["escalation"] },
  "deal.pause-sale": { agents: ["coordinator"], reversible: true, ceilings: ["escalation"] },
  "deal.freeze-tranche": { agents: ["coordinator"], reversible: true, ceilings: ["escalation"] },
  "deal.lift-freeze": { agents: ["coordinator"], reversible: true, ceilings: ["escalation"] },
  "stage.regress-to-39": { agents: ["coordinator"], reversible: true, ceilings: ["regress-to-39"] },
  "distribution.issue-statements": { agents: ["value"], reversible: true, ceilings: ["sent-outside"] },
  "payments.pay": { agents: ["value"], reversible: false, ceilings: ["money-leaves"] },
  // No agent may propose it: what an agent may do by itself is nothing that an agent touches.
  "policy.promote": { agents: [], reversible: true, ceilings: ["policy-change"] },
};

/** May anybody be allowed to do this kind of thing without the chairman? Not above a ceiling, not what stays done. */
export const mayEverBeRoutine = (actionClass: ActionClass): boolean =>
  CLASS_POLICY[actionClass].reversible && CLASS_POLICY[actionClass].ceilings.length === 0;

/** What is spent by it; the other classes that may be routine commit no money. */
const COMMITTING: readonly ActionClass[] = ["growth.start-initiative", "growth.raise-budget"];
export const commitsMoney = (actionClass: ActionClass): boolean => COMMITTING.includes(actionClass);

/** Something would be shown outside: access can be ended later, what was seen by then stays seen. */
export const discloses = ({ options }: Pick<MemoContent, "options">): boolean =>
  options.some(({ action }) => action !== null && CLASS_POLICY[action.type].ceilings.includes("sent-outside"));

/** Every ceiling of what the options would do: one of another kind than the memo's own asks all the same. */
export const ceilingsIn = ({ options }: Pick<MemoContent, "options">): Ceiling[] =>
  options.flatMap(({ action }) => (action ? CLASS_POLICY[action.type].ceilings : []));

/** A commitment above this asks whatever the level: 50,000 US dollars, or 10 % of the venture's budget. */
export const COMMITMENT_LIMIT_USD = new Exact(50_000);
export const COMMITMENT_LIMIT_SHARE = new Exact("0.1");

/** Who decided where the policy did. */
export const POLICY_ACTOR = "system:policy";

/** What makes something that is routine otherwise a case for the chairman. */
export type Exceptions = {
  /** The recommended option has nothing to carry out. */
  nothingToDo?: boolean;
  /** A quoted figure changed since it was written. */
  stale?: boolean;
  /** The chairman rejected or reversed the same before. */
  overruled?: boolean;
  /** The same is being carried out already. */
  underWay?: boolean;
  /** With what was decided without a person in the last thirty days at the venture, it is above the limits. */
  addsUp?: boolean;
};

/** What the chairman set for one agent and one class of action at a venture. */
export type Grant = {
  level: AutonomyLevel;
  /** Plain US dollars; null where only the limits of the house hold. */
  limitUsd: Decimal | null;
};

export type PolicyQuestion = Exceptions & {
  actionClass: ActionClass;
  /** Null for a person. */
  agent: AgentName | null;
  autonomy: AutonomyLevel;
  /** The commitment in plain US dollars at the stored rate; null where no rate is known. */
  amountUsd: Decimal | null;
  /** The commitment ÷ the venture's growth budget; null where the budget is unknown. */
  shareOfBudget: Decimal | null;
  /** One of the options would send something outside the holding. */
  sendsOutside?: boolean;
  /** Of what the options would do. */
  optionCeilings?: readonly Ceiling[];
  /** Null or left out: the venture's autonomy holds. */
  grant?: Grant | null;
  /** The agent lost the right to act by itself with actions of this class. */
  demoted?: boolean;
  /** The chairman paused all agents. */
  paused?: boolean;
};

export type PolicyResult = {
  outcome: "execute" | "ask" | "forbid";
  rule: string;
  sentence: string;
  /** The stored exchange rates at which the commitment was weighed; left out where none was needed. */
  rates?: UsedRate[];
  /** Why a second person has to approve it as well; left out where one is enough. */
  second?: SecondPersonRule;
};

const result = (outcome: PolicyResult["outcome"], rule: string, sentence: string): PolicyResult => ({
  outcome,
  rule,
  sentence,
});

function exceptionIn({ nothingToDo, stale, overruled, underWay, addsUp }: Exceptions): PolicyResult | null {
  if (nothingToDo) return result("ask", "nothing-to-do", "It recommends to do nothing; there is nothing to carry out.");
  if (stale) return result("ask", "figures-changed", "Figures that it rests on changed since it was written.");
  if (overruled) return result("ask", "overruled-before", "The chairman rejected or reversed the same before.");
  if (underWay) return result("ask", "under-way", "The same is being carried out already.");
  if (addsUp)
    return result("ask", "adds-up", "With what was decided without a person in the last thirty days it is too much.");
  return null;
}

/** Above one of the limits, or not known to be below. */
export const isLarge = ({ amountUsd, shareOfBudget }: Pick<PolicyQuestion, "amountUsd" | "shareOfBudget">): boolean =>
  amountUsd === null ||
  amountUsd.gt(COMMITMENT_LIMIT_USD) ||
  shareOfBudget === null ||
  shareOfBudget.gt(COMMITMENT_LIMIT_SHARE);

/** A manual venture is manual for every agent; otherwise what was set for this agent and class goes before the venture. */
export const levelFor = (autonomy: AutonomyLevel, grant: Grant | null): AutonomyLevel =>
  autonomy === "manual" ? "manual" : (grant?.level ?? autonomy);

/** What no level of autonomy lets pass: ceilings, what stays done, and commitments above the limits or of unknown size. */
function aboveCeiling(question: PolicyQuestion): PolicyResult | null {
  const { ceilings, reversible } = CLASS_POLICY[question.actionClass];
  const { amountUsd, shareOfBudget, optionCeilings = [] } = question;
  const [ceiling] = [...ceilings, ...optionCeilings];
  if (ceiling) return result("ask", ceiling, "Actions of this kind always go to the chairman.");
  if (question.sendsOutside) {
    return result(
      "ask",
      "sent-outside",
      "Something would be sent outside the holding; that always goes to the chairman.",
    );
  }
  if (!reversible) return result("ask", "irreversible", "It cannot be undone; that always goes to the chairman.");
  if (amountUsd === null) return result("ask", "rate-unknown", "No exchange rate is stored for the amount.");
  if (amountUsd.gt(COMMITMENT_LIMIT_USD)) {
    return result("ask", "above-amount", "The commitment is above $50,000.");
  }
  if (shareOfBudget === null) return result("ask", "budget-unknown", "The venture's budget is not known.");
  if (shareOfBudget.gt(COMMITMENT_LIMIT_SHARE)) {
    return result("ask", "above-share", "The commitment is above 10 % of the venture's budget.");
  }
  return null;
}

const MANUAL = result("ask", "manual", "Autonomy is manual: the chairman makes every decision.");
const ASSISTED = result("ask", "assisted", "Autonomy is assisted: the chairman approves.");

/** First rule that applies, strictest first. What is not known is treated as if it were too much. */
export function policyFor(question: PolicyQuestion): PolicyResult {
  const { agent, autonomy, amountUsd, actionClass, grant = null, demoted, paused } = question;
  if (agent && !CLASS_POLICY[actionClass].agents.includes(agent)) {
    return result("forbid", "not-this-agent", "This agent may not propose actions of this kind.");
  }
  const above = aboveCeiling(question);
  if (above) return above;
  if (agent === null) return result("ask", "person-drafted", "A person drafted it; the chairman decides.");
  if (paused) return result("ask", "paused", "All agents are paused: nothing is decided without a person.");
  const level = levelFor(autonomy, grant);
  if (level !== "auto") return level === "manual" ? MANUAL : ASSISTED;
  if (demoted) return result("ask", "demoted", "This agent lost the right to do this kind of thing by itself.");
  if (grant?.limitUsd && amountUsd?.gt(grant.limitUsd)) {
    return result("ask", "above-own-limit", "The commitment is above what this agent may decide by itself.");
  }
  const exception = exceptionIn(question);
  if (exception) return exception;
  return grant
    ? result("execute", "granted", "The chairman lets this agent do this by itself, and every ceiling is respected.")
    : result("execute", "auto", "Autonomy is auto and every ceiling is respected.");
}

/** What auto would have said, whatever is set: stored beside the person's answer, without effect. */
export const shadowOf = (question: PolicyQuestion): PolicyResult =>
  policyFor({ ...question, autonomy: "auto", grant: null, demoted: false, paused: false });
