import { ok, type Result } from "@/lib/errors";
import { contradicts } from "@/lib/metrics/rules/measure";
import { DEFAULT_TUNING_N, type PowerInput } from "../schema";
import { bisect, normalBelow } from "./distributions";
import { sequenceCritical, zCritical } from "./frequentist";

export type Power = {
  effect: number | null;
  n: number | null;
  power: number | null;
  reasons: Record<string, string>;
};

type Design = {
  mean: number;
  varianceA: number;
  varianceOf: (mean: number) => number;
  isRate: boolean;
  shares: readonly [control: number, treatment: number];
  input: PowerInput;
};

function readDesign(input: PowerInput): Design {
  const { baseline, allocation } = input;
  const total = allocation.reduce((all, share) => all + share, 0);
  const shares = [(allocation[0] ?? 0) / total, (allocation[1] ?? 0) / total] as const;
  return "rate" in baseline
    ? {
        ...{ mean: baseline.rate, varianceA: baseline.rate * (1 - baseline.rate), isRate: true, shares, input },
        varianceOf: (rate) => rate * (1 - rate),
      }
    : {
        ...{ mean: baseline.mean, varianceA: baseline.variance, isRate: false, shares, input },
        varianceOf: () => baseline.variance,
      };
}

const scaleOf = ({ mean, input }: Design): number => (input.effectType === "relative" ? Math.abs(mean) : 1);

/** Standard errors under the null (the bar) and under the effect, of one unit in all; and the effect on their scale. */
function errorsAt(design: Design, effect: number): { bar: number; own: number; shift: number } {
  const { mean, varianceA, varianceOf, shares, input } = design;
  const [a, b] = shares;
  const shift = effect * scaleOf(design);
  const varianceB = Math.max(varianceOf(mean + shift), 0);
  if (input.variance === "pooled") {
    const p = (a * mean + b * (mean + shift)) / (a + b);
    const bar = Math.sqrt(p * (1 - p) * (1 / a + 1 / b));
    return { bar, own: Math.sqrt(varianceA / a + varianceB / b), shift };
  }
  if (input.effectType === "absolute") {
    const own = Math.sqrt(varianceA / a + varianceB / b);
    return { bar: own, own, shift };
  }
  // Delta method for the relative difference: the control mean below it varies too.
  const lift = (mean + shift) / mean;
  const own = Math.sqrt(varianceB / b + (varianceA * lift * lift) / a);
  return { bar: own, own, shift };
}

/** Ratio of the confidence sequence to the fixed interval at the units of the two arms compared. */
function sequentialRatio({ shares, input }: Design, n: number): number {
  if (!input.sequential) return 1;
  const { alpha, alternative, tuningN = DEFAULT_TUNING_N } = input;
  const units = n * (shares[0] + shares[1]);
  return sequenceCritical(units, alpha, tuningN, alternative) / zCritical(alpha, alternative);
}

/** P(the test rejects) at this effect and n; two-sided counts both tails. Null where nothing varies. */
function powerAt(design: Design, effect: number, n: number): number | null {
  const { alpha, alternative } = design.input;
  const { bar, own, shift } = errorsAt(design, effect);
  if (own <= 0 || bar <= 0) return null;
  const factor = sequentialRatio(design, n) / Math.sqrt(n);
  const critical = zCritical(alpha, alternative) * bar * factor;
  const above = normalBelow((shift - critical) / (own * factor));
  const below = normalBelow((-shift - critical) / (own * factor));
  return alternative === "greater" ? above : alternative === "less" ? below : above + below;
}

const answered = (input: PowerInput, found: Partial<Omit<Power, "reasons">>): Power => ({
  ...{ effect: input.effect ?? null, n: input.n ?? null, power: input.power ?? null, reasons: {} },
  ...found,
});
const unanswered = (input: PowerInput, name: "effect" | "n" | "power", reason: string): Power => ({
  ...answered(input, { [name]: null }),
  reasons: { [name]: reason },
});

/** Why no n or effect reaches this power, if so. */
function unreachable({ input }: Design): string | null {
  const { power = 0, alpha } = input;
  if (power >= 1) return "unlimited";
  return power <= alpha ? "power-not-above-alpha" : null;
}

