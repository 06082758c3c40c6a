// 100,000 draws of a lever's effect, cost and return against the same loop written out over plain typed arrays.
//   node --import ./scripts/resolve.mjs bench/simulate.ts [draws] [runs]
import { accruedMonths, simulateLever } from "@/lib/growth/rules/levers/lever-outcome";
import { xoshiro } from "@/lib/growth/rules/simulate";
import { report } from "./measure";

const DRAWS = Number(process.argv[2] ?? 100_000);
const RUNS = Number(process.argv[3] ?? 9);
const LIMIT = 2;

const CASE = {
  ...{ seed: "bench", draws: DRAWS, monthly: 40_000, relativeError: 0.2, monthsToEffect: 6 },
  ...{ effort: 6, costPerHead: 9_000, grossMargin: 0.8 },
};

const sorted = (values: Float64Array): number => values.sort()[values.length >> 1] ?? 0;

/** The same draws and sums, with nothing between the numbers and the loop. */
function plainLoop(): number {
  const next = xoshiro([1, 2, 3, 4]);
  const uniform = () => (next() + 0.5) / 4_294_967_296;
  const [effect, cost, back, net] = [0, 1, 2, 3].map(() => new Float64Array(DRAWS)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  for (let i = 0; i < DRAWS; i += 2) {
    let [u, v, square] = [0, 0, 0];
    do {
      u = 2 * uniform() - 1;
      v = 2 * uniform() - 1;
      square = u * u + v * v;
    } while (square >= 1 || square === 0);
    const factor = CASE.relativeError * Math.sqrt((-2 * Math.log(square)) / square);
    for (let j = i; j < Math.min(i + 2, DRAWS); j++) {
      const gap = Math.max(0, 1 + (j === i ? u : v) * factor);
      const a = uniform();
      const closure = a < 0.5 ? Math.sqrt(a / 2) : 1 - Math.sqrt((1 - a) / 2);
      const b = uniform();
      const delay = b < 0.5 ? Math.sqrt(b * 18) : 6 - Math.sqrt((1 - b) * 18);
      const c = uniform();
      const effort = c < 0.25 ? 0.8 + Math.sqrt(c * 0.16) : 1.6 - Math.sqrt((1 - c) * 0.48);
      const full = CASE.monthly * gap * closure;
      const spent = effort * CASE.effort * CASE.costPerHead;
      const margin = full * accruedMonths(delay, 24) * CASE.grossMargin;
      effect[j] = full * accruedMonths(delay, 12);
      cost[j] = spent;
      back[j] = margin / spent;
      net[j] = margin - spent;
    }
  }
  return sorted(effect) + sorted(cost) + sorted(back) + sorted(net);
}

const timed = (work: () => unknown): number => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};

const [ours, plain]: [number[], number[]] = [[], []];
for (let run = 0; run <= RUNS; run++) {
  const [a, b] = [timed(() => simulateLever(CASE)), timed(plainLoop)];
  // The first of each warms the compiler.
  if (run > 0) ours.push(a) && plain.push(b);
}
report(`${DRAWS} draws of a lever`, ours, plain, LIMIT);
