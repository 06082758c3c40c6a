import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Cause, decideCauses } from "./causes";
import {
  type ExitFacts,
  exitOpportunities,
  SIGNAL_DAYS,
  type SignalFact,
  targetKey,
  windowKey,
} from "./exit-opportunity";
import { growthOpportunities, type LeverFact, leverKey } from "./growth-opportunity";
import { highKey, type MarketFacts, marketTimings, type SeriesFact, spikeKey, spikeScore } from "./market-timing";
import { lookAtTriggers } from "./triggers";
import { inWords, MILESTONES, milestoneKey, type ValuationFacts, valuationMilestones } from "./valuation-milestone";

/** spec/stage-40, section 8: every condition, each with the bound itself, just beyond it, and what is unknown. */

const never = () => false;
const always = () => true;
const standing =
  (...keys: string[]) =>
  (key: string) =>
    keys.includes(key);
const holdsOf = (causes: readonly Cause[], key: string) => causes.find((cause) => cause.key === key)?.holds;
const fired = (causes: readonly Cause[]) => causes.filter(({ holds }) => holds === true).map(({ key }) => key);

describe("ACTIVE-VENTURE-001: projected ROI > 3x that needs > $100,000 or > 20 % of budget", () => {
  const lever = (roi: string | null, costUsd: string | null, share: string | null): LeverFact => ({
    ...{ id: "retention-gap:SMB", title: "t", roi, costUsd, share, figures: [] },
  });
  const key = leverKey("retention-gap:SMB");
  test.each<[string | null, string | null, string | null, boolean | null]>([
    ["3.01", "100001", "0.05", true],
    ["3", "100001", "0.05", false],
    ["3.01", "100000", "0.2", false],
    ["3.01", "100000", "0.2000001", true],
    ["3.01", "100000.01", "0", true],
    ["9", "5000", "0.9", true],
    [null, "500000", "0.9", null],
    ["4", null, null, null],
    ["4", null, "0.3", true],
    ["4", "20000", null, null],
    ["2", null, null, false],
    [null, "20000", "0.1", false],
  ])("ROI %s, needs $%s, %s of budget: %s", (roi, costUsd, share, holds) => {
    expect(holdsOf(growthOpportunities([lever(roi, costUsd, share)], never), key)).toBe(holds);
  });
  test.each<[string, string, string, boolean]>([
    ["2.71", "90001", "0", true],
    ["2.7", "500000", "0.9", false],
    ["5", "90000", "0.18", false],
    ["5", "90000", "0.1801", true],
  ])("once fired it stands at ROI %s, $%s, %s of budget: %s", (roi, costUsd, share, holds) => {
    expect(holdsOf(growthOpportunities([lever(roi, costUsd, share)], always), key)).toBe(holds);
  });
});

const signal = (kind: SignalFact["kind"], dated: string, withdrawn = false): SignalFact => ({
  ...{ id: "s1", kind, title: "t", source: "s", dated, withdrawn },
});

