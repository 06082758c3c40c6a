import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExitFacts, exitCriteria } from "./exit-criteria";
import {
  crashSince,
  dropFromHigh,
  lowSince,
  negativeSince,
  type Rollback,
  type RollbackFacts,
  type RollbackKind,
  rollbacks,
} from "./exit-rollbacks";
import { episode, nextCheck, nextExitMove, type RunFacts } from "./exit-round";

const READY: ExitFacts = {
  ...{ today: "2026-11-22", qualified: 15, pool: 15, completeness: "0.95", openFindings: 0 },
  ...{ equity: "5000000", valuedOn: "2026-08-22", minimum: "5000000", openSteps: 0 },
};

describe("the criteria of 40.2", () => {
  const met = (more: Partial<ExitFacts>) => exitCriteria({ ...READY, ...more }).map((line) => line.met);

  test.each<[string, Partial<ExitFacts>, boolean[]]>([
    ["all at their bounds", {}, [true, true, true]],
    ["a buyer short", { qualified: 14 }, [false, true, true]],
    ["nobody has entered a buyer", { qualified: null }, [false, true, true]],
    ["a room just short", { completeness: "0.949999" }, [true, false, true]],
    ["no room", { completeness: null, openFindings: null }, [true, false, true]],
    ["a serious finding", { openFindings: 1 }, [true, false, true]],
    ["a valuation of 93 days ago", { valuedOn: "2026-08-21" }, [true, true, false]],
    ["no valuation", { equity: null, valuedOn: null }, [true, true, false]],
    ["a cent below the minimum", { equity: "4999999.99" }, [true, true, false]],
    ["no exchange rate", { minimum: null }, [true, true, false]],
    ["no plan", { openSteps: null }, [true, true, false]],
    ["a step left", { openSteps: 1 }, [true, true, false]],
  ])("%s", (_case, more, expected) => {
    expect(met(more)).toEqual(expected);
  });

  test("each that is not met says what is missing, and no unknown counts as met", () => {
    const facts = { qualified: null, completeness: null, openFindings: null, equity: null, valuedOn: null };
    for (const line of exitCriteria({ ...READY, ...facts })) {
      expect(line.met).toBe(false);
      expect(line.missing.length).toBeGreaterThan(0);
    }
  });
});

const CALM: RollbackFacts = {
  ...{ today: "2026-11-22", startedOn: "2026-11-01", qualified: 3, remediatedOn: null, multiplesFall: "0.1" },
  readiness: [{ day: "2026-11-20", value: "90" }],
  ...{ growth: [{ day: "2026-10-31", value: "0.2" }], departedOn: null },
};
const stateOf = (kind: RollbackKind, more: Partial<RollbackFacts>): Rollback["state"] | undefined =>
  rollbacks({ ...CALM, ...more }).find((rule) => rule.kind === kind)?.state;
const low = (day: string, value = "70") => ({ day, value });

