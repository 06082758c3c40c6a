import { makeFigure } from "@/lib/figures/rules";
import type { Figure, FigureInput, FigureSource, Unit } from "@/lib/figures/schema";
import { known, type Measure, mapMeasure, sum } from "@/lib/metrics/rules/measure";
import { Exact } from "@/lib/money";
import type { PlanInputs, PlanRun } from "../../schema/optimization";
import type { OptimizationPlan, PlanLine } from "./plan";

const METHOD = "valuation.plan.";
export const isPlanMethod = (method: string): boolean => method.startsWith(METHOD);
/** "effect driver:growth" of the method's part and the lever among the inputs. */
export const planPart = ({ method, inputs }: Pick<Figure, "method" | "inputs">): string => {
  const { lever } = inputs;
  const part = method.slice(METHOD.length).replace(/@\d+$/, "");
  return lever && "value" in lever ? `${part} ${lever.value}` : part;
};

export type PlanFrame = {
  ventureId: string;
  currency: string;
  /** The version of the plan whose inputs these are; 0 before the first. */
  plan: number;
  day: string;
  months: number;
  sources: FigureSource[];
  /** The equity value that effects are counted from. */
  equity: Figure | null;
  /** The points of readiness that a criterion lost, by its lever. */
  points: ReadonlyMap<string, Figure>;
};

type Draft = { part: string; version?: number; label: string; unit?: Unit; measure: Measure; formula: string };
const on = (figure: Figure | null | undefined): FigureInput | null =>
  figure ? { figure: figure.id, label: figure.label } : null;

function draw(frame: PlanFrame, draft: Draft, more: Readonly<Record<string, FigureInput | null>>): Figure {
  const { value, reason } = { reason: undefined, ...draft.measure };
  const given = Object.entries(more).filter((entry): entry is [string, FigureInput] => entry[1] !== null);
  return makeFigure({
    label: draft.label,
    value: value === null ? null : value.toSignificantDigits(30).toFixed(),
    ...(value === null ? { reason: reason ?? "missing-input" } : {}),
    ...{ unit: draft.unit ?? frame.currency, asOf: frame.day, method: `${METHOD}${draft.part}@${draft.version ?? 1}` },
    formula: draft.formula,
    inputs: {
      ...{ venture: { value: frame.ventureId }, plan: { value: frame.plan }, day: { value: frame.day } },
      ...Object.fromEntries(given),
    },
    sources: frame.sources,
  });
}

function lineFigures(frame: PlanFrame, line: PlanLine, inputs: PlanInputs): Figure[] {
  const { lever, label, kind, step, size } = line;
  const about = { lever: { value: lever }, equity: on(frame.equity) };
  const driven = kind === "driver";
  const derivative = draw(
    frame,
    {
      ...{ part: "derivative", label: `${label}: equity value per step`, measure: line.derivative },
      formula: driven
        ? `(equity value with ${label.toLowerCase()} one step up − one step down) ÷ 2, by the methods of the valuation; a step is ${step}`
        : `points of readiness per step of the score × ${inputs.worthPerPoint} of the equity value for a point (the house's assumption)`,
    },
    { ...about, points: on(frame.points.get(lever)) },
  );
  const effect = draw(
    frame,
    {
      ...{ part: "effect", label: `${label}: equity value gained`, measure: line.effect },
      formula: driven
        ? "equity value with the driver moved by the planned steps − equity value now, by the methods of the valuation"
        : "equity value per step × planned steps of the score",
    },
    { ...about, derivative: on(derivative), steps: { value: size?.toFixed() ?? null, label: "planned steps" } },
  );
  const cost = draw(
    frame,
    {
      part: "cost",
      label: `${label}: cost`,
      measure: line.cost,
      formula: `hours × ${inputs.hourCost} + money beside them`,
    },
    {
      lever: { value: lever },
      hours: { value: line.hours, label: line.estimated ? "hours, the house's estimate" : "hours" },
      money: { value: line.money.toFixed() },
    },
  );
  const perCost = draw(
    frame,
    {
      ...{ part: "per-cost", label: `${label}: value for the cost`, unit: "multiple", measure: line.perCost },
      formula: "equity value gained ÷ cost",
    },
    { lever: { value: lever }, effect: on(effect), cost: on(cost) },
  );
  const gain = draw(
    frame,
    {
      ...{ part: "gain", label: `${label}: equity value gained after the steps before it`, measure: line.gain },
      formula: driven
        ? "equity value with this driver and those that show before it moved at once − equity value with those alone, by the methods of the valuation"
        : "equity value gained",
    },
    { ...about, effect: on(effect) },
  );
  return [derivative, effect, cost, perCost, ...(line.place ? [gain] : [])];
}

