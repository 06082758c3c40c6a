import type { Arm } from "./arms";

export type Difference = "absolute" | "relative";

/** The measured difference with the variance of its estimate, or why there is none. */
export type Effect = {
  estimate: number | null;
  variance: number | null;
  /** Welch and Satterthwaite, from the absolute variances. */
  degreesOfFreedom: number | null;
  units: number;
  reason: string | null;
};

const adjustedVariance = ({ variance, pre }: Arm, theta: number): number =>
  Math.max((variance ?? 0) + (pre ? theta * theta * pre.variance - 2 * theta * pre.covariance : 0), 0);

/** (v_a + v_b)² ÷ (v_a² ÷ (n_a − 1) + v_b² ÷ (n_b − 1)), v the variance of each arm's value. */
export function welchDegrees(varianceA: number, nA: number, varianceB: number, nB: number): number {
  // Over their sum, so that the squares of tiny variances do not vanish.
  const total = varianceA + varianceB;
  const [a, b] = [varianceA / total, varianceB / total];
  return 1 / ((a * a) / (nA - 1) + (b * b) / (nB - 1));
}

/** Variance of Δ ÷ |m|, m the unadjusted control mean: the delta method over control, its pre-period and treatment. */
function relativeVariance(control: Arm, treatment: Arm, theta: number, mean: number, difference: number): number {
  const scale = Math.abs(mean);
  const own = -(scale + Math.sign(mean) * difference) / (scale * scale);
  const before = theta / scale;
  const { variance, pre } = control;
  const ofControl =
    own * own * (variance ?? 0) + (pre ? before * before * pre.variance + 2 * own * before * pre.covariance : 0);
  return adjustedVariance(treatment, theta) / (treatment.n * scale * scale) + Math.max(ofControl, 0) / control.n;
}

/** Treatment against control, adjusted with θ where there is one. */
export function measuredEffect(control: Arm, treatment: Arm, difference: Difference, theta: number): Effect {
  const units = control.n + treatment.n;
  const none = (reason: string): Effect => ({
    ...{ estimate: null, variance: null, degreesOfFreedom: null, units, reason },
  });
  const [a, b] = [control.value, treatment.value];
  if (a === null || b === null) return none(control.reason ?? treatment.reason ?? "no-units");
  const absolute = b - a - theta * ((treatment.pre?.value ?? 0) - (control.pre?.value ?? 0));
  if (difference === "relative" && a === 0) return none("zero-denominator");
  const estimate = difference === "relative" ? absolute / Math.abs(a) : absolute;
  const reason = control.reason ?? treatment.reason;
  if (reason !== null || control.variance === null || treatment.variance === null)
    return { ...none(reason ?? "too-few-units"), estimate };
  const ofControl = adjustedVariance(control, theta) / control.n;
  const ofTreatment = adjustedVariance(treatment, theta) / treatment.n;
  if (ofControl + ofTreatment <= 0) return { ...none("zero-variance"), estimate };
  const degreesOfFreedom = welchDegrees(ofControl, control.n, ofTreatment, treatment.n);
  const variance =
    difference === "absolute" ? ofControl + ofTreatment : relativeVariance(control, treatment, theta, a, absolute);
  return variance > 0
    ? { estimate, variance, degreesOfFreedom, units, reason: null }
    : { ...none("zero-variance"), estimate };
}
