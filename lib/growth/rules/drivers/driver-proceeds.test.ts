import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CapTable } from "@/lib/cap-table/rules/positions";
import { rational } from "@/lib/distribution/rules/exact";
import type { ShareClassInput } from "@/lib/distribution/schema";
import { Exact } from "@/lib/money";
import { groupProceeds } from "./driver-proceeds";

const security = (id: string, holderId: string, classId: string, shares: number, kind = "stock") =>
  ({ id, holderId, classId, kind, outstanding: rational(shares) }) as unknown as CapTable["securities"][number];

const table = (securities: CapTable["securities"]) => ({ securities }) as unknown as CapTable;

/** Non-participating preferred of 10 M on 1 M shares before 1 M common; the group holds 40 % of the common. */
const classes: ShareClassInput[] = [
  { id: "pref", kind: "preferred", shares: 1_000_000, invested: 10_000_000, participation: "none" },
  { id: "common", kind: "common", shares: 1_000_000 },
];
const own = table([
  security("s1", "fund", "pref", 1_000_000),
  security("s2", "group", "common", 400_000),
  security("s3", "founder", "common", 600_000),
]);

const of = (holders: string[]) => {
  const outcome = groupProceeds(own, classes, new Set(holders));
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
};
const at = (holders: string[], proceeds: number) => of(holders).at(new Exact(proceeds)).toNumber();
const flat = (holders: string[], proceeds: number) => {
  const zone = of(holders).flatAround(new Exact(proceeds));
  return zone && [zone.from.toNumber(), zone.to?.toNumber() ?? null];
};

describe("common behind a preference of 10 M", () => {
  test.each([
    // Nothing below the preference; then 40 % of what is left; from 20 M on the preferred converts: 40 % of half.
    [8_000_000, 0],
    [15_000_000, 2_000_000],
    [20_000_000, 4_000_000],
    [40_000_000, 8_000_000],
  ])("of %d the group has %d", (proceeds, expected) => {
    expect(at(["group"], proceeds)).toBe(expected);
  });

  test("the flat zone is the preference", () => {
    expect(flat(["group"], 8_000_000)).toEqual([0, 10_000_000]);
    expect(flat(["group"], 15_000_000)).toBeNull();
  });

  test("of the preferred it lies between its claim and its conversion", () => {
    expect(flat(["fund"], 15_000_000)).toEqual([10_000_000, 20_000_000]);
    expect(flat(["fund"], 5_000_000)).toBeNull();
    expect(flat(["fund"], 25_000_000)).toBeNull();
  });

  test("who holds nothing stands still for ever", () => {
    expect(flat(["stranger"], 15_000_000)).toEqual([0, null]);
  });
});

test("a single security is the group's or it is not", () => {
  const withOption = [...classes, { id: "o1", kind: "option" as const, shares: 100_000, strike: 1 }];
  const options = table([...own.securities, security("o1", "group", "plan", 100_000, "equity-compensation")]);
  const outcome = groupProceeds(options, withOption, new Set(["group"]));
  if (!outcome.ok) throw new Error(outcome.refusal);
  // 40 M + 0.1 M of strikes over 2.1 M shares = 19.0952…; 400,000 of them, and 100,000 less their strike.
  expect(outcome.value.at(new Exact(40_000_000)).toNumber()).toBeCloseTo(
    (40_100_000 / 2_100_000) * 500_000 - 100_000,
    2,
  );
});

test("the parts of all holders are the proceeds, and nobody's part falls as proceeds rise", () => {
  const amount = fc.integer({ min: 0, max: 60_000_000 });
  fc.assert(
    fc.property(amount, amount, (a, b) => {
      const all = ["fund", "group", "founder"].map((holder) => of([holder]).at(new Exact(a)));
      expect(all.reduce((sum, part) => sum.plus(part)).toNumber()).toBeCloseTo(a, 6);
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      expect(at(["group"], high)).toBeGreaterThanOrEqual(at(["group"], low) - 1e-6);
      const zone = of(["group"]).flatAround(new Exact(a));
      if (zone) expect(at(["group"], a)).toBe(at(["group"], zone.from.toNumber()));
    }),
    { numRuns: 100 },
  );
});
