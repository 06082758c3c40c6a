import fc from "fast-check";
import { expect, test } from "vitest";
import type { HolderParts } from "@/lib/deals/rules/holders";
import { prepareOffers } from "@/lib/deals/rules/proceeds";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { contextOf, plainTerms } from "@/lib/deals/test-support/offers";
import { carvedMinor } from "@/lib/ledger/rules/carve-out";
import { checkEntry } from "@/lib/ledger/rules/entry";
import { inKindTotal, receivedInKind, settledInKind } from "@/lib/ledger/rules/in-kind";
import { sharesOf } from "@/lib/ledger/rules/shares";
import { type ShareClass, shareClassSchema } from "../../schema";
import { rational } from "../exact";
import { carveOutOf, closingDistribution, fundsFlow } from "../funds-flow/funds-flow";
import { goalPrice } from "./goal-seek";
import { inverseOf, valueAt } from "./piecewise";
import { receivedByPrice } from "./price-line";
import { splitOf } from "./split";

const shares = fc.integer({ min: 1, max: 40_000 });
const money = (most: number) => fc.integer({ min: 0, max: most }).map((cents) => (cents / 100).toFixed(2));
const ratio = (most: number) => fc.integer({ min: 0, max: most }).map((part) => (part / 1_000).toString());
const preferred = fc
  .record({
    ...{ shares, invested: fc.integer({ min: 0, max: 40_000 }), seniority: fc.integer({ min: 1, max: 3 }) },
    ...{ multiple: fc.constantFrom(0, 1, 2), participation: fc.constantFrom("none", "full", "capped") },
    convertible: fc.boolean(),
  })
  .map((one) => ({ ...one, kind: "preferred", ...(one.participation === "capped" ? { capMultiple: 3 } : {}) }));
const option = fc.record({ shares, strike: fc.integer({ min: 0, max: 3 }) }).map((one) => ({ ...one, kind: "option" }));
const safe = fc
  .record({ purchaseAmount: fc.integer({ max: 20_000, min: 0 }), shares })
  .map((one) => ({ ...one, kind: "safe" }));
const note = fc
  .record({ principal: fc.integer({ min: 0, max: 9_000 }), shares })
  .map((one) => ({ ...one, kind: "note" }));
const debt = fc.record({ claim: fc.integer({ min: 0, max: 9_000 }) }).map((one) => ({ ...one, kind: "debt" }));
const classes = fc
  .tuple(shares, fc.array(fc.oneof(preferred, preferred, option, safe, note, debt), { maxLength: 6 }))
  .map(([common, rest]) =>
    [{ kind: "common", shares: common }, ...rest].map(
      (one, index): ShareClass => shareClassSchema.parse({ ...one, id: `k${index}` }),
    ),
  );
/** Each class in 1/3, 1/7 and 11/21; in the ledger's terms 7, 3 and 11 units. */
const UNITS = { x: ["1/3", "7"], y: ["1/7", "3"], z: ["11/21", "11"] } as const;
const holdersOf = (all: readonly ShareClass[]): HolderParts[] =>
  Object.entries(UNITS).map(([id, [part]]) => ({
    ...{ id, name: id.toUpperCase() },
    parts: Object.fromEntries(all.map((one) => [one.id, part])),
  }));
const terms = fc
  .record({
    ...{ price: fc.integer({ min: 100_000, max: 20_000_000 }).map((cents) => (cents / 100).toFixed(2)) },
    ...{ cash: money(400_000), debt: money(300_000), costs: money(100_000), carveOut: ratio(400) },
    ...{ escrow: ratio(300), holdback: ratio(200) },
  })
  .map(
    (one): OfferTerms =>
      plainTerms({
        ...{ ...one, basis: "enterprise", escrowMonths: 12, holdbackMonths: 6 },
        ...{ escrowProbability: "1", holdbackProbability: "1" },
      }),
  );
const preparedOf = (all: readonly ShareClass[], holders = holdersOf(all)) => {
  const made = prepareOffers(contextOf({ classes: all, holders, group: ["x"] }));
  if (!made) throw new Error("contradiction");
  return made;
};
const rate = (holderId: string, ratio: string, classId: string | null = null, office = "Office") => ({
  ...{ holderId, ratio, classId, office, on: "all" as const },
});
const RATES = [rate("x", "0.25"), rate("y", "0.301"), rate("y", "0.8", "k0", "Payroll"), rate("z", "0.5", "k1")];
const RUNS = { numRuns: 80 };