function solveUnits(design: Design): Power {
  const { input } = design;
  const { effect = 0, power = 0, alternative } = input;
  const reason = unreachable(design);
  if (reason) return unanswered(input, "n", reason);
  if (effect === 0) return unanswered(input, "n", "no-effect");
  if (alternative !== "two-sided" && effect > 0 !== (alternative === "greater"))
    return unanswered(input, "n", "effect-against-the-alternative");
  if (powerAt(design, effect, 1) === null) return unanswered(input, "n", "zero-variance");
  const miss = (logN: number) => (powerAt(design, effect, Math.exp(logN)) ?? 0) - power;
  const most = Math.log(1e15);
  if (miss(most) < 0) return unanswered(input, "n", "not-reachable");
  return answered(input, { n: Math.exp(bisect(miss, Math.log(1e-6), most)) });
}

function solveEffect(design: Design): Power {
  const { input, mean, isRate } = design;
  const { n = 0, power = 0, alternative } = input;
  const reason = unreachable(design);
  if (reason) return unanswered(input, "effect", reason);
  const sign = alternative === "less" ? -1 : 1;
  const room = isRate ? (sign > 0 ? 1 - mean : mean) / scaleOf(design) : Number.POSITIVE_INFINITY;
  if (powerAt(design, sign * Math.min(room, 1), n) === null) return unanswered(input, "effect", "zero-variance");
  const miss = (size: number) => (powerAt(design, sign * size, n) ?? 1) - power;
  let most = Math.min(room, 1e-12);
  while (most < room && most < 1e30 && miss(most) < 0) most = Math.min(room, most * 4);
  if (miss(most) < 0) return unanswered(input, "effect", "not-reachable");
  return answered(input, { effect: sign * bisect(miss, 0, most) });
}

function misfit(input: PowerInput): [path: string, expected: string] | null {
  const { baseline, effect, n, power, effectType, allocation, variance, sequential, alpha, alternative } = input;
  const absent = [effect, n, power].filter((part) => part === undefined).length;
  if (absent !== 1)
    return [
      absent === 0 ? "power" : effect === undefined ? "effect" : "n",
      "exactly one of effect, n and power left out",
    ];
  if (!((allocation[0] ?? 0) > 0 && (allocation[1] ?? 0) > 0))
    return [`allocation[${(allocation[0] ?? 0) > 0 ? 1 : 0}]`, "a share above 0 for the control and the second arm"];
  if (variance === "pooled" && !("rate" in baseline)) return ["variance", "unpooled: only rates are pooled"];
  if (sequential && alternative !== "two-sided" && alpha >= 0.5) return ["alpha", "below 0.5 for a one-sided sequence"];
  if ("rate" in baseline && effect !== undefined) {
    const reached = baseline.rate + effect * (effectType === "relative" ? baseline.rate : 1);
    if (reached < 0 || reached > 1) return ["effect", "an effect that leaves the rate between 0 and 1"];
  }
  return null;
}

/** Solves for the one of effect, n (all arms) and power that is left out. Normal approximation. */
export function experimentPower(input: PowerInput): Result<Power, "CONTRADICTION"> {
  const problem = misfit(input);
  if (problem) return contradicts(...problem);
  const design = readDesign(input);
  const { effect, n } = input;
  const wanted = effect === undefined ? "effect" : n === undefined ? "n" : "power";
  if (input.effectType === "relative" && design.mean === 0) return ok(unanswered(input, wanted, "zero-denominator"));
  if (effect === undefined) return ok(solveEffect(design));
  if (n === undefined) return ok(solveUnits(design));
  const power = powerAt(design, effect, n);
  return ok(power === null ? unanswered(input, "power", "zero-variance") : answered(input, { power }));
}

export function powerConventions(input: PowerInput): Record<string, string> {
  const { effectType, variance, alternative, alpha, sequential, tuningN = DEFAULT_TUNING_N } = input;
  const relative =
    variance === "pooled"
      ? "effect ÷ |control|, tested as a difference of rates"
      : "difference ÷ |control mean|; variance by the delta method, the control mean included";
  return {
    test: "normal approximation; two-sided power counts both tails",
    n: "all arms together, exact: round up",
    effectType: effectType === "relative" ? relative : "treatment − control",
    variance:
      variance === "pooled"
        ? "pooled under the null, each arm's own under the effect"
        : "each arm's own, under the null as well",
    allocation: "control first; control against the second arm",
    alternative,
    alpha: String(alpha),
    sequential: sequential
      ? `approximation: the fixed test with its standard error multiplied by confidence sequence ÷ fixed interval at the units of the two arms, ρ tuned at ${tuningN} units`
      : "no",
  };
}
