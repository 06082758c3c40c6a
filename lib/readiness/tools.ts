import { contradiction, defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok } from "@/lib/errors";
import { type Described, givenFigures, givenInputs } from "@/lib/metrics/rules/given-figures";
import { known, unknown } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import { COMPONENT_WEIGHTS, type ComponentId } from "./rules/criteria";
import { type ReadinessScore, readinessScore } from "./rules/score";
import { componentNamed, type ReadinessInput, readinessInput, readinessOutput } from "./schema";

const CONVENTIONS = {
  componentWeights: Object.entries(COMPONENT_WEIGHTS)
    .map(([id, weight]) => `${id} ${weight} %`)
    .join(", "),
  component: "Σ weight × score ÷ (4 × Σ weight), over the answered criteria of the component, × 100",
  total: "over the components with an answer, their weights scaled to 100 %; no total under 70 % coverage",
  coverage: "Σ component weight × answered weight ÷ weight of the component; a component without criteria counts as 0",
  band: "not ready < 70, approaching [70, 85), ready [85, 95], optimal > 95; any red flag makes it not ready",
  decay: "a score counts fully for 12 months after its newest evidence, then less each day, nothing after 24 months",
};

const FIGURES: readonly Described[] = [
  {
    name: "score",
    label: "Exit readiness",
    unit: "score",
    formula: "Σ component weight × component, over those answered",
  },
  {
    name: "coverage",
    label: "Readiness coverage",
    unit: "ratio",
    formula: "Σ component weight × answered weight ÷ weight",
  },
];

/** Components are answered under the name by which the caller asked; one without criteria under its short name. */
function namesOf({ criteria }: ReadinessInput): (id: ComponentId) => string {
  const names = new Map(
    criteria.flatMap(({ component }) => {
      const id = componentNamed(component);
      return id ? [[id, component] as const] : [];
    }),
  );
  return (id) => names.get(id) ?? id;
}

function shown(scored: ReadinessScore, nameOf: (id: ComponentId) => string) {
  const components = [...scored.components].map(([id, one]) => [
    nameOf(id),
    { score: one.score?.toNumber() ?? null, weight: one.weight.div(100).toNumber(), coverage: one.coverage.toNumber() },
  ]);
  const unknown = [...scored.components].filter(([, one]) => one.score === null);
  return {
    ...{ score: scored.score?.toNumber() ?? null, band: scored.band, components: Object.fromEntries(components) },
    ...{ coverage: scored.coverage.toNumber(), gates: scored.gates, stale: scored.stale },
    nextBestActions: scored.nextBestActions.map(({ id, component, pointsLost, coverageGain }) => ({
      ...{ id, component: nameOf(component), pointsLost: pointsLost?.toNumber() ?? null },
      coverageGain: coverageGain.toNumber(),
    })),
    reasons: {
      ...(scored.reason ? { score: scored.reason, band: scored.reason } : {}),
      ...Object.fromEntries(unknown.map(([id]) => [`components.${nameOf(id)}`, "unanswered"])),
    },
  };
}

/** Where evidence is dated after the day asked for: it cannot have been known then. */
function lateEvidence({ criteria, asOf }: ReadinessInput): string | null {
  for (const [index, { evidence = [] }] of criteria.entries()) {
    const late = evidence.findIndex(({ date }) => date > asOf);
    if (late >= 0) return `criteria[${index}].evidence[${late}].date`;
  }
  return null;
}

const score = defineTool({
  name: "readiness.score",
  description:
    "Exit readiness, 0 to 100, from criteria scored 0 to 4 under five components: score, band, coverage, red flags, stale evidence and what would add most points next.",
  input: readinessInput,
  output: readinessOutput,
  effect: "read",
  pure: true,
  reads: ["pure"],
  writes: [],
  run: (input) => {
    const late = lateEvidence(input);
    if (late) return contradiction(late, `a day up to ${input.asOf}, the day asked for`);
    const criteria = input.criteria.map(({ component, id, score, weight, evidence = [], redFlag = false }) => ({
      ...{ id, score, redFlag, component: componentNamed(component) ?? "financial" },
      weight: new Exact(weight),
      evidence: evidence.map(({ date }) => date),
    }));
    const scored = readinessScore(criteria, input.asOf);
    const measures = {
      score: scored.score ? known(scored.score) : unknown(scored.reason ?? "missing-input"),
      coverage: known(scored.coverage),
    };
    return ok({
      result: shown(scored, namesOf(input)),
      figures: givenFigures(measures, FIGURES, givenInputs(input), input.asOf, "readiness"),
      conventions: CONVENTIONS,
    });
  },
});

export const readinessTools: readonly Tool[] = [score];
