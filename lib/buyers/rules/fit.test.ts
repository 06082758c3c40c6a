import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoContentSchema } from "@/lib/decisions/schema";
import { Exact } from "@/lib/money";
import { approachMemo } from "./approach-memo";
import { appetiteScore, type Candidate, type Claim, capacityOf, capacityScore, fitOf, targetList } from "./fit";

const TODAY = "2026-11-22";
const claim = (criterion: Claim["criterion"], score: number, more: Partial<Claim> = {}): Claim => ({
  ...{ criterion, score, tier: "A", dated: "2026-10-01" },
  ...more,
});

describe("fit", () => {
  test("is Σ weight × score over 4 × Σ weight of what is claimed", () => {
    const fit = fitOf([claim("overlap", 4), claim("capacity", 2), claim("speed", 0)], TODAY);
    // (30·4 + 25·2 + 10·0) ÷ (4·65)
    expect(fit.score?.toNumber()).toBeCloseTo((170 / 260) * 100, 12);
    expect([fit.coverage.toNumber(), fit.certainty.toNumber(), fit.antitrust]).toEqual([0.65, 0.65, "unknown"]);
  });

  test("is unknown while less than half of the weight is claimed", () => {
    expect(fitOf([claim("overlap", 4), claim("appetite", 4)], TODAY).score).toBeNull();
    expect(fitOf([claim("overlap", 4), claim("relationship", 4)], TODAY).score?.toNumber()).toBe(100);
  });

  test("certainty falls with the source and with its age", () => {
    const certainty = (tier: Claim["tier"], dated: string) =>
      fitOf([claim("overlap", 4, { tier, dated }), claim("capacity", 4, { tier, dated })], TODAY).certainty.toNumber();
    expect([certainty("A", TODAY), certainty("B", TODAY), certainty("C", TODAY)]).toEqual([0.55, 0.44, 0.275]);
    expect(certainty("A", "2025-05-01")).toBe(0.55);
    expect(certainty("A", "2025-04-30")).toBe(0.275);
  });

  test.each([
    [0, "block"],
    [1, "flag"],
    [2, "flag"],
    [3, "clear"],
    [4, "clear"],
  ])("an antitrust score of %d is %s", (score, word) => {
    expect(fitOf([claim("antitrust", score)], TODAY).antitrust).toBe(word);
  });
});

const exact = (value: number | null) => (value === null ? null : new Exact(value));

describe("capacity to pay", () => {
  test.each([
    ["financial", 1000, null, null, 150],
    ["strategic", 100, 50, 40, 170],
    ["strategic", 100, 500, 40, 100],
    ["strategic", 100, null, 40, null],
    ["management", 5, null, null, 5],
    ["strategic", null, 0, 40, null],
  ] as const)("%s with cash %s, debt %s, EBITDA %s: %s", (kind, cash, debt, ebitda, expected) => {
    const means = { kind, cash: exact(cash), debt: exact(debt), ebitda: exact(ebitda) };
    expect(capacityOf(means)?.toNumber() ?? null).toBe(expected);
  });

  test("as a score against the price, and deals as appetite", () => {
    expect([300, 299, 200, 100, 50, 49].map((capacity) => capacityScore(new Exact(capacity), new Exact(100)))).toEqual([
      4, 3, 3, 2, 1, 0,
    ]);
    expect([0, 1, 2, 3, 5, 6].map(appetiteScore)).toEqual([0, 1, 2, 3, 3, 4]);
  });
});

const candidate = (id: string, score: number, more: Partial<Candidate> = {}): Candidate => ({
  ...{ id, name: id, chosen: null, declined: false },
  fit: { score: new Exact(score), coverage: new Exact(1), certainty: new Exact("0.9"), antitrust: "clear" },
  ...more,
});

describe("the target list", () => {
  test("holds the profile's number, the best as priority, and says why others are out", () => {
    const many = Array.from({ length: 10 }, (_, index) => candidate(`b${index}`, 95 - index * 5));
    const placed = targetList(many, 8);
    expect(placed.map(({ tier }) => tier)).toEqual([
      "priority",
      "priority",
      "short",
      "short",
      "short",
      "short",
      "long",
      "long",
      "out",
      "out",
    ]);
    expect(placed[8]?.reason).toBe("Rank 9; the list holds 8");
  });

  test("leaves out what cannot be, whatever the fit", () => {
    const block = candidate("block", 99);
    block.fit.antitrust = "block";
    const placed = targetList([block, candidate("no", 98, { declined: true }), candidate("weak", 34)], 15);
    expect(placed.map(({ tier }) => tier)).toEqual(["out", "out", "out"]);
  });

  test("a person's choice stands before the rule, with its reason", () => {
    const chosen = { tier: "priority" as const, reason: "The chairman knows the owner" };
    expect(targetList([candidate("a", 40, { chosen })], 15)[0]).toMatchObject({ tier: "priority", byRule: false });
  });

  test("for any candidates: at most the pool is in by rule, order does not matter, better fit is never placed lower", () => {
    const drafts = fc.array(
      fc.record({
        score: fc.integer({ min: 0, max: 100 }),
        certainty: fc.integer({ min: 0, max: 10 }),
        declined: fc.boolean(),
      }),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(drafts, fc.integer({ min: 5, max: 30 }), (given, pool) => {
        const all = given.map(({ score, certainty, declined }, index) => {
          const one = candidate(`b${String(index).padStart(2, "0")}`, score, { declined });
          one.fit.certainty = new Exact(certainty).div(10);
          return one;
        });
        const placed = targetList(all, pool);
        expect(placed.filter(({ tier }) => tier !== "out").length).toBeLessThanOrEqual(pool);
        const again = new Map(targetList(all.toReversed(), pool).map((one) => [one.id, one.tier]));
        for (const one of placed) expect(again.get(one.id)).toBe(one.tier);
        const ranked = placed.filter(({ rank }) => rank !== null).toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0));
        for (const [index, one] of ranked.entries()) {
          const next = ranked[index + 1];
          // A priority needs certainty too, so only long and out are bound by rank alone.
          if (next && one.tier === "out") expect(next.tier).toBe("out");
        }
      }),
    );
  });
});

test("the memo names every buyer that would be told, however many", () => {
  const names = Array.from({ length: 30 }, (_, index) => `${"Buyer ".repeat(20)}${index}`);
  const companyIds = names.map(() => crypto.randomUUID());
  const about = { what: "teaser" as const, rationale: "They fit.", venture: "Aurora", currency: "EUR" };
  const { content } = approachMemo({ ...about, companyIds, names });
  const told = memoContentSchema.parse(content).tables?.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells));
  expect(told).toEqual(names.map((text) => ({ text })));
});
