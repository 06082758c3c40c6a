// 100,000 draws of a valuation (four correlated drivers, two discounted cash flows, the bridge, the group's part of the
// waterfall, percentiles) against the same arithmetic in one loop over plain typed arrays.
//   node --import ./scripts/resolve.mjs bench/valuation.ts [runs]
import { combinedTable, payoffTable } from "@/lib/distribution/rules/payoff-table";
import { readEngine } from "@/lib/distribution/rules/waterfall";
import { shareClassSchema } from "@/lib/distribution/schema";
import { drawn, seededRandom } from "@/lib/growth/rules/simulate";
import { cholesky } from "@/lib/valuation/rules/draws";
import { startInputs } from "@/lib/valuation/rules/start-inputs";
import { costOfCapital } from "@/lib/valuation/rules/venture-methods";
import { simulateVenture } from "@/lib/valuation/rules/venture-simulation";
import { report } from "./measure";

const RUNS = Number(process.argv[2] ?? 9);
const DRAWS = 100_000;
const LIMIT = 1.5;

const inputs = startInputs({ asOf: "2026-11-22", revenue: "9000000", ebitda: "4000000", cash: "1600000" });
inputs.simulation.correlation = [
  [1, 0.3, -0.4, 0],
  [0.3, 1, 0.4, 0.3],
  [-0.4, 0.4, 1, 0.2],
  [0, 0.3, 0.2, 1],
];
const classes = Array.from({ length: 8 }, (_, i) =>
  i === 0
    ? { id: "common", kind: "common", shares: 8_000_000 }
    : {
        id: `p${i}`,
        kind: "preferred",
        shares: 300_000 * i,
        invested: 900_000 * i,
        participation: "none",
        seniority: i,
      },
).map((one) => shareClassSchema.parse(one));
const engine = readEngine(classes, undefined);
if (!engine.ok) throw new Error("refused");
/** The group holds half of three classes. */
const group = combinedTable(payoffTable(engine.value), [0.5, 0, 0, 0.5, 0, 0.5, 0, 0]);
const { from, start, slope } = group;

function bare(): number {
  const { methods, simulation, bridge } = inputs;
  const lower = cholesky(simulation.correlation) ?? [];
  const z = [0, 1, 2, 3].map((i) =>
    drawn({ kind: "normal", mean: 0, deviation: 1, least: -Infinity }, DRAWS, seededRandom(`bare/${i}`)),
  );
  const flows = methods.dcf.freeCashFlows.map(Number);
  const rate = costOfCapital(methods.dcf).wacc.toNumber();
  const [growth, multiple, metric] = [
    Number(methods.dcf.growth),
    Number(methods.dcf.multiple),
    Number(methods.dcf.metric),
  ];
  const netDebt = Number(bridge.debt) - Number(bridge.cash);
  const out = [new Float64Array(DRAWS), new Float64Array(DRAWS), new Float64Array(DRAWS)] as const;
  const mixed = new Float64Array(4);
  for (let draw = 0; draw < DRAWS; draw += 1) {
    for (let i = 0; i < 4; i += 1) {
      let total = 0;
      for (let j = 0; j <= i; j += 1) total += (lower[i]?.[j] ?? 0) * ((z[j] as Float64Array)[draw] as number);
      mixed[i] = total;
    }
    const r = rate + 0.015 * (mixed[0] as number);
    const g = growth + 0.005 * (mixed[1] as number);
    const m = multiple * Math.exp(0.149 * (mixed[2] as number) - 0.0111);
    const f = Math.exp(0.149 * (mixed[3] as number) - 0.0111);
    let discount = (1 + r) ** -0.5;
    let present = 0;
    for (const flow of flows) {
      present += flow * f * discount;
      discount /= 1 + r;
    }
    const last = (flows.at(-1) ?? 0) * f;
    const end = (1 + r) ** -flows.length;
    const value = present + (((last * (1 + g)) / (r - g)) * end * (1 + r) ** 0.5 + metric * f * m * end) / 2;
    const equity = Math.max(0, value - netDebt);
    out[0][draw] = value;
    out[1][draw] = equity;
    const proceeds = equity * 0.97;
    let at = from.length - 1;
    while (at > 0 && (from[at] as number) > proceeds) at -= 1;
    out[2][draw] = (start[at] as number) + (slope[at] as number) * (proceeds - (from[at] as number));
  }
  return out.reduce((total, values) => total + (values.sort()[DRAWS / 2] ?? 0), 0);
}

const timed = (work: () => unknown): number => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};

const [ours, peer]: [number[], number[]] = [[], []];
for (let run = 0; run <= RUNS; run += 1) {
  const [one, other] = [timed(() => simulateVenture(inputs, group, DRAWS)), timed(bare)];
  // The first of each warms the compiler.
  if (run > 0) ours.push(one) && peer.push(other);
}
report(`${DRAWS} draws through the equity waterfall`, ours, peer, LIMIT);
