import type { Design, Method, MetricRole } from "@/lib/experiments/schema/design";

export type ArmFields = { id: number; key: string; name: string; weight: string };
export type MetricFields = {
  id: number;
  key: string;
  name: string;
  kind: "rate" | "mean" | "ratio";
  role: MetricRole;
  better: "up" | "down";
  margin: string;
};

/** The form as it is typed: numbers as text, fractions as percent. */
export type DesignFields = {
  name: string;
  hypothesis: string;
  initiativeId: string;
  method: Method;
  unit: string;
  difference: "relative" | "absolute";
  arms: ArmFields[];
  metrics: MetricFields[];
  rate: string;
  mean: string;
  variance: string;
  minimalEffect: string;
  alpha: string;
  power: string;
  trafficPerDay: string;
  cuped: boolean;
  priorMean: string;
  priorDeviation: string;
  chanceToWin: string;
  maxRisk: string;
};

export const EMPTY_DESIGN: DesignFields = {
  ...{ name: "", hypothesis: "", initiativeId: "", method: "fixed", unit: "visitors", difference: "relative" },
  arms: [
    { id: 1, key: "control", name: "Control", weight: "50" },
    { id: 2, key: "treatment", name: "Treatment", weight: "50" },
  ],
  metrics: [{ id: 1, key: "conversion", name: "Conversion", kind: "rate", role: "primary", better: "up", margin: "0" }],
  ...{ rate: "10", mean: "", variance: "", minimalEffect: "10", alpha: "5", power: "80", trafficPerDay: "" },
  ...{ cuped: false, priorMean: "", priorDeviation: "", chanceToWin: "95", maxRisk: "0.5" },
};

/** "12,5 %" and "12.5" are twelve and a half; what is no number is NaN, which the schema refuses by its path. */
const numberOf = (text: string): number => {
  const plain = text.replaceAll(/[\s%\u2009]/g, "").replace(",", ".");
  return plain === "" ? Number.NaN : Number(plain);
};
const fraction = (text: string): number => Number((numberOf(text) / 100).toPrecision(12));

/** What the schema takes; unlike it, nothing is checked here. */
export function designOf(fields: DesignFields): unknown {
  const relative = fields.difference === "relative";
  const primary = fields.metrics.find(({ role }) => role === "primary");
  const isRate = primary?.kind === "rate";
  const effect = (text: string) => (relative || isRate ? fraction(text) : numberOf(text));
  const bayesian = fields.method === "bayesian";
  const prior = bayesian && fields.priorDeviation.trim() !== "";
  return {
    ...{ unit: fields.unit, difference: fields.difference, cuped: fields.cuped },
    arms: fields.arms.map(({ key, name, weight }) => ({ key, name, weight: numberOf(weight) })),
    metrics: fields.metrics.map(({ id: _id, margin, ...metric }) => ({
      ...metric,
      margin: metric.role === "guardrail" ? effect(margin) : 0,
    })),
    baseline: isRate
      ? { rate: fraction(fields.rate) }
      : { mean: numberOf(fields.mean), variance: numberOf(fields.variance) },
    minimalEffect: effect(fields.minimalEffect),
    ...{ alpha: fraction(fields.alpha), power: fraction(fields.power) },
    trafficPerDay: fields.trafficPerDay.trim() === "" ? null : numberOf(fields.trafficPerDay),
    prior: prior ? { mean: effect(fields.priorMean || "0"), variance: effect(fields.priorDeviation) ** 2 } : null,
    ...(bayesian ? { rule: { chanceToWin: fraction(fields.chanceToWin), maxRisk: effect(fields.maxRisk) } } : {}),
  };
}

const percentText = (value: number): string => String(Number((value * 100).toPrecision(12)));

/** A stored draft as the form shows it. */
export function fieldsOf(
  head: { name: string; hypothesis: string; initiativeId: string | null; method: Method },
  design: Design,
): DesignFields {
  const primary = design.metrics.find(({ role }) => role === "primary");
  const asPercent = design.difference === "relative" || primary?.kind === "rate";
  const effect = (value: number) => (asPercent ? percentText(value) : String(value));
  const { baseline, prior } = design;
  return {
    ...{ name: head.name, hypothesis: head.hypothesis, initiativeId: head.initiativeId ?? "", method: head.method },
    ...{ unit: design.unit, difference: design.difference, cuped: design.cuped },
    arms: design.arms.map((arm, index) => ({ ...arm, id: index + 1, weight: String(arm.weight) })),
    metrics: design.metrics.map((metric, index) => ({ ...metric, id: index + 1, margin: effect(metric.margin) })),
    ...("rate" in baseline
      ? { rate: percentText(baseline.rate), mean: "", variance: "" }
      : { rate: "", mean: String(baseline.mean), variance: String(baseline.variance) }),
    ...{
      minimalEffect: effect(design.minimalEffect),
      alpha: percentText(design.alpha),
      power: percentText(design.power),
    },
    trafficPerDay: design.trafficPerDay === null ? "" : String(design.trafficPerDay),
    ...(prior
      ? { priorMean: effect(prior.mean), priorDeviation: effect(Math.sqrt(prior.variance)) }
      : { priorMean: "", priorDeviation: "" }),
    ...{ chanceToWin: percentText(design.rule.chanceToWin), maxRisk: effect(design.rule.maxRisk) },
  };
}

/** "Annual plan first!" → "annual-plan-first": a key that an export would carry. */
export const keyOf = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 60);