/** Every figure of a plan, inputs before what rests on them. */
export function planFigures(frame: PlanFrame, plan: OptimizationPlan, inputs: PlanInputs): Figure[] {
  const lines = plan.lines.flatMap((line) => lineFigures(frame, line, inputs));
  const placed = new Set(plan.lines.flatMap(({ lever, place }) => (place ? [lever] : [])));
  const of = (part: string) =>
    Object.fromEntries(
      lines.flatMap((figure) => {
        const [name, lever = ""] = planPart(figure).split(" ");
        return name === part && placed.has(lever) ? [[lever, on(figure)] as const] : [];
      }),
    );
  const limits = `within ${frame.months} months of ${inputs.hoursPerMonth} hours${inputs.budget === null ? "" : `, ${inputs.budget} to spend`}, at most ${inputs.atMost} steps`;
  const total = draw(
    frame,
    {
      ...{ part: "total", version: 2, label: "Equity value gained by the plan", measure: plan.total },
      formula: `Σ what each step adds to those that show before it, of the steps that are worth most together ${limits}`,
    },
    of("gain"),
  );
  const cost = draw(
    frame,
    { part: "total-cost", label: "Cost of the plan", measure: plan.cost, formula: "Σ cost of the steps" },
    of("cost"),
  );
  const reached: Measure =
    frame.equity?.value && plan.total.value ? known(plan.total.value.plus(frame.equity.value)) : plan.total;
  const then = draw(
    frame,
    {
      ...{ part: "reached", label: "Equity value after the plan", formula: "equity value now + gained by the plan" },
      measure: frame.equity?.value ? reached : { value: null, reason: "no-method-used" },
    },
    { equity: on(frame.equity), total: on(total) },
  );
  return [...lines, total, cost, then, ...(plan.atLeast ? [atLeast(frame, plan.atLeast, total, of("gain"))] : [])];
}

const atLeast = (
  frame: PlanFrame,
  measure: Measure,
  total: Figure,
  gains: Readonly<Record<string, FigureInput | null>>,
): Figure =>
  draw(
    frame,
    {
      ...{ part: "at-least", label: "Equity value gained if readiness only lowers the risk", measure },
      formula:
        "gained by the plan − the smaller of what less risk and what readiness adds: if they are the same thing, the larger alone counts",
    },
    { total: on(total), ...gains },
  );

/** What the plan promised for today against what the valuation says today. */
export function trackingFigures(frame: PlanFrame, run: PlanRun): Figure[] {
  const due = run.steps.filter(({ showsOn }) => showsOn <= frame.day);
  const kept = ({ figure, revision }: PlanRun["equity"], label: string): FigureInput => ({ figure, revision, label });
  const start: Measure = run.equity.value === null ? { value: null, reason: "missing-input" } : known(run.equity.value);
  const promised = mapMeasure(start, (value) =>
    known(sum([value, ...due.flatMap(({ effect }) => effect.value ?? [])])),
  );
  const planned = draw(
    frame,
    {
      ...{ part: "planned", label: "Equity value planned for today", measure: promised },
      formula: "equity value when the plan was kept + what the steps gain that should show by today",
    },
    {
      equity: kept(run.equity, "Equity value when the plan was kept"),
      ...Object.fromEntries(due.map(({ lever, effect }) => [lever, kept(effect, lever)])),
    },
  );
  const now: Measure = frame.equity?.value ? known(frame.equity.value) : { value: null, reason: "no-method-used" };
  const gap = draw(
    frame,
    {
      ...{ part: "gap", label: "Equity value against the plan", formula: "equity value now − planned for today" },
      measure: mapMeasure(now, (value) => mapMeasure(promised, (plan) => known(new Exact(value).minus(plan)))),
    },
    { equity: on(frame.equity), planned: on(planned) },
  );
  return [planned, gap];
}
