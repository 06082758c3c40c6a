import fc from "fast-check";
import { expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { CRITERIA } from "./criteria";
import { totalOf } from "./history";
import { type Answer, readinessScore } from "./score";

const answers = fc.array(fc.constantFrom<Answer | null>(0, 1, 2, 3, 4, null), {
  minLength: CRITERIA.length,
  maxLength: CRITERIA.length,
});

test("the total of a kept shape is the score of the day it was kept, for any answers", () => {
  fc.assert(
    fc.property(answers, (given) => {
      const scored = readinessScore(
        CRITERIA.map(({ id, component, weight }, at) => ({
          ...{ id, component, weight: new Exact(weight), score: given[at] ?? null },
          ...{ evidence: [], redFlag: false },
        })),
        "2026-11-23",
      );
      const total = totalOf(Object.fromEntries(CRITERIA.map(({ id }, at) => [id, given[at] ?? null])));
      expect(total?.toDecimalPlaces(20).toFixed()).toBe(scored.score?.toDecimalPlaces(20).toFixed());
    }),
    { numRuns: 60 },
  );
});