describe("ACTIVE-VENTURE-002: inquiry, exit window, the chairman's target", () => {
  const facts = (change: Partial<ExitFacts>): ExitFacts => ({
    ...{ today: "2026-11-23", signals: [], score: null, openFrom: 0.2, valuationUsd: null, targetUsd: "5000000" },
    ...{ figures: { score: [], valuation: [] }, ...change },
  });
  test.each<[number | null, boolean, boolean | null]>([
    [0.2, false, true],
    [0.1999, false, false],
    [null, false, null],
    [0.1, true, true],
    [0.0999, true, false],
    [null, true, null],
  ])("a market score of %s, window open before: %s → %s", (score, stood, holds) => {
    const stands = stood ? standing(windowKey) : never;
    expect(holdsOf(exitOpportunities(facts({ score }), stands), windowKey)).toBe(holds);
  });
  test.each<[string | null, boolean, boolean | null]>([
    ["5000000", false, true],
    ["4999999.99", false, false],
    [null, false, null],
    ["4750000", true, true],
    ["4749999", true, false],
  ])("a valuation of $%s, target reached before: %s → %s", (valuationUsd, stood, holds) => {
    const key = targetKey("5000000");
    expect(holdsOf(exitOpportunities(facts({ valuationUsd }), stood ? standing(key) : never), key)).toBe(holds);
  });
  test.each<[string, boolean, boolean]>([
    ["2026-11-23", false, true],
    ["2026-11-24", false, false],
    ["2026-05-27", false, true],
    ["2026-05-26", false, false],
    ["2026-11-01", true, false],
  ])(`an inquiry of %s, withdrawn: %s → %s (${SIGNAL_DAYS} days)`, (dated, withdrawn, holds) => {
    const causes = exitOpportunities(facts({ signals: [signal("inquiry", dated, withdrawn)] }), never);
    expect(holdsOf(causes, "inquiry:s1")).toBe(holds);
  });
  test("a regulation is no exit opportunity", () => {
    expect(fired(exitOpportunities(facts({ signals: [signal("regulation", "2026-11-01")] }), never))).toEqual([]);
  });
});

describe("ACTIVE-VENTURE-003: change, milestones, comparables", () => {
  const facts = (change: Partial<ValuationFacts>): ValuationFacts => ({
    ...{ valuations: [], change: null, comparables: [], figures: { change: [], valuation: [] }, ...change },
  });
  test.each<[string | null, string[]]>([
    ["0.25", []],
    ["0.2501", ["valuation-change:up"]],
    ["-0.25", []],
    ["-0.2501", ["valuation-change:down"]],
    [null, []],
  ])("a change of %s in a quarter fires %j", (change, keys) => {
    expect(fired(valuationMilestones(facts({ change }), never))).toEqual(keys);
  });
  test("a change stands until it is a fifth or less", () => {
    const stands = standing("valuation-change:up");
    expect(holdsOf(valuationMilestones(facts({ change: "0.2001" }), stands), "valuation-change:up")).toBe(true);
    expect(holdsOf(valuationMilestones(facts({ change: "0.2" }), stands), "valuation-change:up")).toBe(false);
    expect(holdsOf(valuationMilestones(facts({ change: null }), stands), "valuation-change:up")).toBeNull();
  });

  const valued = (...usd: number[]) =>
    usd.map((value, month) => ({ day: `2026-${String(month + 1).padStart(2, "0")}-28`, usd: String(value) }));
  const crossed = (...usd: number[]) => fired(valuationMilestones(facts({ valuations: valued(...usd) }), never));
  test.each<[number[], string[]]>([
    [[61e6], []],
    [[4.9e6, 5e6], [milestoneKey(5e6, "up")]],
    [[4.9e6, 4_999_999], []],
    [[5e6, 5.2e6], []],
    [[5.1e6, 4.75e6], []],
    [[5.1e6, 4_749_999], [milestoneKey(5e6, "down")]],
    [[5.1e6, 4.9e6, 4.6e6], [milestoneKey(5e6, "down")]],
    [
      [4e6, 26e6],
      [milestoneKey(5e6, "up"), milestoneKey(10e6, "up"), milestoneKey(25e6, "up")],
    ],
    [[0.9e6, 1e6], [milestoneKey(1e6, "up")]],
    [[99e6, 100e6], [milestoneKey(100e6, "up")]],
    [[249e6, 250e6], [milestoneKey(250e6, "up")]],
    [[2.4e9, 2.6e9], [milestoneKey(2.5e9, "up")]],
  ])("valuations %j cross %j", (usd, keys) => {
    expect(crossed(...usd)).toEqual(keys);
  });
  test("a milestone that was crossed upwards ends, and one that falls fires, only 5 % below", () => {
    const up = standing(milestoneKey(5e6, "up"));
    const at = (usd: number) => valuationMilestones(facts({ valuations: valued(4e6, usd) }), up);
    expect(fired(at(4.8e6))).toEqual([milestoneKey(5e6, "up")]);
    expect(holdsOf(at(4.7e6), milestoneKey(5e6, "up"))).toBe(false);
    expect(fired(at(4.7e6))).toEqual([milestoneKey(5e6, "down")]);
    const down = standing(milestoneKey(5e6, "down"));
    const back = valuationMilestones(facts({ valuations: valued(4e6, 5.1e6) }), down);
    expect(fired(back)).toEqual([milestoneKey(5e6, "up")]);
    expect(holdsOf(back, milestoneKey(5e6, "down"))).toBe(false);
  });
  test("the milestones are the specification's, in words", () => {
    expect(MILESTONES.slice(0, 6)).toEqual([1e6, 5e6, 10e6, 25e6, 50e6, 100e6]);
    expect([1e6, 250e6, 1e9, 2.5e9].map(inWords)).toEqual(["1 million", "250 million", "1 billion", "2.5 billion"]);
  });
  test.each<[string | null, string | null, string[]]>([
    ["6.9", "6", []],
    ["6.91", "6", ["comparables:trading:Revenue:up"]],
    ["5.1", "6", []],
    ["5.09", "6", ["comparables:trading:Revenue:down"]],
    [null, "6", []],
    ["6", null, []],
    ["6", "0", []],
  ])("comparables at %s after %s fire %j", (now, before, keys) => {
    const comparables = [{ id: "trading:Revenue", now, before, figures: [] }];
    expect(fired(valuationMilestones(facts({ comparables }), never))).toEqual(keys);
  });
});

