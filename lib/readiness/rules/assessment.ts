import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import type { Evidence } from "../schema/assessment";
import { ruleOf, scoreOf, stepsText } from "./automatic";
import { COMPONENT_IDS, COMPONENT_LABELS, type ComponentId, CRITERIA, type Criterion } from "./criteria";
import { type Answer, type NextAction, type ReadinessScore, readinessScore } from "./score";

const METHOD = "readiness.";
export const isReadinessMethod = (method: string): boolean => method.startsWith(METHOD);

/** What a person or an agent gave a criterion. */
export type GivenScore = {
  id: string;
  criterion: string;
  score: Answer;
  rationale: string;
  evidence: readonly Evidence[];
  scoredBy: string;
  /** Day at the venture. */
  scoredOn: string;
};

export type ReadinessFacts = {
  venture: { id: string };
  today: string;
  /** What data say, by the key that the automatic rules name. */
  measures: ReadonlyMap<string, Figure>;
  given: ReadonlyMap<string, GivenScore>;
  source: (criterion: string) => FigureSource;
};

export type CriterionLine = {
  criterion: Criterion;
  /** "data" where a rule answered, "person" where somebody did, null while nobody has. */
  answeredBy: "data" | "person" | null;
  figure: Figure;
  measure: Figure | null;
  given: GivenScore | null;
  stale: boolean;
  gate: boolean;
};

export type Assessment = {
  lines: CriterionLine[];
  components: { id: ComponentId; label: string; figure: Figure }[];
  score: Figure;
  coverage: Figure;
  scored: ReadinessScore;
  actions: NextAction[];
  /** All of them and what they rest on, inputs first. */
  figures: Figure[];
};

type Line = Omit<CriterionLine, "stale" | "gate">;

function lineOf(criterion: Criterion, facts: ReadinessFacts): Line {
  const rule = criterion.automatic ? ruleOf(criterion.id) : null;
  const measure = rule ? (facts.measures.get(rule.figure) ?? null) : null;
  const byData = rule && measure ? scoreOf(rule, measure) : null;
  const given = byData === null ? (facts.given.get(criterion.id) ?? null) : null;
  const score = byData ?? given?.score ?? null;
  const inputs: Record<string, FigureInput> = {
    venture: { value: facts.venture.id },
    criterion: { value: criterion.id },
    day: { value: facts.today },
    ...(measure ? { measure: { figure: measure.id, label: measure.label } } : {}),
  };
  const figure = makeFigure({
    label: criterion.label,
    value: score === null ? null : `${score}`,
    ...(score === null ? { reason: "unanswered" } : {}),
    unit: "score",
    asOf: given?.scoredOn ?? measure?.asOf ?? facts.today,
    method: `${METHOD}criterion@1`,
    formula: formulaOf(criterion, byData === null ? null : rule && stepsText(rule), given),
    inputs,
    sources: measure && byData !== null ? [] : [facts.source(criterion.id)],
  });
  return { criterion, measure, given, figure, answeredBy: byData !== null ? "data" : given ? "person" : null };
}

function formulaOf(criterion: Criterion, steps: string | null, given: GivenScore | null): string {
  if (steps) return `${criterion.question} ${steps}`;
  const [zero, two, four] = criterion.levels;
  const scale = `0: ${zero}. 2: ${two}. 4: ${four}.`;
  const by = given?.scoredBy.startsWith("agent:") ? "an agent" : "a person";
  return given ? `Given by ${by}: ${given.rationale} (${scale})` : `Scored by a person with evidence. ${scale}`;
}

/** Dated evidence of a person's score; what data say carries the day of the data in its own measure. */
const evidenceDays = (line: Line): string[] =>
  line.given
    ? line.given.evidence.length > 0
      ? line.given.evidence.map(({ date }) => date)
      : [line.given.scoredOn]
    : [];

