import fc from "fast-check";
import { expect, test } from "vitest";
import { rational, sum } from "@/lib/distribution/rules/exact";
import { type ShareClass, shareClassSchema } from "@/lib/distribution/schema";
import type { OfferTerms } from "../schema/terms";
import { contextOf, plainTerms } from "../test-support/offers";
import { offerProceeds, prepareOffers } from "./proceeds";

const money = (most: number) => fc.integer({ min: 0, max: most }).map((cents) => (cents / 100).toFixed(2));
const ratio = fc.integer({ min: 0, max: 1_000 }).map((part) => (part / 1_000).toString());
const shares = fc.integer({ min: 1, max: 40_000 });

const preferred = fc
  .record({ shares, invested: fc.integer({ min: 0, max: 40_000 }), seniority: fc.integer({ min: 1, max: 3 }) })
  .chain((given) =>
    fc.constantFrom("none", "full").map((participation) => ({ ...given, kind: "preferred", participation })),
  );
const option = fc.record({ shares, strike: fc.integer({ min: 0, max: 3 }) }).map((one) => ({ ...one, kind: "option" }));
const safe = fc
  .record({ purchaseAmount: fc.integer({ min: 0, max: 20_000 }), shares })
  .map((one) => ({ ...one, kind: "safe" }));
const debt = fc.record({ claim: fc.integer({ min: 0, max: 9_000 }) }).map((one) => ({ ...one, kind: "debt" }));

const classes = fc
  .tuple(shares, fc.array(fc.oneof(preferred, option, safe, debt), { maxLength: 6 }))
  .map(([common, rest]) =>
    [{ kind: "common", shares: common }, ...rest].map(
      (one, index): ShareClass => shareClassSchema.parse({ ...one, id: `k${index}` }),
    ),
  );

/** Each class belongs to three holders, in thirds and unequal parts; one of them is the group. */
const holdersOf = (all: readonly ShareClass[]) => [
  { id: "x", name: "X", parts: Object.fromEntries(all.map(({ id }) => [id, "1/3"])) },
  { id: "y", name: "Y", parts: Object.fromEntries(all.map(({ id }) => [id, "1/7"])) },
  { id: "z", name: "Z", parts: Object.fromEntries(all.map(({ id }) => [id, "11/21"])) },
];

const earnOut = fc.record({ amount: money(2_000_000), probability: ratio, days: fc.integer({ min: 0, max: 900 }) });
const terms = fc
  .record({
    base: money(8_000_000),
    ...{ stock: money(1_000_000), rollover: money(1_000_000), vendorNote: money(1_000_000), costs: money(200_000) },
    ...{ cash: money(500_000), debt: money(500_000), escrow: ratio, carveOut: ratio, closeProbability: ratio },
    ...{ escrowProbability: ratio, vendorNoteProbability: ratio, stockDiscount: ratio },
    ...{ escrowMonths: fc.integer({ min: 0, max: 36 }), earnOuts: fc.array(earnOut, { maxLength: 3 }) },
  })
  .map(({ base, earnOuts, ...one }): OfferTerms => {
    const parts = [base, one.stock, one.rollover, one.vendorNote, one.costs, ...earnOuts.map(({ amount }) => amount)];
    const price = sum([...parts, one.debt].map((part) => rational(part)));
    return plainTerms({
      ...{
        ...one,
        price: price.toString(4),
        rolloverDiscount: "0.1",
        vendorNoteMonths: 24,
        vendorNoteInterest: "0.05",
      },
      earnOuts: earnOuts.map(({ amount, probability, days }, index) => ({
        ...{ title: `Goal ${index}`, amount, probability },
        dueOn: new Date(Date.UTC(2027, 0, 1 + days)).toISOString().slice(0, 10),
      })),
    });
  });

const RUNS = { numRuns: 150 };
const made = (all: readonly ShareClass[]) => {
  const ready = prepareOffers(contextOf({ classes: all, holders: holdersOf(all), group: ["y"] }));
  if (!ready) throw new Error("contradiction");
  return ready;
};
const total = (parts: readonly string[]) => sum(parts.map((part) => rational(part))).toFraction();

test("to the cent: closing and later money are holders and carve-out together, and so is every estimate", () => {
  fc.assert(
    fc.property(classes, terms, (all, offer) => {
      const found = offerProceeds(offer, made(all));
      if (!found.known) return found.reason === "no-proceeds";
      const { holders, carveOut, releases, bridge } = found;
      expect(total([...holders.map(({ atClosing }) => atClosing), carveOut.atClosing])).toBe(total([bridge.closing]));
      expect(total([...holders.map((one) => one.total), carveOut.total])).toBe(
        total(releases.map(({ amount }) => amount)),
      );
      for (const one of holders) {
        expect(Number(one.atClosing) >= 0 && Number(one.later) >= 0).toBe(true);
        expect(Number(one.laterExpected)).toBeLessThanOrEqual(Number(one.later) + 0.02);
        expect(Number(one.riskAdjusted)).toBeLessThanOrEqual(Number(one.presentValue) + 0.02);
        expect(Number(one.presentValue)).toBeLessThanOrEqual(Number(one.expected) + 0.02);
      }
      return true;
    }),
    RUNS,
  );
});

test("a higher price never lowers the total, nor what any holder gets beyond the rounding", () => {
  fc.assert(
    fc.property(classes, terms, money(1_000_000), (all, offer, more) => {
      const ready = made(all);
      const higher = {
        ...offer,
        price: rational(offer.price ?? "0")
          .add(rational(more))
          .toString(4),
      };
      const [before, after] = [offerProceeds(offer, ready), offerProceeds(higher, ready)];
      if (!before.known) return;
      if (!after.known) throw new Error(after.reason);
      expect(Number(after.all.total)).toBeGreaterThanOrEqual(Number(before.all.total));
      // A cent for each release and class, whose rounding may fall otherwise.
      for (const one of before.holders)
        expect(Number(after.holders.find(({ id }) => id === one.id)?.total)).toBeGreaterThan(Number(one.total) - 0.5);
    }),
    RUNS,
  );
});

test("money that is certain, comes at once and is cash is worth what it says", () => {
  fc.assert(
    fc.property(classes, money(8_000_000), (all, price) => {
      const found = offerProceeds(plainTerms({ price }), made(all));
      if (!found.known) return Number(price) === 0;
      for (const one of found.holders) expect(Number(one.riskAdjusted)).toBeCloseTo(Number(one.atClosing), 1);
      return true;
    }),
    RUNS,
  );
});