describe("ACTIVE-VENTURE-004: activity, multiples, regulation, consolidation", () => {
  const months = (values: readonly number[]): SeriesFact => ({
    ...{ key: "m", label: "Series", figures: [] },
    points: values.map((value, index) => {
      const month = index - values.length + 23;
      return {
        day: `${2025 + Math.floor(month / 12)}-${String((((month % 12) + 12) % 12) + 1).padStart(2, "0")}-01`,
        value,
      };
    }),
  });
  const facts = (change: Partial<MarketFacts>): MarketFacts => ({
    ...{ today: "2026-12-15", sensitivity: "high", staleAfterDays: 100, leastPoints: 24 },
    ...{ deals: null, multiple: null, signals: [], ...change },
  });
  // Median 10, median absolute deviation 1: robust σ 1.4826 (Rousseeuw and Croux, 1993).
  const before = [9, 11, 9, 11, 9, 11, 9, 11, 10, 10, 9, 11];
  test.each<[number, string, boolean]>([
    [12.96, "high", false],
    [12.97, "high", true],
    [13.7, "medium", false],
    [13.71, "medium", true],
    [14.44, "low", false],
    [14.45, "low", true],
  ])("sales of %s companies with sensitivity %s are a spike: %s", (newest, sensitivity, holds) => {
    const deals = months([...before, newest]);
    expect(holdsOf(marketTimings(facts({ deals, sensitivity }), never), spikeKey("m"))).toBe(holds);
  });
  test("a spike stands to one σ less, is unknown of too few or too old values, and of values that never changed", () => {
    const at = (newest: number, stands: boolean) =>
      holdsOf(marketTimings(facts({ deals: months([...before, newest]) }), stands ? always : never), spikeKey("m"));
    expect([at(11.5, true), at(11.4, true)]).toEqual([true, false]);
    const terms = { today: "2026-12-15", staleAfterDays: 100 };
    expect(spikeScore(months([...before.slice(1), 50]), terms)).toBeNull();
    expect(spikeScore(months([...before, 50]), { ...terms, today: "2027-06-01" })).toBeNull();
    expect(spikeScore(months([...Array(12).fill(10), 10]), terms)).toBe(0);
    expect(spikeScore(months([...Array(12).fill(10), 11]), terms)).toBe(Number.POSITIVE_INFINITY);
  });
  const rising = Array.from({ length: 24 }, (_, index) => 4 + (index % 6) / 10);
  test.each<[number, boolean, boolean]>([
    [4.51, false, true],
    [4.5, false, false],
    [4.06, true, true],
    [4.04, true, false],
  ])("a multiple of %s after a highest of 4.5, at a high before: %s → %s", (newest, stood, holds) => {
    const multiple = months([...rising, newest]);
    const stands = stood ? standing(highKey("m")) : never;
    expect(holdsOf(marketTimings(facts({ multiple }), stands), highKey("m"))).toBe(holds);
  });
  test("of too few multiples nobody says what is high", () => {
    const multiple = months([...rising.slice(2), 9]);
    expect(holdsOf(marketTimings(facts({ multiple }), never), highKey("m"))).toBeNull();
  });
  test("what a person stated holds while it is recent", () => {
    const signals = [signal("regulation", "2026-12-01"), { ...signal("consolidation", "2026-01-01"), id: "s2" }];
    expect(fired(marketTimings(facts({ signals }), never))).toEqual(["regulation:s1"]);
  });
});

