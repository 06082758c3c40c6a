import type { FieldProblem } from "@/lib/errors";
import type { EtsChoice, ForecastInput } from "../../schema/forecast";
import { type EtsFit, estimatedCount, fitEts, type GivenParameters } from "./ets-fit";
import { type EtsForm, formName } from "./ets-model";

/** The longest season of which every position is estimated when the model is chosen freely. */
export const LONGEST_CHOSEN_SEASON = 24;
export const LEAST_FOR_A_MODEL = 7;

/** The forms that are compared: additive trends, plain and damped; multiplied seasons only with relative errors. */
export function candidateForms(period: number, positive: boolean, seasonal: boolean): EtsForm[] {
  const errors = positive ? (["A", "M"] as const) : (["A"] as const);
  const seasons = seasonal ? (["N", "A", "M"] as const) : (["N"] as const);
  const trends = [
    { trend: "N", damped: false },
    { trend: "A", damped: false },
    { trend: "A", damped: true },
  ] as const;
  return errors.flatMap((error) =>
    trends.flatMap((trend) =>
      seasons
        .filter((season) => error === "M" || season !== "M")
        .map((season) => ({ error, ...trend, season, period: season === "N" ? 1 : period })),
    ),
  );
}

export type Chosen = { fit: EtsFit; candidates: { name: string; aicc: number | null }[] };

/** The best of the forms by AICc, of all or of those that `wanted` admits; null where the series is too short for any. */
export function chooseEts(
  series: readonly number[],
  period: number,
  wanted: (form: EtsForm) => boolean = () => true,
): Chosen | null {
  const positive = series.every((value) => value > 0);
  const seasonal = period > 1 && period <= LONGEST_CHOSEN_SEASON && series.length >= 2 * period;
  const fits = candidateForms(period, positive, seasonal)
    .filter((form) => wanted(form) && series.length > estimatedCount(form, {}) + 2)
    .map((form) => fitEts(form, series))
    .filter((fit) => fit.aicc !== null && Number.isFinite(fit.aicc))
    .sort((a, b) => (a.aicc ?? 0) - (b.aicc ?? 0));
  const candidates = fits.map((fit) => ({ name: formName(fit.model.form), aicc: fit.aicc }));
  return fits[0] ? { fit: fits[0], candidates } : null;
}

export function formOf(choice: EtsChoice, period: number): EtsForm {
  const { error, season } = choice;
  const trend = choice.trend === "Ad" ? "A" : choice.trend === "Md" ? "M" : choice.trend;
  const marked = choice.trend === "Ad" || choice.trend === "Md";
  const damped = marked || (choice.damped ?? choice.phi !== undefined);
  return { error, trend, season, damped, period: season === "N" ? 1 : period };
}

export function givenOf({ alpha, beta, gamma, phi, initial }: EtsChoice, form: EtsForm): GivenParameters {
  const seasonal = form.season === "N" ? undefined : initial?.seasonal;
  return { alpha, beta, gamma, phi, level: initial?.level, trend: initial?.trend, seasonal };
}

/** What contradicts itself in a model that was given, by path. */
export function choiceProblems({ model, period, series }: ForecastInput): FieldProblem[] {
  if (!model) return [];
  const form = formOf(model, period);
  const { initial } = model;
  const problems: FieldProblem[] = [];
  const refuse = (wrong: boolean, path: string, expected: string) => {
    if (wrong) problems.push({ path, expected });
  };
  const noTrend = form.trend === "N";
  refuse(noTrend && model.beta !== undefined, "model.beta", "no beta, since the model has no trend");
  refuse(noTrend && form.damped, "model.damped", "a trend to damp, or no damping");
  refuse(noTrend && initial?.trend !== undefined, "model.initial.trend", "no trend, since the model has none");
  refuse(form.season === "N" && model.gamma !== undefined, "model.gamma", "no gamma, since the model has no season");
  const undamped = model.damped === false && (model.phi ?? 1) !== 1;
  refuse(undamped, "model.phi", "no phi other than 1, since the trend is not damped");
  refuse(model.damped === false && model.trend.endsWith("d"), "model.damped", "true with a damped trend");
  refuse(form.season !== "N" && period < 2, "period", "at least 2 values per season for a model with a season");
  const seasons = initial?.seasonal;
  const wanted = form.season === "N" ? 0 : period;
  refuse(
    seasons !== undefined && seasons.length !== wanted,
    "model.initial.seasonal",
    `${wanted} values, one for each position of the season`,
  );
  refuse(
    form.trend === "M" && (initial?.trend ?? 1) <= 0,
    "model.initial.trend",
    "a factor above 0, since the trend multiplies",
  );
  if ([form.error, form.trend, form.season].includes("M")) {
    const low = series.findIndex((value) => value <= 0);
    refuse(low >= 0, `series[${low}]`, "a value above 0, since a part of the model multiplies");
  }
  return [...problems, ...lengthProblems(form, model, series.length)];
}

function lengthProblems(form: EtsForm, model: EtsChoice, length: number): FieldProblem[] {
  const open = estimatedCount(form, givenOf(model, form));
  const seasons = form.season !== "N" && model.initial?.seasonal === undefined ? 2 * form.period : 1;
  const least = Math.max(open === 0 ? 1 : open + 2, seasons);
  const expected = `at least ${least} values, since ${open} numbers of the model are to be estimated`;
  return length < least ? [{ path: "series", expected }] : [];
}
