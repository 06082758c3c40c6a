import { describe, expect, test } from "vitest";
import { AGENTS, type AgentName } from "@/lib/agents/schema";
import { Exact } from "@/lib/money";
import { AUTONOMIES, PROFILES } from "@/lib/ventures/schema";
import { ACTION_CLASSES, type ActionClass } from "../../schema";
import { CLASS_POLICY, type PolicyQuestion, policyFor } from "../policy";
import { mayReverse } from "../reversal";

/**
 * Specification, section 7: 500 routine and 100 exceptional decisions of a year at auto, drawn by a seeded generator. What is
 * routine and what is exceptional is written down here once more, from the specification and not from the policy.
 */
const ALWAYS_ASKS: Readonly<Record<string, readonly ActionClass[]>> = {
  "money leaving": ["payments.pay"],
  "sent outside the holding": [
    ...(["exit.open-room", "exit.approach-buyers", "deal.send-counter", "deal.send-document"] as const),
    ...(["deal.send-status", "distribution.issue-statements"] as const),
  ],
  "a signature": ["deal.sign-loi", "deal.sign-agreement", "deal.release-signatures"],
  "exit approval": ["exit.approve-exit"],
  "a rollback to stage 39": ["stage.regress-to-39"],
  "a change of policy": ["policy.promote"],
  "the chairman's authority (section 4, rollbacks)": [
    ...(["growth.review-strategy", "exit.return-to-growth", "exit.pause-preparation", "deal.delay-exit"] as const),
    ...(["deal.pause-sale", "deal.freeze-tranche", "deal.lift-freeze"] as const),
  ],
};
const ROUTINE: readonly [AgentName, ActionClass][] = [
  ["growth", "growth.start-initiative"],
  ["growth", "growth.pause-initiative"],
  ["growth", "growth.raise-budget"],
  ["exit", "exit.score-criterion"],
  ["coordinator", "exit.start-preparation"],
];
/** Classes that commit money; the others commit none. */
const COSTS: readonly ActionClass[] = ["growth.start-initiative", "growth.raise-budget"];
/** A year's growth budget by profile, in US dollars: 20 % of revenue of ventures of very different size. */
const BUDGETS = {
  conservative: [250_000, 1_500_000],
  balanced: [150_000, 4_000_000],
  aggressive: [120_000, 9_000_000],
};

type Random = () => number;
/** mulberry32. */
function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
const within = (random: Random, [low = 0, high = 0]: readonly number[]) => low + random() * (high - low);
const cents = (amount: number) => new Exact(Math.floor(amount * 100)).div(100);

type Venture = { profile: (typeof PROFILES)[number]; stage: "40.1" | "40.2" | "40.3"; budget: Exact };
type Played = { question: PolicyQuestion; venture: Venture };

function drawVenture(random: Random): Venture {
  const profile = pick(random, PROFILES);
  return { profile, stage: pick(random, ["40.1", "40.2", "40.3"]), budget: cents(within(random, BUDGETS[profile])) };
}

/** Within both limits, reversible, of the agent's own kind: and now and then something about it is not as it should be. */
function drawRoutine(random: Random): Played {
  const venture = drawVenture(random);
  const [agent, actionClass] = pick(random, ROUTINE);
  const most = Math.min(50_000, venture.budget.div(10).toNumber());
  const amountUsd = COSTS.includes(actionClass) ? cents(within(random, [500, most])) : new Exact(0);
  const shareOfBudget = amountUsd.div(venture.budget);
  const set = random();
  // One in eight has a row of its own: a lower limit, or assisted.
  const limitUsd = new Exact(pick(random, [5_000, 20_000, 40_000]));
  const grant =
    set < 0.08
      ? { level: "auto" as const, limitUsd }
      : set < 0.12
        ? { level: "assisted" as const, limitUsd: null }
        : null;
  const odd = random();
  const question = { actionClass, agent, autonomy: "auto" as const, amountUsd, shareOfBudget, grant };
  return {
    venture,
    question: { ...question, stale: odd < 0.02, overruled: odd > 0.985, underWay: odd > 0.97 && odd < 0.985 },
  };
}