test("to the cent: sources are uses, holders are classes, and closing, held back, carve-out and tax are the equity", () => {
  fc.assert(
    fc.property(classes, terms, fc.integer({ min: 0, max: 100 }), (all, given, financed) => {
      const split = splitOf(given, preparedOf(all), RATES);
      if (!split.known) return;
      const gross = split.classes.reduce((sum, one) => sum + one.gross, 0n);
      expect(split.totals.gross).toBe(gross);
      for (const { preference, participation, conversion, strike, gross: own } of split.classes)
        expect(preference + participation + conversion - strike).toBe(own);
      const equity = BigInt(split.bridge.equity.mul(100).toFraction());
      expect(gross + split.carveOut.closing + split.carveOut.held).toBe(equity);
      expect(split.totals.net + split.totals.withheld + split.totals.held).toBe(split.totals.gross);
      const financing = [{ kind: "financing" as const, name: "Bank", amount: String(financed) }];
      const flow = fundsFlow(split, given, financing, 2);
      if (!flow.ok) return;
      const sum = (lines: readonly { units: bigint }[]) => lines.reduce((a, { units }) => a + units, 0n);
      expect(sum(flow.value.sources)).toBe(flow.value.total);
      expect(sum(flow.value.uses)).toBe(flow.value.total);
      expect([...flow.value.sources, ...flow.value.uses].every(({ units }) => units > 0n)).toBe(true);
    }),
    RUNS,
  );
});

test("the ledger splits the closing among the same holders in the same cents", () => {
  fc.assert(
    fc.property(classes, terms, (all, given) => {
      const split = splitOf(given, preparedOf(all), []);
      if (!split.known) return;
      const flow = fundsFlow(split, given, [], 2);
      const closing = flow.ok && closingDistribution(flow.value, split);
      if (!closing) return;
      const holdings = all.flatMap(({ id }) =>
        Object.entries(UNITS).map(([holderId, [, units]]) => ({ classId: id, holderId, name: holderId, units })),
      );
      const charged = closing.charges.reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
      const amount = closing.amountMinor - charged;
      if (amount === 0n) return;
      const shares = sharesOf({ classes: all, holdings, currency: "EUR", earlier: [], paid: [] }, amount);
      if (!shares.ok) throw new Error(shares.refusal);
      for (const line of split.holders) {
        const own = shares.value.reduce((sum, one) => (one.holderId === line.id ? sum + one.amountMinor : sum), 0n);
        expect(own).toBe(line.gross - line.held);
      }
    }),
    RUNS,
  );
});

test("the ledger splits what was held back as the offer said, the agreed carve-out taken first, in one release or in two", () => {
  fc.assert(
    fc.property(classes, terms, ratio(1_000), (all, given, first) => {
      const split = splitOf(given, preparedOf(all), []);
      const carveOut = carveOutOf(given);
      if (!split.known || !carveOut) return;
      const held = BigInt(split.bridge.escrow.add(split.bridge.holdback).mul(100).toFraction());
      if (held === 0n) return;
      const closing = split.totals.gross - split.totals.held + split.carveOut.closing;
      const basis = { carveOut, classes: all };
      const once = carvedMinor(basis, "EUR", closing, held);
      expect(once).toBe(split.carveOut.held);
      const part = (held * BigInt(Math.round(Number(first) * 1_000))) / 1_000n;
      const rest = carvedMinor(basis, "EUR", closing + part, held - part);
      expect(carvedMinor(basis, "EUR", closing, part) + rest).toBe(once);
      if (closing === split.carveOut.closing) return;
      const holdings = all.flatMap(({ id }) =>
        Object.entries(UNITS).map(([holderId, [, units]]) => ({ classId: id, holderId, name: holderId, units })),
      );
      const sharing = { classes: all, holdings, currency: "EUR" };
      const before = sharesOf({ ...sharing, earlier: [], paid: [] }, closing - split.carveOut.closing);
      if (!before.ok) throw new Error(before.refusal);
      const earlier = [closing - split.carveOut.closing];
      const after = sharesOf({ ...sharing, earlier, paid: before.value }, held - once);
      if (!after.ok) throw new Error(after.refusal);
      const near = (a: bigint, b: bigint) => (a > b ? a - b : b - a) <= BigInt(2 * all.length);
      for (const line of split.holders) {
        const own = after.value.reduce((sum, one) => (one.holderId === line.id ? sum + one.amountMinor : sum), 0n);
        expect(near(own, line.held)).toBe(true);
      }
    }),
    RUNS,
  );
});

test("what comes in stock and by rollover belongs to the holders to the cent, and cash, tax and it are their part of the closing", () => {
  const paper = fc.record({ stock: money(3_000_000), rollover: money(3_000_000) });
  fc.assert(
    fc.property(classes, terms, paper, (all, given, { stock, rollover }) => {
      const forms = { stock, rollover, stockDiscount: "0", rolloverDiscount: "0" };
      const split = splitOf({ ...given, ...forms }, preparedOf(all), RATES);
      if (!split.known) return;
      const flow = fundsFlow(split, given, [], 2);
      if (!flow.ok) return;
      const { inKind, amountMinor, charges, withholdings } = closingDistribution(flow.value, split);
      const of = (form: string) => inKindTotal(inKind.filter((one) => one.form === form));
      expect([of("stock"), of("rollover")]).toEqual(
        [stock, rollover].map((amount) => BigInt(Math.round(Number(amount) * 100))),
      );
      const sum = (lines: readonly { amountMinor: bigint }[]) => lines.reduce((a, one) => a + one.amountMinor, 0n);
      const cash = flow.value.holders.reduce((a, one) => a + one.cash, 0n);
      expect(cash + sum(inKind) + sum(withholdings) + sum(charges)).toBe(amountMinor);
      if (inKind.length === 0) return;
      const lines = [...receivedInKind(inKind, "EUR"), ...settledInKind(inKind, new Map(), "EUR")];
      const owed = { account: { kind: "payable" as const, party: "z", name: "Z", currency: "EUR" } };
      expect(checkEntry([...lines, { ...owed, amountMinor: -sum(inKind) }]).ok).toBe(true);
    }),
    RUNS,
  );
});