// spec/stage-40, section 4, the rows about 40.2.
describe("the rollback rules of 40.2", () => {
  test.each<[string, RollbackKind, Partial<RollbackFacts>, Rollback["state"]]>([
    ["a buyer is there", "no-buyer", { startedOn: "2020-01-01" }, "far"],
    ["the last day before 18 months", "no-buyer", { qualified: 0, startedOn: "2025-05-23" }, "near"],
    ["18 months to the day", "no-buyer", { qualified: 0, startedOn: "2025-05-22" }, "holds"],
    ["18 months, and nobody entered a buyer", "no-buyer", { qualified: null, startedOn: "2025-05-22" }, "holds"],
    ["a month without a buyer", "no-buyer", { qualified: 0, startedOn: "2026-10-22" }, "far"],
    [
      "below 85 for 6 months to the day",
      "readiness-low",
      { startedOn: "2026-01-01", readiness: [low("2026-05-22"), low("2026-11-20", "84.99")] },
      "holds",
    ],
    [
      "a day less",
      "readiness-low",
      { startedOn: "2026-01-01", readiness: [low("2026-05-23"), low("2026-11-20")] },
      "near",
    ],
    [
      "85 in between begins it anew",
      "readiness-low",
      { startedOn: "2026-01-01", readiness: [low("2026-02-01"), low("2026-10-01", "85"), low("2026-11-01")] },
      "far",
    ],
    [
      "what was before 40.2 does not count",
      "readiness-low",
      { startedOn: "2026-11-01", readiness: [low("2026-01-01"), low("2026-11-02")] },
      "far",
    ],
    [
      "nobody measured for a quarter",
      "readiness-low",
      { startedOn: "2026-01-01", readiness: [low("2026-05-01")] },
      "unknown",
    ],
    ["never measured", "readiness-low", { readiness: [] }, "unknown"],
    [
      "three months without progress",
      "readiness-stalled",
      {
        startedOn: "2026-01-01",
        remediatedOn: "2026-08-22",
        readiness: [low("2026-08-20"), low("2026-11-20", "70.99")],
      },
      "holds",
    ],
    [
      "a point of progress",
      "readiness-stalled",
      { startedOn: "2026-01-01", remediatedOn: "2026-08-22", readiness: [low("2026-08-20"), low("2026-11-20", "71")] },
      "far",
    ],
    [
      "a day before three months",
      "readiness-stalled",
      { startedOn: "2026-01-01", remediatedOn: "2026-08-23", readiness: [low("2026-08-20"), low("2026-11-20")] },
      "near",
    ],
    ["multiples down by half", "market-crash", { multiplesFall: "0.5" }, "holds"],
    ["almost by half", "market-crash", { multiplesFall: "0.4999" }, "near"],
    [
      "two quarters below zero",
      "growth-negative",
      { growth: [low("2026-07-31", "-0.01"), low("2026-10-31", "-0.2")] },
      "holds",
    ],
    [
      "one quarter below zero",
      "growth-negative",
      { growth: [low("2026-07-31", "0"), low("2026-10-31", "-0.2")] },
      "near",
    ],
    ["growth of exactly zero", "growth-negative", { growth: [low("2026-10-31", "0")] }, "far"],
    ["growth that nobody knows", "growth-negative", { growth: [] }, "unknown"],
    ["a key person who left in 40.2", "key-person", { departedOn: "2026-11-30" }, "holds"],
    ["one who left before it began", "key-person", { departedOn: "2026-10-31" }, "far"],
    [
      "one who left more than a quarter ago",
      "key-person",
      { startedOn: "2026-01-01", departedOn: "2026-08-22" },
      "far",
    ],
    ["nobody counts them", "key-person", { departedOn: undefined }, "unknown"],
    ["no series", "market-crash", { multiplesFall: null }, "unknown"],
  ])("%s", (_case, kind, more, expected) => {
    expect(stateOf(kind, more)).toBe(expected);
  });

  test("readiness is low since the first reading after the last that was not", () => {
    const readiness = [low("2026-11-02"), low("2026-11-05", "86"), low("2026-11-09"), low("2026-11-12")];
    expect(lowSince({ ...CALM, readiness })).toBe("2026-11-09");
    expect(lowSince({ ...CALM, readiness: readiness.slice(0, 2) })).toBeNull();
  });

  test("the fall is from the highest of twelve months, and unknown with one value", () => {
    const points = [low("2025-11-22", "99"), low("2026-01-01", "8"), low("2026-06-01", "10"), low("2026-11-01", "5")];
    expect(dropFromHigh(points, "2026-11-22")?.fall).toBe("0.5");
    expect(dropFromHigh(points.slice(3), "2026-11-22")).toBeNull();
    const values = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 12 });
    fc.assert(
      fc.property(values, (each) => {
        const series = each.map((value, index) => low(`2026-${String(index + 1).padStart(2, "0")}-01`, String(value)));
        const fall = Number(dropFromHigh(series, "2026-12-31")?.fall);
        expect(fall).toBeGreaterThanOrEqual(0);
        expect(fall).toBeLessThan(1);
      }),
    );
  });
});

