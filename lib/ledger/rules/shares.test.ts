import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ShareClass, shareClassSchema } from "@/lib/distribution/schema";
import type { Holding } from "../schema";
import { type Paid, sharesOf } from "./shares";

const classesOf = (...classes: object[]): ShareClass[] => shareClassSchema.array().parse(classes);
const preferred = { id: "a", kind: "preferred", shares: 1_000_000, invested: 5_000_000, participation: "none" };
const common = { id: "common", kind: "common", shares: 4_000_000 };
const holding = (classId: string, holderId: string, units: string): Holding => ({
  ...{ classId, holderId, name: holderId, units },
});
const holdings = [
  holding("a", "fund", "750000"),
  holding("a", "angel", "250000"),
  holding("common", "ada", "3000000"),
  holding("common", "grace", "1000000"),
];
const sharing = (earlier: bigint[] = [], paid: Paid[] = []) => ({
  ...{ classes: classesOf(preferred, common), holdings, currency: "USD", earlier, paid },
});
const amounts = (outcome: ReturnType<typeof sharesOf>) =>
  outcome.ok ? Object.fromEntries(outcome.value.map(({ holderId, amountMinor }) => [holderId, amountMinor])) : outcome;

describe("a release is split as if all so far were one payment (methods a1; NVCA charter 2.3.4)", () => {
  // 4M first: all to the preferred (preference 5M). 1M more fills the preference; from 25M on the preferred converts.
  test("preferences are filled before anybody else shares", () => {
    expect(amounts(sharesOf(sharing(), 400_000_000n))).toEqual({ fund: 300_000_000n, angel: 100_000_000n });
  });
  test("a later release fills what the first left open", () => {
    const paid = [
      { classId: "a", holderId: "fund", amountMinor: 300_000_000n },
      { classId: "a", holderId: "angel", amountMinor: 100_000_000n },
    ];
    expect(amounts(sharesOf(sharing([400_000_000n], paid), 300_000_000n))).toEqual({
      ...{ fund: 75_000_000n, angel: 25_000_000n },
      ...{ ada: 150_000_000n, grace: 50_000_000n },
    });
  });
  test("a class that nobody holds is named, never paid to nobody", () => {
    const lonely = { ...sharing(), holdings: holdings.filter(({ classId }) => classId === "common") };
    expect(sharesOf(lonely, 400_000_000n)).toMatchObject({
      ok: false,
      refusal: "NO_HOLDERS",
      problems: [{ path: "a" }],
    });
  });
});

test("property: whatever releases and units, each adds up to the cent, and nobody pays back", () => {
  const units = fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 7 });
  const releases = fc.array(fc.bigInt({ min: 1n, max: 90_000_000_00n }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(units, units, releases, fc.constantFrom("USD", "JPY", "KWD"), (ofA, ofCommon, sums, currency) => {
      const held = [
        ...ofA.map((one, index) => holding("a", `a${index}`, String(one))),
        ...ofCommon.map((one, index) => holding("common", `c${index}`, String(one))),
      ];
      const paid: Paid[] = [];
      sums.forEach((sum, index) => {
        const before = { ...sharing(sums.slice(0, index), [...paid]), holdings: held, currency };
        const outcome = sharesOf(before, sum);
        if (!outcome.ok) throw new Error(outcome.refusal);
        expect(outcome.value.reduce((all, { amountMinor }) => all + amountMinor, 0n)).toBe(sum);
        expect(outcome.value.every(({ amountMinor }) => amountMinor > 0n)).toBe(true);
        paid.push(...outcome.value);
      });
    }),
    { numRuns: 60 },
  );
});
