import { drawn, quantile, seededRandom } from "@/lib/growth/rules/simulate";
import { HORIZONS, type Horizon } from "../schema/timing";

export type WaitingInputs = {
  /** What a sale would bring today, and the yearly revenue that it is a multiple of; plain units of the currency. */
  value: number;
  revenue: number;
  /** Yearly. */
  growth: number;
  growthDeviation: number;
  drift: number;
  volatility: number;
  dilution: number;
  failure: number;
  /** Part of today's value that is left when it fails. */
  recovery: number;
  discountRate: number;
};

export type WaitingRange = {
  months: Horizon;
  p10: number;
  p50: number;
  p90: number;
  mean: number;
  /** Share of the draws in which waiting is worth more today than selling today. */
  beats: number;
  /** Sampling error of that share. */
  beatsError: number;
  /** Multiple at the later sale at which waiting is worth selling today, on average; null where no multiple is. */
  breakEven: number | null;
};

export type Waiting = { multiple: number; ranges: WaitingRange[] };

type Paths = { growth: Float64Array; shocks: readonly Float64Array[]; luck: Float64Array };

/** One stream of numbers for each thing that is not known, so that changing one assumption leaves the others' draws. */
function pathsOf(inputs: WaitingInputs, draws: number, seed: string): Paths {
  const normal = (name: string, mean: number, deviation: number, least: number) =>
    drawn({ kind: "normal", mean, deviation, least }, draws, seededRandom(`${seed}/${name}`));
  const random = seededRandom(`${seed}/failure`);
  return {
    growth: normal("growth", inputs.growth, inputs.growthDeviation, -0.99),
    shocks: HORIZONS.map((months) => normal(`multiple/${months}`, 0, 1, -Infinity)),
    luck: Float64Array.from({ length: draws }, () => random()),
  };
}

/**
 * What waiting is worth today against selling today, draw by draw: revenue grows by a normal yearly rate; the multiple
 * walks by its drift and volatility, ln M(T) = ln M(0) + drift × T + volatility × √T × z, the later horizons on the path
 * of the earlier ones; each year the venture fails by a chance and then leaves a part of today's value; later holders
 * dilute; and the sum is discounted. (spec, methods h.)
 */
export function valueOfWaiting(inputs: WaitingInputs, draws: number, seed: string): Waiting {
  const paths = pathsOf(inputs, draws, seed);
  const multiple = inputs.value / inputs.revenue;
  const walked = new Float64Array(draws);
  let before = 0;
  const ranges = HORIZONS.map((months, index) => {
    const step = (months - before) / 12;
    before = months;
    const shock = paths.shocks[index] as Float64Array;
    const spread = inputs.volatility * Math.sqrt(step);
    for (let draw = 0; draw < draws; draw += 1) {
      walked[draw] = (walked[draw] as number) + inputs.drift * step + spread * (shock[draw] as number);
    }
    return rangeAt(months, inputs, paths, walked, multiple);
  });
  return { multiple, ranges };
}

function rangeAt(
  months: Horizon,
  inputs: WaitingInputs,
  paths: Paths,
  walked: Float64Array,
  multiple: number,
): WaitingRange {
  const years = months / 12;
  const draws = walked.length;
  const survival = (1 - inputs.failure) ** years;
  const kept = (1 - inputs.dilution) ** years / (1 + inputs.discountRate) ** years;
  const worth = new Float64Array(draws);
  let [sum, revenue, beats] = [0, 0, 0];
  for (let draw = 0; draw < draws; draw += 1) {
    const sold = inputs.revenue * (1 + (paths.growth[draw] as number)) ** years;
    revenue += sold;
    const lives = (paths.luck[draw] as number) < survival;
    const later = lives ? sold * multiple * Math.exp(walked[draw] as number) : inputs.recovery * inputs.value;
    const value = later * kept;
    worth[draw] = value;
    sum += value;
    if (value > inputs.value) beats += 1;
  }
  const sorted = worth.sort();
  const share = beats / draws;
  const needed = inputs.value / kept - (1 - survival) * inputs.recovery * inputs.value;
  const sellable = survival * (revenue / draws);
  return {
    ...{ months, p10: quantile(sorted, 0.1), p50: quantile(sorted, 0.5), p90: quantile(sorted, 0.9) },
    ...{ mean: sum / draws, beats: share, beatsError: Math.sqrt((share * (1 - share)) / draws) },
    breakEven: sellable > 0 && needed > 0 ? needed / sellable : null,
  };
}
