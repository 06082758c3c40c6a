import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { AUTONOMIES } from "@/lib/ventures/schema";
import { discloses, type Grant, type PolicyQuestion, policyFor, shadowOf } from "./policy";

const question = (more: Partial<PolicyQuestion> = {}): PolicyQuestion => ({
  actionClass: "growth.start-initiative",
  agent: "growth",
  autonomy: "auto",
  amountUsd: new Exact(10_000),
  shareOfBudget: new Exact("0.05"),
  ...more,
});

const AUTO: Grant = { level: "auto", limitUsd: null };

// Specification, section 7.
test.each<[string, Partial<PolicyQuestion>, string, string]>([
  ["auto within the ceilings", {}, "execute", "auto"],
  ["assisted", { autonomy: "assisted" }, "ask", "assisted"],
  ["manual", { autonomy: "manual" }, "ask", "manual"],
  ["exactly $50,000", { amountUsd: new Exact(50_000) }, "execute", "auto"],
  ["a cent above $50,000", { amountUsd: new Exact("50000.01") }, "ask", "above-amount"],
  ["exactly 10 % of the budget", { shareOfBudget: new Exact("0.1") }, "execute", "auto"],
  ["above 10 % of the budget", { shareOfBudget: new Exact("0.1001") }, "ask", "above-share"],
  ["no exchange rate", { amountUsd: null }, "ask", "rate-unknown"],
  ["no known budget", { shareOfBudget: null }, "ask", "budget-unknown"],
  ["another agent", { agent: "exit" }, "forbid", "not-this-agent"],
  ["a person's draft", { agent: null }, "ask", "person-drafted"],
  ["something is sent outside, however small", { sendsOutside: true }, "ask", "sent-outside"],
  ["a pause costs nothing and can be undone", { actionClass: "growth.pause-initiative" }, "execute", "auto"],
  [
    "a pause where autonomy is assisted",
    { actionClass: "growth.pause-initiative", autonomy: "assisted" },
    "ask",
    "assisted",
  ],
  ["an option of another kind that lets money leave", { optionCeilings: ["money-leaves"] }, "ask", "money-leaves"],
  ["three failures in a row", { actionClass: "growth.review-strategy" }, "ask", "escalation"],
  ["a row lets the agent do it at an assisted venture", { autonomy: "assisted", grant: AUTO }, "execute", "granted"],
  ["a row lets nothing pass at a manual venture", { autonomy: "manual", grant: AUTO }, "ask", "manual"],
  ["a row tightens an auto venture", { grant: { level: "assisted", limitUsd: null } }, "ask", "assisted"],
  ["exactly the agent's own limit", { grant: { level: "auto", limitUsd: new Exact(10_000) } }, "execute", "granted"],
  ["above it", { grant: { level: "auto", limitUsd: new Exact("9999.99") } }, "ask", "above-own-limit"],
  ["a row raises no ceiling", { grant: AUTO, amountUsd: new Exact(60_000) }, "ask", "above-amount"],
  ["a demoted agent", { grant: AUTO, demoted: true }, "ask", "demoted"],
  ["all agents are paused", { grant: AUTO, paused: true }, "ask", "paused"],
  ["commitments in pieces", { addsUp: true }, "ask", "adds-up"],
  ["an agent asks for its own promotion", { actionClass: "policy.promote" }, "forbid", "not-this-agent"],
])("%s", (_case, more, outcome, rule) => {
  expect(policyFor(question(more))).toMatchObject({ outcome, rule });
});

describe("whatever the level", () => {
  const amounts = fc.integer({ min: 0, max: 10_000_000 });
  const shares = fc.integer({ min: 0, max: 10_000 });

  test("nothing above a ceiling and nothing unknown is ever carried out without the chairman", () => {
    fc.assert(
      fc.property(fc.constantFrom(...AUTONOMIES), fc.option(amounts), fc.option(shares), (autonomy, amount, share) => {
        const amountUsd = amount === null ? null : new Exact(amount);
        const shareOfBudget = share === null ? null : new Exact(share).div(1_000);
        const { outcome } = policyFor(question({ autonomy, amountUsd, shareOfBudget }));
        const within = amount !== null && amount <= 50_000 && share !== null && share <= 100;
        expect(outcome === "execute").toBe(autonomy === "auto" && within);
      }),
    );
  });
});

test("the shadow says what auto would have said, whatever is set, taken away or paused", () => {
  const tight = {
    autonomy: "manual",
    grant: { level: "manual", limitUsd: null },
    demoted: true,
    paused: true,
  } as const;
  expect(shadowOf(question(tight))).toMatchObject({ outcome: "execute", rule: "auto" });
  expect(shadowOf(question({ ...tight, amountUsd: new Exact(50_001) }))).toMatchObject({ rule: "above-amount" });
});

// DESIGN, Security: step-up for what cannot be undone; a document that was seen is one of these.
test.each([
  ["exit.open-room", true],
  ["exit.approach-buyers", true],
  ["exit.return-to-growth", false],
  ["growth.start-initiative", false],
] as const)("%s shows something outside: %s", (type, shows) => {
  const option = (action: unknown) => ({ options: [{ action: null }, { action }] }) as never;
  expect(discloses(option({ type }))).toBe(shows);
});
