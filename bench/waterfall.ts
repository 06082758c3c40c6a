// A waterfall of 20 classes with 1,000 holders, a curve of 1,000 exits and a million simulated exits, each against the same
// arithmetic with nothing around it.
//   node --import ./scripts/resolve.mjs bench/waterfall.ts [runs]
import type Fraction from "fraction.js";
import { rational, whole } from "@/lib/distribution/rules/exact";
import { payoffColumn, payoffTable } from "@/lib/distribution/rules/payoff-table";
import { roundLines } from "@/lib/distribution/rules/rounding";
import { liquidationWaterfall, payoffCurve, readEngine } from "@/lib/distribution/rules/waterfall";
import { type ShareClass, shareClassSchema, waterfallInput } from "@/lib/distribution/schema";
import { splitByLargestRemainder } from "@/lib/money";
import { report } from "./measure";

const RUNS = Number(process.argv[2] ?? 15);
const CLASSES = 20;
const HOLDERS = 1_000;
const EXITS = 1_000;
const DRAWS = 1_000_000;
const LIMIT = { waterfall: 6, curve: 25, simulated: 2 };

/** A company after many rounds: preferred of every participation, options, warrants, SAFEs, a note and a loan. */
const given: unknown[] = Array.from({ length: CLASSES }, (_, i) => {
  const id = `class-${i}`;
  if (i === 0) return { id, kind: "common", shares: 8_000_000 };
  if (i < 13) {
    const participation = (["none", "capped", "full"] as const)[i % 3];
    const cap = participation === "capped" ? { capMultiple: 2 + (i % 2) } : {};
    const money = { shares: 300_000 + 70_001 * i, invested: 400_000 * i + 0.25, seniority: 13 - i };
    return { id, kind: "preferred", ...money, participation, ...cap };
  }
  if (i < 16) return { id, kind: i === 15 ? "warrant" : "option", shares: 250_000 + i, strike: (0.1 * i).toFixed(2) };
  if (i < 18) return { id, kind: "safe", purchaseAmount: 500_000 * (i - 15), shares: 200_000 * i, seniority: 20 };
  if (i === 18) return { id, kind: "note", principal: 750_000, accruedInterest: 41_095.89, conversionPrice: 1.25 };
  return { id, kind: "debt", claim: 2_000_000 };
});
const classes: ShareClass[] = given.map((one) => shareClassSchema.parse(one));
const holdings = classes.map((_, i) =>
  Array.from({ length: HOLDERS / CLASSES }, (_, j) => 1 + ((i * 7919 + j * 104_729) % 9973)),
);
const proceeds = 75_000_000;
const exits = Array.from({ length: EXITS }, (_, i) => i * 100_000);

const toHolders = (payouts: Iterable<Fraction>): bigint[][] =>
  [...payouts].map((amount, i) => splitByLargestRemainder((amount.n * 100n) / amount.d, holdings[i] ?? []) ?? []);

function ours(): bigint[][] {
  const outcome = liquidationWaterfall(waterfallInput.parse({ proceeds, classes: given }));
  if (!outcome.ok) throw new Error("refused");
  return toHolders(outcome.value.payouts.values());
}

const solved = liquidationWaterfall(waterfallInput.parse({ proceeds, classes: given }));
if (!solved.ok) throw new Error("refused");
const weights = [...solved.value.payouts.values()].map((amount) => amount.div(whole(BigInt(proceeds))));

/** One pass over classes and holders whose parts are known already: multiply, round, split. */
function linearPass(): bigint[][] {
  const lines = new Map(weights.map((weight, i) => [`${i}`, weight.mul(proceeds)] as const));
  return toHolders(roundLines(lines, rational(proceeds), 2).rounded.values());
}

const parts = Float64Array.from(weights, (weight) => weight.valueOf());

/** At each exit the part of each class in floating point, rounded to the cent, in a map: no exactness, nothing solved. */
function linearCurve(): Map<string, number>[] {
  return exits.map(
    (exit) => new Map(classes.map(({ id }, i) => [id, Math.round((parts[i] as number) * exit * 100) / 100])),
  );
}

const engine = readEngine(classes, undefined);
if (!engine.ok) throw new Error("refused");
const table = payoffTable(engine.value);
const draws = Float64Array.from({ length: DRAWS }, (_, i) => ((i * 2_654_435_761) % 4_294_967_296) / 40);

const column = new Float64Array(DRAWS);

function simulated(): number {
  let total = 0;
  payoffColumn(table, 3, draws, column);
  for (let i = 0; i < DRAWS; i += 1) total += column[i] as number;
  return total / DRAWS;
}

/** The same lines searched and summed over plain typed arrays. */
function plainArrays(): number {
  const { from, start, slope } = table;
  let total = 0;
  for (let i = 0; i < DRAWS; i += 1) {
    const exit = draws[i] as number;
    let [low, high] = [0, from.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((from[middle] as number) <= exit) low = middle;
      else high = middle - 1;
    }
    const place = low * CLASSES + 3;
    total += (start[place] as number) + (slope[place] as number) * (exit - (from[low] as number));
  }
  return total / DRAWS;
}

const timed = (work: () => unknown): number => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};

function compare(name: string, work: () => unknown, bare: () => unknown, limit: number): void {
  const [a, b]: [number[], number[]] = [[], []];
  for (let run = 0; run <= RUNS; run += 1) {
    const [one, other] = [timed(work), timed(bare)];
    // The first of each warms the compiler.
    if (run > 0) a.push(one) && b.push(other);
  }
  report(name, a, b, limit);
}

compare(`${CLASSES} classes to ${HOLDERS} holders`, ours, linearPass, LIMIT.waterfall);
compare(`a curve of ${EXITS} exits`, () => payoffCurve(classes, exits, undefined, 2), linearCurve, LIMIT.curve);
compare(`${DRAWS} simulated exits`, simulated, plainArrays, LIMIT.simulated);
