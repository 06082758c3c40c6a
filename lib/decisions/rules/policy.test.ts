import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { AUTONOMIES } from "@/lib/ventures/schema";
import { discloses, type PolicyQuestion, policyFor } from "./policy";

const question = (more: Partial<PolicyQuestion> = {}): PolicyQuestion => ({
  actionClass: "growth.start-initiative",
  agent: "growth",
  autonomy: "auto",
  amountUsd: new Exact(10_000),
  shareOfBudget: new Exact("0.05"),
  ...more,
});

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
