import { describe, expect, test } from "vitest";
import { known, unknown } from "@/lib/metrics/rules/measure";
import type { Issue } from "../schema/negotiation";
import { blankTerms } from "../schema/terms";
import { plainTerms, prepared } from "../test-support/offers";
import { counterTerms, issueEffects, priceFor, standingOf, worthOf } from "./negotiation";

const READY = prepared();
const ID = "11111111-1111-4111-8111-111111111111";
const issue = (more: Partial<Issue>): Issue => ({
  ...{ id: ID, title: "An issue", term: "price", position: "", fallback: "", ownerId: null, state: "open" },
  ...more,
});

describe("the headline at which the offer is worth a sum (one holder of 2 of 8 M common and all of A)", () => {
  test.each<[string, Parameters<typeof plainTerms>[0], number, number]>([
    // 10 + (p − 10) ÷ 4 = 17.5 below conversion at 50.
    ["below the conversion point", {}, 17_500_000, 40_000_000],
    // Above it 4 of 10 shares: 0.4 × p.
    ["above the conversion point", {}, 24_000_000, 60_000_000],
    // Debt of 5 comes off first.
    ["behind debt", { debt: "5000000" }, 17_500_000, 45_000_000],
    // Half of what it brings counts.
    ["with an uncertain closing", { closeProbability: "0.5" }, 12_000_000, 60_000_000],
  ])("%s", (_words, terms, target, price) => {
    expect(Number(priceFor(plainTerms(terms), READY, known(target)).value)).toBe(price);
  });
  test("is the lowest: a thousand less is worth less", () => {
    const terms = plainTerms({ costs: "123456", escrow: "0.1", escrowMonths: 12, escrowProbability: "0.9" });
    const found = Number(priceFor(terms, READY, known(20_000_000)).value);
    const at = (price: number) => Number(worthOf({ ...terms, price: String(price) }, READY).value);
    expect(at(found)).toBeGreaterThanOrEqual(20_000_000);
    expect(at(found - 1_000)).toBeLessThan(20_000_000);
  });
  test("is unknown where the offer or the sum is, or no price is enough", () => {
    expect(priceFor(blankTerms("EUR"), READY, known(1))).toEqual({ value: null, reason: "terms-missing" });
    expect(priceFor(plainTerms(), READY, unknown("no-data"))).toEqual({ value: null, reason: "no-data" });
    const never = plainTerms({ closeProbability: "0" });
    expect(priceFor(never, READY, known(1))).toEqual({ value: null, reason: "price-out-of-sight" });
  });
});

describe("where we stand", () => {
  const hold = { name: "hold the venture", worth: known(17_500_000) };
  test.each([
    ["45000000", "open", "5000000"],
    ["40000000", "open", "0"],
    ["38000000", "none", "-2000000"],
    [null, "unknown", null],
  ] as const)("a ceiling of %s: the zone is %s", (ceiling, state, zone) => {
    const found = standingOf({ reservation: null, ceiling }, plainTerms(), hold, READY);
    expect([found.zoneState, found.zone.value?.toFixed() ?? null]).toEqual([state, zone]);
    // The offer of 30 M is worth 15 M, less than the alternative.
    expect(found.acceptable).toBe(false);
  });
  test("what a person says stands before the alternative", () => {
    const found = standingOf({ reservation: "15000000", ceiling: null }, plainTerms(), hold, READY);
    expect([found.reservation.value?.toFixed(), found.acceptable]).toEqual(["15000000", true]);
  });
  test("without a known alternative nothing is acceptable or not", () => {
    const none = { name: "hold the venture", worth: unknown("no-data") };
    expect(standingOf({ reservation: null, ceiling: "1" }, plainTerms(), none, READY)).toMatchObject({
      acceptable: null,
      zoneState: "unknown",
    });
  });
});

test("an issue moves the worth by itself; the counter takes every open position that is a term", () => {
  const issues = [
    issue({ position: "34000000", fallback: "32000000" }),
    issue({ term: "carveOut", position: "0.1" }),
    issue({ term: null, position: "The present team" }),
    issue({ term: "costs", position: "999", state: "agreed" }),
  ];
  const effects = issueEffects(plainTerms(), issues, READY);
  expect(
    effects.map(({ position, fallback }) => [position.value?.toFixed() ?? null, fallback.value?.toFixed() ?? null]),
  ).toEqual([
    ["1000000", "500000"],
    ["-750000", null],
  ]);
  expect(counterTerms(plainTerms(), issues)).toEqual(plainTerms({ price: "34000000", carveOut: "0.1" }));
});
