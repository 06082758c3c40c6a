import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CapTable } from "@/lib/cap-table/rules/positions";
import { rational } from "@/lib/distribution/rules/exact";
import { shareClassSchema } from "@/lib/distribution/schema";
import { groupProceeds } from "@/lib/growth/rules/drivers/driver-proceeds";
import { known, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import { holderProceeds, partsOf, shortened, together } from "./holder-proceeds";

const stock = (id: string, holderId: string, classId: string, shares: number) =>
  ({
    id,
    holderId,
    classId,
    kind: "stock",
    outstanding: rational(shares),
  }) as unknown as CapTable["securities"][number];
const table = {
  holders: new Map([
    ["fund", "Fund"],
    ["ada", "Ada"],
    ["bob", "Bob"],
  ]),
  securities: [
    stock("s1", "fund", "pref", 1_000),
    stock("s2", "ada", "common", 7_000),
    stock("s3", "bob", "common", 2_000),
  ],
} as unknown as CapTable;
const classes = [
  { id: "pref", kind: "preferred", shares: 1_000, invested: 1_000_000, participation: "none" },
  { id: "common", kind: "common", shares: 9_000 },
].map((each) => shareClassSchema.parse(each));
const at = (low: number, central: number, high: number) => ({
  ...{ low: known(low), central: known(central), high: known(high) },
});
const received = (central: number) =>
  Object.fromEntries(
    holderProceeds(table, classes, at(0, central, central)).map(({ id, at: ends }) => [
      id,
      ends.central.value?.toNumber(),
    ]),
  );

describe("each holder's part of the waterfall", () => {
  // 1,000 preferred for 1 M, one times, not participating; 7,000 + 2,000 common. The preferred convert above 10 M.
  test.each<[string, number, Record<string, number>]>([
    ["below the preference", 600_000, { fund: 600_000, ada: 0, bob: 0 }],
    ["above it", 1_900_000, { fund: 1_000_000, ada: 700_000, bob: 200_000 }],
    ["converted", 20_000_000, { fund: 2_000_000, ada: 14_000_000, bob: 4_000_000 }],
  ])("%s", (_case, proceeds, expected) => {
    expect(received(proceeds)).toEqual(expected);
  });

  test("the lines add up to everything, and the group's is that of the group", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 100_000_000 }), (proceeds) => {
        const lines = holderProceeds(table, classes, at(proceeds, proceeds, proceeds));
        const all = together(lines, new Set(lines.map(({ id }) => id)));
        expect(all.central.value?.toFixed(6)).toBe(new Exact(proceeds).toFixed(6));
        const group = groupProceeds(table, classes, new Set(["fund", "bob"]));
        const own = together(lines, new Set(["fund", "bob"]));
        expect(own.low.value?.toFixed(6)).toBe(group.ok && group.value.at(new Exact(proceeds)).toFixed(6));
      }),
    );
  });

  test("what is not known at one end is unknown there only", () => {
    const [first] = holderProceeds(table, classes, { ...at(0, 5e6, 9e6), low: unknown("no-method-used") });
    expect(first?.at.low).toMatchObject({ value: null, reason: "no-method-used" });
    expect(first?.at.high.value).not.toBeNull();
  });

  test("a long list keeps its sum", () => {
    const lines = holderProceeds(table, classes, at(1e6, 5e6, 9e6));
    const short = shortened(lines, 2);
    expect(short.map(({ name }) => name)).toEqual([lines[0]?.name, "2 other holders"]);
    const sum = (of: typeof lines) => together(of, new Set(of.map(({ id }) => id))).high.value?.toNumber();
    expect(sum(short)).toBe(sum(lines));
  });

  test("the group's part of each class", () => {
    expect(partsOf(table, classes, new Set(["fund", "bob"])).map((part) => part.valueOf())).toEqual(
      classes.map(({ kind }) => (kind === "preferred" ? 1 : 2 / 9)),
    );
  });
});
