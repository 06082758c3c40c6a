import type { SimulationDriver } from "../schema/simulation";
import { SIMULATED, VALUATION_DRAWS, type ValuationInputs } from "../schema/venture";
import { cholesky, drawnDrivers } from "./draws";
import { compileModel } from "./model";
import { type Simulation, summaryOf } from "./simulate";
import { costOfCapital } from "./venture-methods";
import { netDebtOf, type PayoffLine, payoffAt } from "./venture-valuation";

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

/** The enterprise by the middle of both terminals, mid-year, of one draw. */
function modelsOf({ methods: { dcf } }: ValuationInputs) {
  const [rate, growth, multiple, flows] = SIMULATED;
  const scaled = (amount: string) => `${amount} * \`${flows}\``;
  const plan = {
    kind: "dcf" as const,
    freeCashFlows: dcf.freeCashFlows.map(scaled),
    discountRate: rate,
    timing: "mid" as const,
  };
  return [
    { ...plan, terminal: { growth } },
    { ...plan, terminal: { multiple, metric: scaled(dcf.metric) } },
  ];
}

/**
 * Draws of the drivers together, through both terminals, the bridge and the group's part of the waterfall; null where
 * no set of drivers can have the correlation. The same inputs give the same numbers.
 */
export function simulateVenture(
  inputs: ValuationInputs,
  line: PayoffLine | null,
  draws = VALUATION_DRAWS,
): VentureSimulation | null {
  const lower = cholesky(inputs.simulation.correlation);
  if (!lower) return null;
  const columns = drawnDrivers(driversOf(inputs), lower, draws, inputs.simulation.seed);
  const models = modelsOf(inputs).map((model) => compileModel(model, columns));
  if (models.some(({ problems }) => problems.length > 0)) return null;
  const netDebt = netDebtOf(inputs).toNumber();
  const kept = 1 - Number(inputs.bridge.costsRate);
  const [enterprise, equity, group] = [0, 1, 2].map(() => new Float64Array(draws));
  let accepted = 0;
  for (let draw = 0; draw < draws; draw += 1) {
    const value = models.reduce((total, { model }) => total + model.of(draw), 0) / models.length;
    if (!Number.isFinite(value)) continue;
    (enterprise as Float64Array)[accepted] = value;
    const rest = Math.max(0, value - netDebt);
    (equity as Float64Array)[accepted] = rest;
    if (line) (group as Float64Array)[accepted] = payoffAt(line, rest * kept);
    accepted += 1;
  }
  const summed = (values: Float64Array | undefined) =>
    summaryOf((values ?? new Float64Array()).slice(0, accepted), draws);
  return { enterprise: summed(enterprise), equity: summed(equity), group: line ? summed(group) : null };
}
