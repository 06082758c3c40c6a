import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MemoStatus } from "../../schema";
import { demotionFor, PROMOTION, promotionCriteria, promotionFor } from "./promotion";
import { answerOf, brierOf, type RecordCase, recordOf, reliability, statedConfidence, wasRight } from "./record";

const DAY = 86_400_000;
const NOW = Date.parse("2026-11-23T12:00:00Z");
let made = 0;

/** Proposed and approved as it was, two months ago; `more` says what was otherwise. */
function one(more: Partial<RecordCase> = {}): RecordCase {
  made += 1;
  return {
    ...{ memoId: `memo-${made}`, ventureId: "lumen", agent: "exit", actionClass: "exit.score-criterion" },
    ...{ title: "Answer a criterion", proposedAt: NOW - 61 * DAY, answer: "as-proposed", answeredAt: NOW - 60 * DAY },
    ...{ reversedAt: null, later: null, probability: 0.9, shadow: "execute", shadowRule: "auto", amountUsd: 0 },
    ...more,
  };
}
const many = (count: number, more: Partial<RecordCase> = {}) => Array.from({ length: count }, () => one(more));

const by = (verdict: string, optionId: string | null = "start", decidedBy = "user:grace") => ({
  ...{ verdict, optionId, decidedBy },
});
test.each<[string, MemoStatus, ReturnType<typeof by> | null, string]>([
  ["approved as it was", "approved", by("approved"), "as-proposed"],
  ["another option", "approved", by("approved", "other"), "amended"],
  ["with conditions", "conditional", by("conditional"), "amended"],
  ["rejected", "rejected", by("rejected", null), "refused"],
  ["decided by the policy", "approved", by("approved", "start", "system:policy"), "automatic"],
  ["decided by the policy, then reversed", "reversed", by("approved", "start", "system:policy"), "automatic"],
  ["approved, then reversed", "reversed", by("approved"), "as-proposed"],
  ["taken back: it waits again", "pending", by("approved"), "open"],
  ["waits for a second person", "confirming", null, "open"],
  ["nobody answered", "expired", null, "lapsed"],
  ["withdrawn", "withdrawn", null, "lapsed"],
])("%s", (_case, status, verdict, answer) => {
  expect(answerOf(status, "start", verdict)).toBe(answer);
});

test.each<[string, Partial<RecordCase>, boolean | null]>([
  ["approved as it was", {}, true],
  ["amended", { answer: "amended" }, false],
  ["refused", { answer: "refused" }, false],
  ["reversed later", { reversedAt: NOW - DAY }, false],
  ["made things worse", { later: "worsened" }, false],
  ["cannot be told", { later: "cannot-tell" }, true],
  ["automatic, 29 days old", { answer: "automatic", answeredAt: NOW - 29 * DAY }, null],
  ["automatic, 30 days old", { answer: "automatic", answeredAt: NOW - 30 * DAY }, true],
  ["automatic, reversed on the first day", { answer: "automatic", answeredAt: NOW, reversedAt: NOW }, false],
  ["open", { answer: "open", answeredAt: null }, null],
  ["nobody answered", { answer: "lapsed", answeredAt: null }, null],
])("right or not: %s", (_case, more, right) => {
  expect(wasRight(one(more), NOW)).toBe(right);
});

describe("calibration", () => {
  // Brier (1950), by hand: ((0.9−1)² + (0.9−1)² + (0.6−0)² + (0.2−0)²) ÷ 4 = (0.01 + 0.01 + 0.36 + 0.04) ÷ 4.
  const calls = [
    ...[
      { stated: 0.9, right: true },
      { stated: 0.9, right: true },
    ],
    ...[
      { stated: 0.6, right: false },
      { stated: 0.2, right: false },
    ],
  ];
  test("the Brier score of four calls", () => {
    expect(brierOf(calls)).toBeCloseTo(0.105, 12);
    expect(brierOf([])).toBeNull();
  });
  test("the reliability table counts each call once; the ends belong where they begin", () => {
    const bins = reliability([...calls, { stated: 1, right: true }]);
    expect(bins.map(({ count, right }) => [count, right])).toEqual([
      [0, 0],
      [1, 0],
      [0, 0],
      [1, 0],
      [3, 3],
    ]);
    expect(bins[4]?.stated).toBeCloseTo(2.8 / 3, 12);
    expect(bins[0]?.stated).toBeNull();
  });
  test("no call is lost and no score leaves 0 to 1, whatever was stated", () => {
    const call = fc.record({ stated: fc.double({ min: 0, max: 1, noNaN: true }), right: fc.boolean() });
    fc.assert(
      fc.property(fc.array(call, { minLength: 1 }), (drawn) => {
        expect(reliability(drawn).reduce((sum, { count }) => sum + count, 0)).toBe(drawn.length);
        expect(brierOf(drawn)).toBeGreaterThanOrEqual(0);
        expect(brierOf(drawn)).toBeLessThanOrEqual(1);
      }),
    );
  });
  // Laplace: nothing known is one half; 9 of 10 is 10 ÷ 12.
  test.each([
    [0, 0, 0.5],
    [9, 10, 10 / 12],
    [0, 3, 0.2],
  ])("%i right of %i", (right, settled, stated) => {
    expect(statedConfidence(right, settled)).toBeCloseTo(stated, 12);
  });
});