describe("one occasion, however many months it lasts", () => {
  const month = (day: string, value: string | null) => ({ day, value });

  test("shrinking is the same from its first month on, whichever months a quarter has", () => {
    const shrinking = [month("2026-02-28", "-0.1"), month("2026-01-31", "-0.2"), month("2025-12-31", "-0.1")];
    const before = [month("2025-11-30", "0"), month("2025-10-31", "-0.1")];
    expect(negativeSince([...shrinking, ...before])).toBe("2025-12-31");
    expect(negativeSince([month("2026-03-31", "-0.3"), ...shrinking, ...before])).toBe("2025-12-31");
    expect(negativeSince([month("2026-03-31", "0.01"), ...shrinking])).toBeNull();
  });

  test("months between quarterly accounts break nothing, a missing quarter does", () => {
    const quarterly = [month("2026-03-31", "-0.1"), month("2026-02-28", null), month("2026-01-31", null)];
    const earlier = [month("2025-12-31", "-0.1"), month("2025-11-30", null)];
    expect(negativeSince([...quarterly, ...earlier])).toBe("2025-12-31");
    expect(negativeSince([...quarterly, month("2025-12-31", null), month("2025-11-30", "-0.1")])).toBe("2026-03-31");
    expect(negativeSince([])).toBeNull();
  });

  test("the cause is that month, and the first of the quarters where nobody tells it", () => {
    const growth = [low("2026-07-31", "-0.01"), low("2026-10-31", "-0.2")];
    const causeOf = (more: Partial<RollbackFacts>) =>
      rollbacks({ ...CALM, growth, ...more }).find(({ kind }) => kind === "growth-negative")?.cause;
    expect(causeOf({ shrinkingSince: "2026-06-30" })).toBe("2026-06-30");
    expect(causeOf({})).toBe("2026-07-31");
  });

  test("a crash is the same although the highest of twelve months moves on", () => {
    const high = ["01", "02", "03", "04", "05"].map((at) => low(`2026-${at}-28`, "10"));
    const points = [...high, low("2026-06-28", "4"), low("2026-12-28", "4"), low("2027-03-28", "4.5")];
    expect(dropFromHigh(points, "2026-12-31")?.from).not.toBe(dropFromHigh(points, "2027-03-31")?.from);
    for (const today of ["2026-06-28", "2026-12-31", "2027-03-31"])
      expect(crashSince(points, today)).toBe("2026-06-28");
    expect(crashSince(points, "2026-06-27")).toBeNull();
    const again = [...points, low("2027-04-28", "8"), low("2027-05-20", "3")];
    expect(crashSince(again, "2027-05-21")).toBe("2027-05-20");
  });
});

describe("the run of 40.2", () => {
  const NOW = new Date("2026-11-22T12:00:00Z");
  const facts = (more: Partial<RunFacts> = {}): RunFacts => ({
    ...{ status: "running", open: true, round: 3, closed: true, checkAt: new Date("2026-11-22T12:00:00Z") },
    ...more,
  });
  test.each<[string, Partial<RunFacts>, ReturnType<typeof nextExitMove>]>([
    ["a check that is due", {}, { kind: "round", round: 4 }],
    ["a round that was begun is ended first", { closed: false }, { kind: "round", round: 3 }],
    ["a check in a minute", { checkAt: new Date("2026-11-22T12:01:00Z") }, { kind: "wait", seconds: 60 }],
    ["a check in a month", { checkAt: new Date("2026-12-22T12:00:00Z") }, { kind: "wait", seconds: 86_400 }],
    ["paused", { status: "paused" }, { kind: "wait", seconds: 86_400 }],
    ["approved", { status: "approved" }, { kind: "end" }],
    ["returned", { status: "returned", open: false }, { kind: "end" }],
    ["40.2 was closed", { open: false }, { kind: "stop" }],
  ])("%s", (_case, more, move) => {
    expect(nextExitMove(facts(more), NOW)).toEqual(move);
  });

  test.each([
    ["weekly", "2026-11-29"],
    ["monthly", "2026-12-22"],
    ["quarterly", "2027-02-22"],
  ] as const)("%s", (frequency, day) => {
    expect(nextCheck("2026-11-22", frequency)).toBe(day);
  });

  test.each<[string, (string | null)[], { count: number; reached: boolean }]>([
    ["never", ["80", "89.9"], { count: 0, reached: false }],
    ["at the target", ["80", "90"], { count: 1, reached: true }],
    ["hovering about it is one cause", ["90", "88.5", "90", "88"], { count: 1, reached: true }],
    ["fallen and risen anew is another", ["90", "87.9", "91"], { count: 2, reached: true }],
    ["unknown changes nothing", ["90", null], { count: 1, reached: true }],
  ])("%s", (_case, values, expected) => {
    expect(episode(values, 90)).toEqual(expected);
  });
});