/** Everything as permissive as it can be set, and one thing that section 7 calls no routine. */
function drawExceptional(random: Random, number: number): Played & { why: string } {
  const venture = drawVenture(random);
  const [agent, actionClass] = pick(
    random,
    ROUTINE.filter(([, one]) => COSTS.includes(one)),
  );
  const grant = pick(random, [null, { level: "auto" as const, limitUsd: null }]);
  const most = Math.min(50_000, venture.budget.div(10).toNumber());
  const amountUsd = cents(within(random, [0, most]));
  const fine = {
    actionClass,
    agent,
    autonomy: "auto" as const,
    grant,
    amountUsd,
    shareOfBudget: amountUsd.div(venture.budget),
  };
  const kinds = Object.entries(ALWAYS_ASKS);
  const [why, classes] = kinds[number % (kinds.length + 7)] ?? ["", []];
  if (classes.length > 0) {
    const special = pick(random, classes);
    const by = CLASS_POLICY[special].agents[0] ?? pick(random, AGENTS);
    return { venture, why, question: { ...fine, actionClass: special, agent: by } };
  }
  const over = cents(within(random, [50_000.02, 900_000]));
  const others: readonly [string, Partial<PolicyQuestion>][] = [
    ["above $50,000", { amountUsd: random() < 0.3 ? new Exact("50000.01") : over, shareOfBudget: new Exact("0.01") }],
    ["above 10 % of the budget", { shareOfBudget: new Exact("0.1").plus(cents(within(random, [0.01, 3]))) }],
    ["no rate is stored", { amountUsd: null }],
    ["the budget is unknown", { shareOfBudget: null }],
    ["another option lets money leave", { optionCeilings: ["money-leaves"] }],
    ["somebody outside is told", { sendsOutside: true }],
    [
      "another agent's work",
      {
        agent: pick(
          random,
          AGENTS.filter((one) => one !== agent),
        ),
      },
    ],
  ];
  const [reason, more] = others[(number % (kinds.length + 7)) - kinds.length] ?? ["", {}];
  return { venture, why: reason, question: { ...fine, ...more } };
}

const random = seeded(20_261_123);
const routine = Array.from({ length: 500 }, () => drawRoutine(random));
const exceptional = Array.from({ length: 100 }, (_, number) => drawExceptional(random, number));
const automatic = (played: readonly Played[]) =>
  played.filter(({ question }) => policyFor(question).outcome === "execute");

describe("500 routine and 100 exceptional decisions at auto", () => {
  test("what was drawn is what it says: every profile, substage and class, amounts up to the limits", () => {
    const all = [...routine, ...exceptional];
    expect(new Set(all.map(({ venture }) => `${venture.profile} ${venture.stage}`)).size).toBe(9);
    expect(new Set(routine.map(({ question }) => question.actionClass)).size).toBe(ROUTINE.length);
    expect(new Set(exceptional.map(({ why }) => why)).size).toBe(14);
    const classes = [...ROUTINE.map(([, one]) => one), ...Object.values(ALWAYS_ASKS).flat()];
    const left = ACTION_CLASSES.filter((one) => !classes.includes(one));
    // Both are the chairman's: whom the sale is negotiated with, and what protects us at closing.
    expect(left).toEqual(["deal.prefer-bidder", "deal.waive-condition"]);
    for (const { question } of routine) {
      expect(question.amountUsd?.lte(50_000) && question.shareOfBudget?.lte("0.1")).toBe(true);
      expect(CLASS_POLICY[question.actionClass].reversible).toBe(true);
    }
  });

  test("at least 80 % of the routine ones need nobody", () => {
    expect(automatic(routine).length).toBeGreaterThanOrEqual(400);
    // And those that do need somebody have a reason that is no ceiling.
    const asked = routine.map(({ question }) => policyFor(question)).filter(({ outcome }) => outcome !== "execute");
    const reasons = ["assisted", "above-own-limit", "figures-changed", "overruled-before", "under-way"];
    expect(new Set(asked.map(({ rule }) => rule))).toEqual(new Set(reasons));
  });

  test("none of the exceptional ones passes", () => {
    expect(automatic(exceptional)).toEqual([]);
  });

  test("every automatic one can be reversed, and every other one goes to the chairman or nowhere", () => {
    for (const { question } of [...routine, ...exceptional]) {
      const { outcome, sentence } = policyFor(question);
      const { reversible, ceilings } = CLASS_POLICY[question.actionClass];
      if (outcome !== "execute") expect([outcome, sentence.length > 10]).toEqual([outcome, true]);
      else expect([mayReverse({ status: "approved", version: 1, reversible }, 1).ok, ceilings]).toEqual([true, []]);
    }
  });

  test("with less autonomy, a demotion or a pause none of them passes at all", () => {
    for (const { question } of [...routine, ...exceptional]) {
      for (const autonomy of AUTONOMIES.filter((level) => level !== "auto")) {
        expect(policyFor({ ...question, autonomy, grant: null }).outcome).not.toBe("execute");
      }
      expect(policyFor({ ...question, demoted: true }).outcome).not.toBe("execute");
      expect(policyFor({ ...question, paused: true }).outcome).not.toBe("execute");
    }
  });
});

test.each(AGENTS)("the %s agent may propose no change of the policy, whatever is set", (agent) => {
  const grant = { level: "auto" as const, limitUsd: null };
  const asked = { actionClass: "policy.promote" as const, agent, autonomy: "auto" as const, grant };
  expect(policyFor({ ...asked, amountUsd: new Exact(0), shareOfBudget: new Exact(0) }).outcome).toBe("forbid");
});
