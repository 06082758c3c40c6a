import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Exact } from "@/lib/money";
import { COMPONENT_IDS, COMPONENT_WEIGHTS, type ComponentId, CRITERIA } from "./criteria";
import { type Answer, bandOf, decayOf, readinessScore, type ScoredCriterion } from "./score";

const AS_OF = "2026-11-22";
const one = (component: ComponentId, score: Answer | null, more: Partial<ScoredCriterion> = {}): ScoredCriterion => ({
  ...{ component, id: more.id ?? component, score, weight: new Exact(1), evidence: [], redFlag: false },
  ...more,
});
const all = (score: Answer | null) => COMPONENT_IDS.map((id) => one(id, score));

describe("the total", () => {
  test("weighs the components 30, 25, 20, 15, 10", () => {
    for (const id of COMPONENT_IDS) {
      const criteria = COMPONENT_IDS.map((other) => one(other, other === id ? 4 : 0));
      expect(readinessScore(criteria, AS_OF).score?.toNumber()).toBe(Number(COMPONENT_WEIGHTS[id]));
    }
    expect(Object.values(COMPONENT_WEIGHTS).reduce<number>((a, b) => a + b, 0)).toBe(100);
  });

  test("is Σ w·s over 4·Σ w of the answered criteria of a component", () => {
    const criteria = [
      ...all(4).filter(({ component }) => component !== "legal"),
      one("legal", 1, { id: "l1", weight: new Exact(3) }),
      one("legal", 4, { id: "l2", weight: new Exact(1) }),
      one("legal", null, { id: "l3", weight: new Exact(4) }),
    ];
    const scored = readinessScore(criteria, AS_OF);
    expect(scored.components.get("legal")?.score?.toNumber()).toBe(43.75);
    expect(scored.coverage.toNumber()).toBe(0.9);
    expect(scored.score?.toNumber()).toBe(88.75);
  });

  test("is not shown under 70 % coverage, and is at exactly 70 %", () => {
    const without = (...ids: ComponentId[]) =>
      all(4).map((c) => (ids.includes(c.component) ? { ...c, score: null } : c));
    const at = readinessScore(without("legal", "diligence"), AS_OF);
    expect([at.coverage.toNumber(), at.score?.toNumber(), at.band]).toEqual([0.7, 100, "optimal"]);
    const under = readinessScore(without("legal", "market"), AS_OF);
    expect([under.score, under.band, under.reason]).toEqual([null, null, "coverage-below-70"]);
  });

  test.each([
    [69.999, "not ready"],
    [70, "approaching"],
    [84.999, "approaching"],
    [85, "ready"],
    [95, "ready"],
    [95.001, "optimal"],
  ])("%d is %s", (score, band) => expect(bandOf(new Exact(score))).toBe(band));

  test("a red flag makes the band not ready and leaves the score", () => {
    const scored = readinessScore([...all(4), one("legal", 4, { id: "ip", redFlag: true })], AS_OF);
    expect([scored.score?.toNumber(), scored.band, scored.gates]).toEqual([100, "not ready", ["ip"]]);
  });
});

describe("evidence", () => {
  test.each([
    [[], 1],
    [["2025-11-22"], 1],
    [["2025-11-21"], 364 / 365],
    [["2024-11-22"], 0],
    [["2020-01-01"], 0],
    [["2020-01-01", "2026-01-01"], 1],
    // The last day of a shorter month: 29 February has its anniversary on the 28th.
    [["2024-02-29"], 0],
  ])("of %j counts %d", (evidence, expected) => {
    expect(decayOf(evidence, AS_OF).toNumber()).toBeCloseTo(expected, 12);
  });

  test("that is stale is named and takes points", () => {
    const criteria = all(4).map((c) => (c.component === "legal" ? { ...c, evidence: ["2025-05-23"] } : c));
    const scored = readinessScore(criteria, AS_OF);
    expect(scored.stale).toEqual(["legal"]);
    expect(scored.score?.toNumber()).toBeCloseTo(80 + (20 * 182) / 365, 10);
  });
});

describe("next best actions", () => {
  test("come by points lost, and closing all of them reaches 100", () => {
    const criteria = [
      one("financial", 1),
      one("operational", 3),
      one("legal", 0),
      one("market", 4),
      one("diligence", 2),
    ];
    const { nextBestActions, score } = readinessScore(criteria, AS_OF);
    expect(nextBestActions.map(({ id, pointsLost }) => [id, pointsLost?.toNumber()])).toEqual([
      ["financial", 22.5],
      ["legal", 20],
      ["operational", 6.25],
      ["diligence", 5],
    ]);
    const lost = nextBestActions.reduce((sum, { pointsLost }) => sum.plus(pointsLost ?? 0), new Exact(0));
    expect(score?.plus(lost).toNumber()).toBe(100);
  });

  const criteria = fc.array(
    fc.record({
      component: fc.constantFrom(...COMPONENT_IDS),
      score: fc.constantFrom<Answer | null>(0, 1, 2, 3, 4, null),
      weight: fc.integer({ min: 1, max: 40 }),
      evidence: fc.array(fc.constantFrom("2023-01-01", "2025-06-01", "2026-06-01"), { maxLength: 2 }),
      redFlag: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  );

  test("for any criteria: score in 0–100, the points lost are the rest, order does not matter", () => {
    fc.assert(
      fc.property(criteria, (drafts) => {
        const given = drafts.map((draft, index) => ({ ...draft, id: `c${index}`, weight: new Exact(draft.weight) }));
        const scored = readinessScore(given, AS_OF);
        expect(scored.coverage.gte(0) && scored.coverage.lte(1)).toBe(true);
        expect(scored.score === null).toBe(scored.coverage.lt(0.7));
        if (scored.score === null) return;
        expect(scored.score.gte(0) && scored.score.lte(100)).toBe(true);
        const lost = scored.nextBestActions.reduce((sum, { pointsLost }) => sum.plus(pointsLost ?? 0), new Exact(0));
        expect(scored.score.plus(lost).minus(100).abs().lt("1e-40")).toBe(true);
        expect(
          readinessScore([...given].reverse(), AS_OF)
            .score?.minus(scored.score)
            .abs()
            .lt("1e-40"),
        ).toBe(true);
      }),
    );
  });
});

test("the weights of the house's criteria sum to 100 in each component, ids once", () => {
  for (const id of COMPONENT_IDS) {
    const weights = CRITERIA.filter(({ component }) => component === id).map(({ weight }) => weight);
    expect(weights.reduce((a, b) => a + b)).toBe(100);
  }
  expect(new Set(CRITERIA.map(({ id }) => id)).size).toBe(CRITERIA.length);
});
