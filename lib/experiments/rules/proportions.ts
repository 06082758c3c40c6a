import { ok, type Result } from "@/lib/errors";
import { contradicts } from "@/lib/metrics/rules/measure";
import { ONE_RATE_METHODS, type ProportionIntervalInput, type Sample, TWO_RATE_METHODS } from "../schema";
import { betaLowerQuantile, normalUpperQuantile } from "./distributions";
import type { Interval } from "./frequentist";

export type RateInterval = { estimate: number | null; interval: Interval; reasons: Record<string, string> };
type Ends = [number, number];

export const INTERVAL_CONVENTIONS: Readonly<Record<string, string>> = {
  wilson: "Wilson score, without continuity correction",
  "clopper-pearson": "exact: beta quantiles at half the error on each side; 0 and 1 at the ends",
  "agresti-coull": "Wald about (x + z²/2) ÷ (n + z²)",
  jeffreys: "equal-tailed beta(x + ½, n − x + ½) quantiles; 0 at no success, 1 at n (Brown, Cai and DasGupta 2001)",
  wald: "normal approximation, p(1 − p) unpooled; of no width at 0 and n",
  newcombe: "hybrid of the two Wilson intervals, without continuity correction (Newcombe 1998, method 10)",
  "agresti-caffo": "Wald after one success and one failure more in each sample",
  "katz-log": "log of the ratio, variance 1/x − 1/n of each",
};

const clip = ([low, high]: Ends): Ends => [Math.max(0, low), Math.min(1, high)];

export function wilson({ successes, n }: Sample, z: number): Ends {
  const p = successes / n;
  const z2 = (z * z) / n;
  const center = (p + z2 / 2) / (1 + z2);
  const width = (z / (1 + z2)) * Math.sqrt((p * (1 - p) + z2 / 4) / n);
  // At the ends exactly 0 and 1, where rounding would leave a last digit.
  return [successes === 0 ? 0 : center - width, successes === n ? 1 : center + width];
}

function oneRate({ successes, n }: Sample, method: (typeof ONE_RATE_METHODS)[number], error: number): Ends {
  const z = normalUpperQuantile(error / 2);
  const failures = n - successes;
  // The upper end as a lower quantile of the failures, which keeps its digits near 1.
  const betaEnds = (own: number, other: number): Ends => [
    successes === 0 ? 0 : betaLowerQuantile(error / 2, successes + own, failures + other),
    failures === 0 ? 1 : 1 - betaLowerQuantile(error / 2, failures + own, successes + other),
  ];
  switch (method) {
    case "wilson":
      return wilson({ successes, n }, z);
    case "clopper-pearson":
      return betaEnds(0, 1);
    case "jeffreys":
      return betaEnds(0.5, 0.5);
    case "agresti-coull": {
      const units = n + z * z;
      const p = (successes + (z * z) / 2) / units;
      const width = z * Math.sqrt((p * (1 - p)) / units);
      return [p - width, p + width];
    }
    case "wald": {
      const p = successes / n;
      const width = z * Math.sqrt((p * (1 - p)) / n);
      return [p - width, p + width];
    }
  }
}

const waldDifference = (a: Sample, b: Sample, z: number): Ends => {
  const [p, q] = [a.successes / a.n, b.successes / b.n];
  const width = z * Math.sqrt((p * (1 - p)) / a.n + (q * (1 - q)) / b.n);
  return [p - q - width, p - q + width];
};

function newcombe(a: Sample, b: Sample, z: number): Ends {
  const [p, q] = [a.successes / a.n, b.successes / b.n];
  const [lowA, highA] = wilson(a, z);
  const [lowB, highB] = wilson(b, z);
  return [p - q - Math.hypot(p - lowA, highB - q), p - q + Math.hypot(highA - p, q - lowB)];
}

function katzLog(a: Sample, b: Sample, z: number): RateInterval {
  const [p, q] = [a.successes / a.n, b.successes / b.n];
  if (q === 0)
    return {
      estimate: null,
      interval: [null, null],
      reasons: { estimate: "zero-denominator", interval: "zero-denominator" },
    };
  if (p === 0) return { estimate: 0, interval: [null, null], reasons: { interval: "no-success" } };
  const width = z * Math.sqrt(1 / a.successes - 1 / a.n + 1 / b.successes - 1 / b.n);
  return { estimate: p / q, interval: [(p / q) * Math.exp(-width), (p / q) * Math.exp(width)], reasons: {} };
}

const known = (estimate: number, interval: Ends): RateInterval => ({ estimate, interval, reasons: {} });
const more = ({ successes, n }: Sample): Sample => ({ successes: successes + 1, n: n + 2 });
const member = <T extends string>(list: readonly T[], name: string): name is T =>
  (list as readonly string[]).includes(name);

function twoRates(a: Sample, b: Sample, method: (typeof TWO_RATE_METHODS)[number], z: number): RateInterval {
  const estimate = a.successes / a.n - b.successes / b.n;
  switch (method) {
    case "wald":
      return known(estimate, waldDifference(a, b, z));
    case "newcombe":
      return known(estimate, newcombe(a, b, z));
    case "agresti-caffo":
      return known(estimate, waldDifference(more(a), more(b), z));
    case "katz-log":
      return katzLog(a, b, z);
  }
}

/** The interval of one rate, of the difference of two (this minus versus), or of their ratio. */
export function proportionInterval(input: ProportionIntervalInput): Result<RateInterval, "CONTRADICTION"> {
  const { successes, n, confidence, method, versus } = input;
  if (successes > n) return contradicts("successes", "at most n successes");
  const none: RateInterval = {
    ...{ estimate: null, interval: [null, null] },
    reasons: { estimate: "zero-denominator", interval: "zero-denominator" },
  };
  const error = 1 - confidence;
  if (versus) {
    if (!member(TWO_RATE_METHODS, method))
      return contradicts("method", `one of ${TWO_RATE_METHODS.join(", ")} for two samples`);
    if (n === 0 || versus.n === 0) return ok(none);
    return ok(twoRates({ successes, n }, versus, method, normalUpperQuantile(error / 2)));
  }
  if (!member(ONE_RATE_METHODS, method))
    return contradicts("method", `one of ${ONE_RATE_METHODS.join(", ")} for one sample; versus is not given`);
  return ok(n === 0 ? none : known(successes / n, clip(oneRate({ successes, n }, method, error))));
}