test("a higher price lowers nobody’s gross by more than rounding", () => {
  fc.assert(
    fc.property(classes, terms, fc.integer({ min: 1, max: 5_000_000 }), (all, given, more) => {
      const prepared = preparedOf(all);
      const higher = { ...given, price: String(Number(given.price) + more) };
      const [low, high] = [splitOf(given, prepared), splitOf(higher, prepared)];
      if (!low.known || !high.known) return;
      const after = new Map(high.holders.map((line) => [line.id, line.gross]));
      for (const { id, gross } of low.holders)
        expect((after.get(id) ?? 0n) + BigInt(2 * all.length)).toBeGreaterThanOrEqual(gross);
    }),
    RUNS,
  );
});

test("neither the order of classes and holders nor a holder in two halves changes what anybody receives, beyond rounding", () => {
  fc.assert(
    fc.property(classes, terms, (all, given) => {
      const whole = splitOf(given, preparedOf(all));
      const turned = splitOf(given, preparedOf(all.toReversed(), holdersOf(all).toReversed()));
      const halves = holdersOf(all).flatMap((one): HolderParts[] => {
        if (one.id !== "z") return [one];
        const parts = Object.fromEntries(Object.keys(one.parts).map((id) => [id, "11/42"]));
        return [
          { ...one, parts },
          { ...one, id: "z2", parts },
        ];
      });
      const split = splitOf(given, preparedOf(all, halves));
      expect([turned.known, split.known]).toEqual([whole.known, whole.known]);
      if (!whole.known || !turned.known || !split.known) return;
      const of = (lines: typeof whole.holders) => new Map(lines.map((line) => [line.id, line.gross]));
      const [one, two, three] = [of(whole.holders), of(turned.holders), of(split.holders)];
      // A tied cent may fall to another holder: at most one for each class and payment.
      const room = BigInt(2 * all.length);
      const near = (a = 0n, b = 0n) => (a > b ? a - b : b - a) <= room;
      for (const [id, gross] of one) expect(near(gross, two.get(id))).toBe(true);
      expect(near(one.get("z"), (three.get("z") ?? 0n) + (three.get("z2") ?? 0n))).toBe(true);
      expect(two.size).toBe(one.size);
    }),
    RUNS,
  );
});

test("goal seek finds the price again: what the holders get at it is what was asked, over the whole of a range", () => {
  fc.assert(
    fc.property(classes, terms, fc.constantFrom("closing", "all"), money(9_000_000), (all, given, reach, amount) => {
      const prepared = preparedOf(all);
      const parts = prepared.context.holders.filter(({ id }) => id === "x").map((one) => one.parts);
      const received = receivedByPrice(given, prepared, reach, parts);
      if (!received) return;
      const wanted = rational(amount);
      const inverse = inverseOf(received, wanted);
      if (inverse?.kind === "one") expect(valueAt(received, inverse.at)?.equals(wanted)).toBe(true);
      if (inverse?.kind === "range")
        for (const at of [inverse.from, inverse.to ?? inverse.from.add(1_000)])
          expect(valueAt(received, at)?.equals(wanted)).toBe(true);
      if (inverse?.kind === "above") expect(valueAt(received, rational("1e15"))?.lt(wanted)).toBe(true);
      if (inverse?.kind === "below") expect(received.points[0]?.value.gt(wanted)).toBe(true);
    }),
    RUNS,
  );
});

test("the split at a price that goal seek names pays the group what was asked, but for the rounding of price and classes", () => {
  fc.assert(
    fc.property(classes, terms, money(3_000_000), (all, given, amount) => {
      const prepared = preparedOf(all);
      const found = goalPrice(given, prepared, { reach: "closing", holders: ["x"], amount });
      if (found.kind !== "one") return;
      const split = splitOf({ ...given, price: found.price }, prepared);
      if (!split.known) return;
      const own = split.holders.find(({ id }) => id === "x");
      const missed = Number(((own?.gross ?? 0n) - (own?.held ?? 0n)).toString()) - Number(amount) * 100;
      expect(Math.abs(missed)).toBeLessThanOrEqual(4 + all.length);
    }),
    RUNS,
  );
});
