import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { Exact } from "@/lib/money";
import type { CriterionLine } from "./assessment";
import { criterionOf } from "./criteria";
import type { NextAction } from "./score";

/** What a point of readiness adds to the valuation, as a fraction of it: the house's own assumption, not a measurement. */
export const WORTH_PER_POINT = new Exact("0.005");

export type RankedAction = {
  criterion: string;
  label: string;
  /** What the next step up is. */
  toDo: string;
  /** Points of the total that a 4 would add; unknown where nothing is answered yet. */
  points: Figure;
  /** Hours of work until a 4, by the house's estimate. */
  hours: number;
  /** Estimated worth of an hour, in the venture's currency; unknown without a valuation. */
  worth: Figure;
};

type Context = {
  ventureId: string;
  currency: string;
  today: string;
  valuation: Figure | null;
  lines: readonly CriterionLine[];
};

const text = (value: Exact): string => value.toSignificantDigits(30).toFixed();

function rank(action: NextAction, { ventureId, currency, today, valuation, lines }: Context): RankedAction | null {
  const criterion = criterionOf(action.id);
  const line = lines.find((one) => one.criterion.id === action.id);
  if (!criterion || !line) return null;
  const score = line.figure.value === null ? 0 : Number(line.figure.value);
  const hours = criterion.hoursPerStep * Math.max(4 - score, 1);
  const about = { venture: { value: ventureId }, day: { value: today }, criterion: { value: criterion.id } };
  const points = makeFigure({
    label: `Points lost: ${criterion.label}`,
    value: action.pointsLost === null ? null : text(action.pointsLost),
    ...(action.pointsLost ? {} : { reason: "unanswered" }),
    ...{ unit: "score", asOf: today, method: "readiness.points-lost@1", sources: [] },
    formula: "Component weight × weight ÷ Σ answered weight × (4 − score) ÷ 4",
    inputs: { ...about, score: { figure: line.figure.id, label: criterion.label } },
  });
  const known = action.pointsLost && valuation?.value ? new Exact(valuation.value) : null;
  const worth = makeFigure({
    label: `Estimated worth of an hour: ${criterion.label}`,
    value: known && action.pointsLost ? text(known.times(WORTH_PER_POINT).times(action.pointsLost).div(hours)) : null,
    ...(known ? {} : { reason: action.pointsLost ? "no-data" : "unanswered" }),
    ...{ unit: currency, asOf: today, method: "readiness.worth-per-hour@1", sources: [] },
    formula: `Estimate: points lost × ${WORTH_PER_POINT.times(100).toFixed()} % of the valuation per point ÷ ${hours} hours; the rate and the hours are the house's own`,
    inputs: {
      ...about,
      points: { figure: points.id, label: points.label },
      ...(valuation ? { valuation: { figure: valuation.id, label: valuation.label } } : {}),
      hours: { value: hours, label: "hours until a 4, estimated" },
    },
  });
  const next = score >= 2 ? criterion.levels[2] : criterion.levels[1];
  return { criterion: criterion.id, label: criterion.label, toDo: next, points, hours, worth };
}

/** What to do next: most points for an hour of work first; what nobody has answered yet after. */
export function rankActions(actions: readonly NextAction[], context: Context): RankedAction[] {
  const perHour = ({ points, hours }: RankedAction) =>
    points.value === null ? new Exact(-1) : new Exact(points.value).div(hours);
  return actions
    .flatMap((action) => rank(action, context) ?? [])
    .sort((a, b) => perHour(b).comparedTo(perHour(a)) || (a.criterion < b.criterion ? -1 : 1));
}
