import { expect, test } from "vitest";
import { costMicros, limitReached, limitSentence, NOTHING_SPENT, spend } from "./limits";

const limits = { steps: 3, tokens: 100, costMicros: 1_000, workMs: 60_000 };

test.each([
  [{ steps: 2 }, null],
  [{ steps: 3 }, "steps"],
  [{ tokensIn: 60, tokensOut: 39 }, null],
  [{ tokensIn: 60, tokensOut: 40 }, "tokens"],
  [{ costMicros: 1_000 }, "costMicros"],
  [{ workMs: 60_000 }, "workMs"],
  [{}, null],
] as const)("%o reaches %s", (spent, limit) => {
  const reached = limitReached({ ...NOTHING_SPENT, ...spent }, limits);
  expect(reached).toBe(limit);
  if (reached) expect(limitSentence(reached)).toMatch(/^Stopped: /);
});

test("a million tokens in at two dollars and half a million out at eight cost six dollars", () => {
  expect(costMicros({ perMillionIn: 2, perMillionOut: 8 }, 1_000_000, 500_000)).toBe(6_000_000);
});

test("what is spent adds up", () => {
  const once = { steps: 1, tokensIn: 2, tokensOut: 3, costMicros: 4, workMs: 5 };
  expect(spend(spend(NOTHING_SPENT, once), once)).toEqual({
    steps: 2,
    tokensIn: 4,
    tokensOut: 6,
    costMicros: 8,
    workMs: 10,
  });
});
