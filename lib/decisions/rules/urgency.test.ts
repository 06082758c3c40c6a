import fc from "fast-check";
import { expect, test } from "vitest";
import { type UrgencyFacts, urgency } from "./urgency";

const NOW = new Date("2026-11-22T12:00:00Z");
const inDays = (days: number) => new Date(NOW.getTime() + days * 86_400_000);
const facts = (more: Partial<UrgencyFacts> = {}): UrgencyFacts => ({
  dueAt: null,
  expiresAt: inDays(20),
  reversible: true,
  stakeUsd: 100_000,
  stake: "$100 k",
  ...more,
});
const score = (more: Partial<UrgencyFacts>) => urgency(facts(more), NOW).score;

test("what is due within a day comes before what cannot be undone next week", () => {
  expect(score({ expiresAt: inDays(0.5) })).toBeGreaterThan(score({ expiresAt: inDays(7), reversible: false }));
});

test.each<[Partial<UrgencyFacts>, string[]]>([
  [{ expiresAt: inDays(0.9) }, ["due within a day", "$100 k at stake"]],
  [{ expiresAt: inDays(20), reversible: false }, ["cannot be undone", "$100 k at stake", "due in 21 days"]],
  [{ dueAt: inDays(-1) }, ["past its deadline", "$100 k at stake"]],
  [{ stakeUsd: null, stake: null }, ["due in 21 days", "amount at stake unknown"]],
  [{ stakeUsd: null, stake: "XAU 3" }, ["XAU 3 at stake", "due in 21 days"]],
  [{ stakeUsd: 0, stake: "$0" }, ["due in 21 days"]],
])("%j is there because %j", (more, reasons) => {
  expect(urgency(facts(more), NOW).reasons).toEqual(reasons);
});

test("sooner, more money and irreversible never make it less urgent", () => {
  const days = fc.double({ min: 0, max: 60, noNaN: true });
  const money = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(days, days, money, money, (a, b, c, d) => {
      const [soon, late] = [Math.min(a, b), Math.max(a, b)];
      const [less, more] = [Math.min(c, d), Math.max(c, d)];
      expect(score({ expiresAt: inDays(soon) })).toBeGreaterThanOrEqual(score({ expiresAt: inDays(late) }));
      expect(score({ stakeUsd: more })).toBeGreaterThanOrEqual(score({ stakeUsd: less }));
      expect(score({ reversible: false, stakeUsd: c })).toBeGreaterThan(score({ stakeUsd: c }));
    }),
  );
});
