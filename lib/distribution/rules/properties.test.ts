import fc from "fast-check";
import type Fraction from "fraction.js";
import { expect, test } from "vitest";
import { type ShareClass, shareClassSchema } from "../schema";
import { engineSchedule } from "./breakpoints";
import { buildCurve, settle } from "./curve";
import { buildEngine, deviations, outcomeOf } from "./equilibrium";
import { payment, rational, sum, whole } from "./exact";
import { asConverted, asHeld, positionOf } from "./positions";
import { liquidationWaterfall, payoffCurve } from "./waterfall";

const money = fc.integer({ min: 0, max: 4_000_000 }).map((cents) => cents / 100);
const shares = fc.integer({ min: 1, max: 40_000 });
const seniority = fc.integer({ min: 1, max: 3 });

const preferred = fc
  .record({
    shares,
    seniority,
    invested: money,
    multiple: fc.constantFrom(0, 0.5, 1, 1.5, 3),
    accruedDividends: fc.oneof(fc.constant(0), money),
    dividendsOnConversion: fc.constantFrom("forfeited", "kept"),
    participation: fc.constantFrom("none", "full", "capped"),
    extra: money,
    convertible: fc.boolean(),
  })
  .map(({ extra, ...given }) => ({
    ...given,
    kind: "preferred",
    // Never below dividends that are kept: that is refused.
    ...(given.participation === "capped" ? { capAmount: given.accruedDividends + extra } : {}),
  }));
const option = fc
  .record({ shares, strike: money.map((strike) => strike / 1000) })
  .map((o) => ({ ...o, kind: "option" }));
const debt = fc.record({ claim: money, seniority }).map((given) => ({ ...given, kind: "debt" }));
const safe = fc.record({ purchaseAmount: money, shares, seniority }).map((given) => ({ ...given, kind: "safe" }));
const note = fc
  .record({ principal: money, accruedInterest: money, shares, premium: fc.constantFrom(0, 1), seniority })
  .map((given) => ({ ...given, kind: "note" }));
const common = shares.map((n) => ({ kind: "common", shares: n }));

/** Cap tables with a common class, so that somebody is always entitled to the rest. */
const capTable = fc
  .tuple(common, fc.array(fc.oneof(preferred, preferred, option, debt, safe, note, common), { maxLength: 7 }))
  .map(([first, rest]) =>
    [first, ...rest].map((given, index): ShareClass => shareClassSchema.parse({ ...given, id: `k${index}` })),
  );
const proceeds = fc.integer({ min: 0, max: 20_000_000 }).map((cents) => cents / 100);
const majority = fc.constantFrom(null, 0, 0.5, 0.9);
const RUNS = { numRuns: 250 };

const engineOf = (classes: readonly ShareClass[], part: number | null = null) =>
  buildEngine(classes.map(positionOf), part === null ? null : rational(part));
const totals = (classes: readonly ShareClass[], amount: Fraction, part: number | null = null) =>
  outcomeOf(engineOf(classes, part), amount).takes.map((take) => take.total);
const text = (value: Fraction) => value.toFraction();

test("payouts, carve-out and costs add up to the proceeds, to the cent", () => {
  const terms = fc.record({
    costs: fc.double({ min: 0, max: 0.5, noNaN: true }),
    rate: fc.constantFrom(0, 0.05, 0.1234),
  });
  fc.assert(
    fc.property(capTable, proceeds, terms, majority, (classes, amount, { costs, rate }, part) => {
      const transactionCosts = Math.round(amount * costs * 100) / 100;
      const outcome = liquidationWaterfall({
        classes,
        proceeds: amount,
        transactionCosts,
        carveOut: { rate, participants: ["k0"] },
        ...(part === null ? {} : { mandatoryConversion: { majority: part } }),
      });
      if (!outcome.ok) throw new Error(JSON.stringify(outcome));
      const { payouts, breakdown, carveOut, transactionCosts: paidCosts } = outcome.value;
      const paid = sum([...payouts.values(), carveOut, paidCosts]);
      expect(text(paid)).toBe(text(rational(amount)));
      for (const [id, payout] of payouts) {
        expect(payout.s).toBeGreaterThanOrEqual(0n);
        expect(payout.mul(whole(100n)).d).toBe(1n);
        const parts = breakdown.get(id);
        if (!parts) throw new Error(id);
        const { preference, participation, conversion, strikeOffset } = parts;
        expect(text(preference.add(participation).add(conversion).sub(strikeOffset))).toBe(text(payout));
      }
    }),
    RUNS,
  );
});

