import { type PayoffTable, payoffColumn } from "@/lib/distribution/rules/payoff-table";
import type { SimulationDriver } from "../schema/simulation";
import { SIMULATED, VALUATION_DRAWS, type ValuationInputs } from "../schema/venture";
import { cholesky, drawnDrivers } from "./draws";
import { type Simulation, summaryOf } from "./simulate";
import { costOfCapital, type DcfTerms } from "./venture-methods";
import { netDebtOf } from "./venture-valuation";

export type VentureSimulation = {
  enterprise: Simulation;
  equity: Simulation;
  /** Null where nobody has said which holders are the group, or the cap table does not say enough. */
  group: Simulation | null;
};

function driversOf({ methods: { dcf }, simulation }: ValuationInputs): SimulationDriver[] {
  const [rate, growth, multiple, flows] = SIMULATED;
  const deviation = (text: string) => Number(text);
  const relative = (name: string, mean: number, by: string): SimulationDriver => {
    const variance = Math.log1p(Number(by) ** 2);
    return { name, distribution: "lognormal", mu: Math.log(mean) - variance / 2, sigma: Math.sqrt(variance) };
  };
  const normal = (name: string, mean: number, by: string): SimulationDriver => ({
    ...{ name, distribution: "normal", mean, deviation: deviation(by) },
  });
  const most = Number(dcf.multiple);
  return [
    normal(rate, costOfCapital(dcf).wacc.toNumber(), simulation.rateDeviation),
    normal(growth, Number(dcf.growth), simulation.growthDeviation),
    most > 0
      ? relative(multiple, most, simulation.multipleDeviation)
      : { name: multiple, distribution: "fixed", value: 0 },
    relative(flows, 1, simulation.flowDeviation),
  ];
}

/**
 * The enterprise by the middle of both terminals, mid-year, as `dcfCentral` has it and in floating point; not a number
 * where growth reaches the rate. The flows are multiplied out of the sum: they move together.
 */
export function middleOfTerminals({ freeCashFlows, metric }: DcfTerms) {
  const flows = Float64Array.from(freeCashFlows, Number);
  const last = flows.at(-1) ?? 0;
  const counted = Number(metric);
  return (rate: number, growth: number, multiple: number, scale: number): number => {
    if (growth >= rate || rate <= -1) return Number.NaN;
    const year = 1 / (1 + rate);
    const half = Math.sqrt(year);
    let discount = half;
    let present = 0;
    for (let index = 0; index < flows.length; index += 1) {
      present += (flows[index] as number) * discount;
      discount *= year;
    }
    // The perpetuity stands half a year before the end of the plan, the multiple at its end.
    const end = discount / half;
    const perpetuity = ((last * (1 + growth)) / (rate - growth)) * (discount / year);
    return scale * (present + (perpetuity + counted * multiple * end) / 2);
  };
}

/**
 * Draws of the drivers together, through both terminals, the bridge and the group's part of the waterfall (a table of one
 * column, `combinedTable`); null where
 * no set of drivers can have the correlation. The same inputs give the same numbers.
 */
export function simulateVenture(
  inputs: ValuationInputs,
  group: PayoffTable | null,
  draws = VALUATION_DRAWS,
): VentureSimulation | null {
  const lower = cholesky(inputs.simulation.correlation);
  if (!lower) return null;
  const drawn = drawnDrivers(driversOf(inputs), lower, draws, inputs.simulation.seed);
  const columns = SIMULATED.map((name) => drawn.get(name) ?? new Float64Array(draws));
  const [rate, growth, multiple, flows] = columns as [Float64Array, Float64Array, Float64Array, Float64Array];
  const middle = middleOfTerminals(inputs.methods.dcf);
  const netDebt = netDebtOf(inputs).toNumber();
  const kept = 1 - Number(inputs.bridge.costsRate);
  const all = new Float64Array(draws);
  let accepted = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const [r, g, m, f] = [rate[draw], growth[draw], multiple[draw], flows[draw]];
    const value = middle(r as number, g as number, m as number, f as number);
    if (Number.isFinite(value)) all[accepted++] = value;
  }
  const enterprise = all.subarray(0, accepted);
  const equity = enterprise.map((value) => Math.max(0, value - netDebt));
  const proceeds =
    group &&
    payoffColumn(
      group,
      0,
      equity.map((value) => value * kept),
    );
  return {
    enterprise: summaryOf(enterprise, draws),
    equity: summaryOf(equity, draws),
    group: proceeds && summaryOf(proceeds, draws),
  };
}