describe("a cause", () => {
  const cause = (key: string, holds: boolean | null): Cause => ({
    ...{ trigger: "ACTIVE-VENTURE-002", key, holds, title: key, why: "", figures: [] },
  });
  test("fires once while it stands, ends when it is over or gone, and waits where nobody knows", () => {
    const causes = [cause("a", true), cause("b", true), cause("c", false), cause("d", null), cause("e", null)];
    const { fire, end } = decideCauses({ causes, whole: ["lever:"] }, new Set(["b", "c", "d", "lever:x", "other"]));
    expect(fire.map(({ key }) => key)).toEqual(["a"]);
    expect(end).toEqual(["c", "lever:x"]);
  });

  test("of a series that is no longer chosen has ended; where none is chosen nobody could look", () => {
    const figures = { score: [], valuation: [], change: [] };
    const exit = {
      today: "2026-12-31",
      signals: [],
      score: null,
      openFrom: 1,
      valuationUsd: null,
      targetUsd: "1",
      figures,
    };
    const valuation = { valuations: [], change: null, comparables: [], figures };
    const terms = { today: "2026-12-31", sensitivity: "high", staleAfterDays: 9, leastPoints: 9, signals: [] };
    const series = { key: "new", label: "New", points: [], figures: [] };
    const standing = new Set([spikeKey("old"), highKey("old")]);
    const ended = (deals: typeof series | null, multiple: typeof series | null) => {
      const market = { ...terms, deals, multiple };
      return decideCauses(
        lookAtTriggers({ levers: null, exit, valuation, market }, (key) => standing.has(key)),
        standing,
      ).end;
    };
    expect(ended(series, series)).toEqual([spikeKey("old"), highKey("old")]);
    expect(ended(null, null)).toEqual([]);
  });

  test("that hovers about its limit fires once, whatever path the valuation takes within 5 %", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 4_750_000, max: 5_250_000 }), { minLength: 1, maxLength: 40 }), (path) => {
        const stood = new Set<string>();
        const told: string[] = [];
        const valuations = [{ day: "2026-01-01", usd: "4000000" }];
        for (const usd of [...path, 5_000_000]) {
          valuations.push({ day: "2026-02-01", usd: String(usd) });
          const facts = { valuations, change: null, comparables: [], figures: { change: [], valuation: [] } };
          const exit = {
            today: "2026-02-01",
            signals: [],
            score: null,
            openFrom: 1,
            valuationUsd: null,
            targetUsd: "1",
            figures: { score: [], valuation: [] },
          };
          const market = {
            today: "2026-02-01",
            sensitivity: "high",
            staleAfterDays: 9,
            leastPoints: 9,
            deals: null,
            multiple: null,
            signals: [],
          };
          const { fire, end } = decideCauses(
            lookAtTriggers({ levers: null, exit, valuation: facts, market }, (key) => stood.has(key)),
            stood,
          );
          for (const key of end) stood.delete(key);
          told.push(...fire.map(({ key }) => key));
          for (const { key } of fire) stood.add(key);
        }
        expect(told).toEqual([milestoneKey(5e6, "up")]);
      }),
      { numRuns: 60 },
    );
  });
});