test("the carve-out is the pool less what participants receive as equity", () => {
  fc.assert(
    fc.property(
      capTable,
      proceeds,
      fc.constantFrom(0.1, 0.5),
      fc.constantFrom(0.3, 1),
      (classes, amount, rate, part) => {
        const withoutDebt = classes.filter(({ kind }) => kind !== "debt" && kind !== "note");
        const outcome = liquidationWaterfall({
          classes: withoutDebt,
          proceeds: amount,
          transactionCosts: 0,
          carveOut: { rate, participants: [{ id: "k0", fraction: part }] },
        });
        if (!outcome.ok) throw new Error(JSON.stringify(outcome));
        const equity = (outcome.value.payouts.get("k0") ?? whole(0n)).mul(rational(part));
        const rest = rational(amount).mul(rational(rate)).sub(equity);
        const expected = rest.s > 0n ? rest : whole(0n);
        expect(outcome.value.carveOut.sub(expected).abs().lte(rational(0.02))).toBe(true);
      },
    ),
    RUNS,
  );
});

test("no class gains by switching alone", () => {
  fc.assert(
    fc.property(capTable, proceeds, majority, (classes, amount, part) => {
      const engine = engineOf(classes, part);
      const outcome = outcomeOf(engine, rational(amount));
      expect(deviations(engine, outcome, rational(amount)).gain).toEqual([]);
    }),
    RUNS,
  );
});

test("every pure Nash equilibrium found by enumeration pays what the curve pays", () => {
  fc.assert(
    fc.property(capTable, proceeds, (classes, amount) => {
      const positions = classes.map(positionOf);
      const choosers = positions.flatMap((position, index) => (position.chooses ? [index] : []));
      const play = (set: number) =>
        positions.map((position, index) => {
          if (!position.chooses) return position;
          return (set >> choosers.indexOf(index)) & 1 ? asConverted(position) : asHeld(position);
        });
      const pays = Array.from({ length: 2 ** choosers.length }, (_, set) =>
        settle(buildCurve(play(set)), rational(amount)).takes.map((take) => take.total),
      );
      const stable = pays.filter((own, set) =>
        choosers.every((index, bit) => !pays[set ^ (1 << bit)]?.[index]?.gt(own[index] ?? 0)),
      );
      expect(stable.length).toBeGreaterThan(0);
      const expected = totals(classes, rational(amount)).map(text);
      for (const own of stable) expect(own.map(text)).toEqual(expected);
    }),
    RUNS,
  );
});

test("more proceeds never mean less for anyone, as long as nobody is forced to convert", () => {
  fc.assert(
    fc.property(capTable, proceeds, proceeds, (classes, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)].map(rational);
      if (!low || !high) return;
      const more = totals(classes, high);
      expect(totals(classes, low).every((amount, index) => more[index]?.gte(amount))).toBe(true);
    }),
    RUNS,
  );
});

test("the order of the classes does not matter", () => {
  fc.assert(
    fc.property(capTable, proceeds, majority, fc.nat(), (classes, amount, part, turn) => {
      const shift = turn % classes.length;
      const turned = [...classes.slice(shift), ...classes.slice(0, shift)];
      const given = {
        proceeds: amount,
        transactionCosts: 0,
        ...(part === null ? {} : { mandatoryConversion: { majority: part } }),
      };
      const [one, other] = [classes, turned].map((list) => liquidationWaterfall({ ...given, classes: list }));
      if (!one?.ok || !other?.ok) throw new Error("refused");
      for (const [id, payout] of one.value.payouts)
        expect(text(other.value.payouts.get(id) ?? payout)).toBe(text(payout));
      expect([...other.value.converted].sort()).toEqual([...one.value.converted].sort());
    }),
    RUNS,
  );
});

const SPLITTABLE = [
  "shares",
  "invested",
  "accruedDividends",
  "capAmount",
  "claim",
  "purchaseAmount",
  "principal",
  "accruedInterest",
];