test("the record counts each case once, and the shadow only where a person answered", () => {
  const cases = [
    ...[...many(3), one({ answer: "refused" }), one({ answer: "amended", shadow: "ask" }), one({ reversedAt: NOW })],
    ...[
      one({ answer: "automatic" }),
      one({ answer: "open", answeredAt: null }),
      one({ shadow: null, later: "improved" }),
    ],
  ];
  const record = recordOf("exit", "exit.score-criterion", cases, NOW);
  expect(record).toMatchObject({
    ...{ proposals: 9, reversed: 1, settled: 8, right: 5 },
    answers: { "as-proposed": 5, amended: 1, refused: 1, automatic: 1, open: 1, lapsed: 0 },
    shadow: { wouldExecute: 5, agreed: 3, wouldAsk: 1 },
    later: { improved: 1, worsened: 0, "cannot-tell": 0 },
  });
});

describe("promotion", () => {
  const good = many(PROMOTION.settled);
  const missing = (cases: readonly RecordCase[], venture = "lumen") =>
    promotionCriteria(cases, venture, NOW)
      .filter(({ met }) => !met)
      .map(({ id }) => id);

  test("is earned by a record that meets every line, up to the largest commitment that was approved", () => {
    expect(promotionFor(good, "lumen", NOW)).toMatchObject({ earned: true, limitUsd: null });
    const growth = { agent: "growth", actionClass: "growth.start-initiative" } as const;
    const paid = [
      ...many(19, { ...growth, amountUsd: 12_000 }),
      one({ ...growth, amountUsd: 20_000 }),
      one({ ...growth, amountUsd: 45_000, answer: "refused" }),
    ];
    expect(promotionFor(paid, "lumen", NOW).limitUsd).toBe(20_000);
    expect(promotionFor(many(20, { ...growth, amountUsd: 80_000 }), "lumen", NOW).limitUsd).toBe(50_000);
  });
  test("is not where nothing that costs money was approved yet", () => {
    const free = many(20, { agent: "growth", actionClass: "growth.raise-budget", amountUsd: 0 });
    expect(promotionFor(free, "lumen", NOW)).toMatchObject({ earned: false, limitUsd: 0 });
  });
  test.each<[string, RecordCase[], string[]]>([
    ["one too few", many(19), ["settled"]],
    ["nothing yet", [], ["settled", "right", "would", "agreement", "brier", "here"]],
    ["three of twenty-three refused", [...good, ...many(3, { answer: "refused", shadow: "ask" })], ["right", "here"]],
    ["one reversal", [...many(30), one({ reversedAt: NOW })], ["undone", "here"]],
    ["no shadow was kept", many(20, { shadow: null }), ["would", "agreement"]],
    ["confidence was not stated", many(20, { probability: null }), ["brier"]],
    ["sure of little and right", many(20, { probability: 0.5 }), ["brier"]],
    ["at another venture", many(20, { ventureId: "halcyon" }), ["here"]],
  ])("is not: %s", (_case, cases, ids) => {
    expect(missing(cases)).toEqual(ids);
    expect(promotionFor(cases, "lumen", NOW).earned).toBe(false);
  });
  test("what always goes to the chairman is never earned", () => {
    const signing = many(40, { agent: "value", actionClass: "deal.sign-loi" });
    expect(promotionFor(signing, "lumen", NOW).earned).toBe(false);
  });
});

describe("demotion", () => {
  test.each<[string, RecordCase[], string | null]>([
    ["a good record", many(30), null],
    ["no record", [], null],
    ["its own decision was reversed", [...many(30), one({ answer: "automatic", reversedAt: NOW })], "reversal"],
    ["a person's approval was reversed", [...many(30), one({ reversedAt: NOW })], null],
    ["what it began made things worse", [...many(30), one({ answer: "automatic", later: "worsened" })], "outcome"],
    ["two of the last ten", [...many(8), ...many(2, { answer: "refused" })], null],
    ["three of the last ten", [...many(7), ...many(3, { answer: "amended" })], "refusals"],
    ["three of the ten before", [...many(10, { answeredAt: NOW - DAY }), ...many(3, { answer: "refused" })], null],
    [
      "sure, and wrong too often",
      [...many(8, { probability: 0.35 }), ...many(2, { answer: "refused", probability: 0.99 })],
      "calibration",
    ],
    ["too few to tell", many(9, { probability: 0.1 }), null],
  ])("%s", (_case, cases, rule) => {
    expect(demotionFor(cases, null, NOW)?.rule ?? null).toBe(rule);
  });
  test("what happened before the right was given back counts no more", () => {
    const bad = one({ answer: "automatic", reversedAt: NOW - 2 * DAY });
    expect(demotionFor([bad], NOW - DAY, NOW)).toBeNull();
    expect(demotionFor([bad], NOW - 3 * DAY, NOW)).toMatchObject({ rule: "reversal", memoIds: [bad.memoId] });
  });
});