/** The whole assessment of a day, as figures: criteria → components → score. The same facts give the same figures. */
export function assess(facts: ReadinessFacts): Assessment {
  const lines = CRITERIA.map((criterion) => lineOf(criterion, facts));
  const scored = readinessScore(
    lines.map((line) => ({
      ...{ component: line.criterion.component, id: line.criterion.id },
      score: line.figure.value === null ? null : (Number(line.figure.value) as Answer),
      weight: new Exact(line.criterion.weight),
      evidence: evidenceDays(line).filter((day) => day <= facts.today),
      redFlag: line.criterion.redFlag && line.figure.value === "0",
    })),
    facts.today,
  );
  const components = COMPONENT_IDS.map((id) => ({
    id,
    label: COMPONENT_LABELS[id],
    figure: componentFigure(id, lines, scored, facts),
  }));
  const { score, coverage } = totals(
    components.map(({ figure }) => figure),
    lines,
    scored,
    facts,
  );
  const [stale, gates] = [new Set(scored.stale), new Set(scored.gates)];
  return {
    lines: lines.map((line) => ({ ...line, stale: stale.has(line.criterion.id), gate: gates.has(line.criterion.id) })),
    ...{ components, score, coverage, scored, actions: scored.nextBestActions },
    figures: [
      ...lines.flatMap(({ measure }) => measure ?? []),
      ...lines.map(({ figure }) => figure),
      ...components.map(({ figure }) => figure),
      ...[coverage, score],
    ],
  };
}

const digits = (value: Exact): string => value.toSignificantDigits(30).toFixed();

function componentFigure(
  id: ComponentId,
  lines: readonly Line[],
  scored: ReadinessScore,
  facts: ReadinessFacts,
): Figure {
  const mine = lines.filter(({ criterion }) => criterion.component === id);
  const value = scored.components.get(id)?.score ?? null;
  const inputs = mine.map(({ criterion, figure }) => [
    criterion.id,
    { figure: figure.id, label: `${criterion.label}, weight ${criterion.weight}` },
  ]);
  return makeFigure({
    label: COMPONENT_LABELS[id],
    value: value === null ? null : digits(value),
    ...(value ? {} : { reason: "unanswered" }),
    unit: "score",
    asOf: facts.today,
    method: `${METHOD}component@1`,
    formula: "Σ weight × score ÷ (4 × Σ weight) × 100, over the answered criteria; stale evidence counts less",
    inputs: {
      venture: { value: facts.venture.id },
      component: { value: id },
      day: { value: facts.today },
      ...Object.fromEntries(inputs),
    },
    sources: [],
  });
}

function totals(components: readonly Figure[], lines: readonly Line[], scored: ReadinessScore, facts: ReadinessFacts) {
  const about = { venture: { value: facts.venture.id }, day: { value: facts.today } };
  const parts = Object.fromEntries(
    components.map((figure, index) => [COMPONENT_IDS[index] ?? "", { figure: figure.id, label: figure.label }]),
  );
  const coverage = makeFigure({
    label: "Answered",
    value: digits(scored.coverage),
    unit: "ratio",
    asOf: facts.today,
    method: `${METHOD}coverage@1`,
    formula: "Σ component weight × answered weight ÷ weight of the component",
    inputs: {
      ...about,
      ...Object.fromEntries(lines.map(({ criterion, figure }) => [criterion.id, { figure: figure.id }])),
    },
    sources: [],
  });
  const score = makeFigure({
    label: "Exit readiness",
    value: scored.score === null ? null : digits(scored.score),
    ...(scored.score ? {} : { reason: "coverage-below-70" }),
    unit: "score",
    asOf: facts.today,
    method: `${METHOD}score@1`,
    formula:
      "30 % financial + 25 % operational + 20 % legal + 15 % market + 10 % due diligence; no total under 70 % answered",
    inputs: { ...about, ...parts, coverage: { figure: coverage.id, label: coverage.label } },
    sources: [],
  });
  return { score, coverage };
}