test("a class in two halves of equal terms receives what it received whole", () => {
  fc.assert(
    fc.property(capTable, proceeds, fc.nat(), (classes, amount, pick) => {
      const index = pick % classes.length;
      const given = classes[index];
      if (!given) return;
      const half = Object.fromEntries(
        Object.entries(given).map(([key, value]) => [
          key,
          SPLITTABLE.includes(key) ? payment(rational(String(value)).div(2)) : value,
        ]),
      );
      const split = [half, { ...half, id: "half" }].map((part) => shareClassSchema.parse(part));
      const whole = totals(classes, rational(amount));
      const halves = totals(classes.toSpliced(index, 1, ...split), rational(amount));
      const joined = halves.toSpliced(index, 2, sum(halves.slice(index, index + 2)));
      expect(joined.map(text)).toEqual(whole.map(text));
    }),
    RUNS,
  );
});

test("slopes are the finite differences of the payoffs, and add up to one", () => {
  fc.assert(
    fc.property(capTable, majority, (classes, part) => {
      const engine = engineOf(classes, part);
      for (const { from, to, shares: taken } of engineSchedule(engine).slopes) {
        const width = to ? to.sub(from) : whole(1000n);
        const [a, b] = [1n, 2n].map((n) => from.add(width.mul(whole(n)).div(whole(3n))));
        if (!a || !b) return;
        const [low, high] = [a, b].map((at) => outcomeOf(engine, at).takes);
        taken.forEach((share, index) => {
          const rise = high?.[index]?.total.sub(low?.[index]?.total ?? 0).div(b.sub(a));
          expect(text(rise ?? whole(-1n))).toBe(text(share));
        });
        expect(text(sum(taken))).toBe("1");
      }
    }),
    { numRuns: 120 },
  );
});

test("payoffs step only where a jump is listed", () => {
  fc.assert(
    fc.property(capTable, majority, (classes, part) => {
      const engine = engineOf(classes, part);
      const { slopes, jumps } = engineSchedule(engine);
      let level = classes.map(() => whole(0n));
      for (const { from, to, shares: taken } of slopes) {
        const middle = to ? from.add(to).div(whole(2n)) : from.add(whole(1n));
        const expected = outcomeOf(engine, middle).takes.map((take) => take.total);
        if (!jumps.some((at) => at.equals(from)) && !(part !== null && from.n === 0n))
          expected.forEach((value, i) => {
            expect(text((level[i] ?? value).add((taken[i] ?? value).mul(middle.sub(from))))).toBe(text(value));
          });
        level = expected.map((value, i) => value.add((taken[i] ?? value).mul((to ?? middle).sub(middle))));
      }
    }),
    { numRuns: 120 },
  );
});

test("the payoff curve is the waterfall at each exit", () => {
  fc.assert(
    fc.property(capTable, fc.array(proceeds, { maxLength: 5 }), majority, (classes, exits, part) => {
      const mandatory = part === null ? undefined : { majority: part };
      const curve = payoffCurve(classes, exits, mandatory, 2);
      if (!curve.ok) throw new Error("refused");
      curve.value.forEach((row, index) => {
        const proceeds = exits[index] ?? 0;
        const single = liquidationWaterfall({ classes, proceeds, transactionCosts: 0, mandatoryConversion: mandatory });
        if (!single.ok) throw new Error("refused");
        expect([...row.payouts]).toEqual([...single.value.payouts].map(([id, value]) => [id, payment(value)]));
        expect(row.converted).toEqual(single.value.converted);
      });
    }),
    RUNS,
  );
});

test("many exits at once, read from lines, are what each of them is alone", () => {
  const many = fc.array(fc.oneof(proceeds, fc.constantFrom("0.005", "123456789012345678.91")), {
    minLength: 64,
    maxLength: 70,
  });
  fc.assert(
    fc.property(capTable, many, (classes, exits) => {
      const knots = engineSchedule(engineOf(classes)).breakpoints.flatMap(({ at }) => {
        const exit = payment(at);
        return String(exit).length < 20 ? [exit] : [];
      });
      const all = payoffCurve(classes, [...exits, ...knots], undefined, 2);
      if (!all.ok) throw new Error("refused");
      for (const { exit, payouts, converted } of all.value) {
        const alone = payoffCurve(classes, [exit], undefined, 2);
        expect(alone).toMatchObject({ value: [{ converted }] });
        expect([...payouts]).toEqual(alone.ok ? [...(alone.value[0]?.payouts ?? [])] : []);
      }
    }),
    { numRuns: 60 },
  );
});
