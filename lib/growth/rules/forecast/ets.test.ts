import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { OIL, PASSENGERS, TOURISTS } from "../../test-support/series";
import { fitEts } from "./ets-fit";
import { cumulatedFactors, sigmaOf, varianceFactors } from "./ets-intervals";
import {
  deviance,
  type EtsForm,
  type EtsModel,
  pointForecast,
  type Running,
  runEts,
  stateAfter,
  step,
} from "./ets-model";

const form = (name: string, period = 1, damped = false): EtsForm => {
  const [error, trend, season] = name as unknown as [EtsForm["error"], EtsForm["trend"], EtsForm["season"]];
  return { error, trend, season, damped, period };
};

type Case = { name: string; model: EtsModel; series: number[]; first: number[]; last: number; forecast: number[] };

// R forecast::ets as statsmodels' tests print it (fit_ets_results_*.json, commit 82c59e378bdf): states are the most
// recent first there, oldest first here.
const FROM_R: Case[] = [
  {
    name: "oil, AAN",
    model: {
      form: form("AAN"),
      smoothing: { alpha: 0.99770564, beta: 0.0001001, gamma: 0, phi: 1 },
      initial: { level: 21.3150686, trend: 11.71213626, seasonal: [] },
    },
    series: OIL,
    first: [33.02720486, 122.55015822, 142.53021192, 153.01058688],
    last: 561.51438238,
    forecast: [554.09126495, 565.79806815, 577.50487134, 589.21167453],
  },
  {
    name: "oil, ANN",
    model: {
      form: form("ANN"),
      smoothing: { alpha: 0.99989996, beta: 0, gamma: 0, phi: 1 },
      initial: { level: 110.88321179, trend: 0, seasonal: [] },
    },
    series: OIL,
    first: [110.88321179, 111.00912202, 130.82645142, 141.28604147],
    last: 549.83141792,
    forecast: [542.34121919, 542.34121919, 542.34121919, 542.34121919],
  },
  {
    name: "tourists, AAA",
    model: {
      form: form("AAA", 4),
      smoothing: { alpha: 0.20281952, beta: 0.00016979, gamma: 0.4645238, phi: 1 },
      initial: {
        level: 23.06996036,
        trend: 0.57786622,
        seasonal: [8.50287244, -8.97988612, -1.17750326, 1.65451693],
      },
    },
    series: TOURISTS,
    first: [32.15069902, 14.81989736, 24.07844941, 27.7402675],
    last: 63.39782057,
    forecast: [75.34454396, 50.75845291, 63.05022495, 67.48394643],
  },
  {
    name: "tourists, AAdA",
    model: {
      form: form("AAA", 4, true),
      smoothing: { alpha: 0.35445427, beta: 0.03200749, gamma: 0.39993387, phi: 0.97999997 },
      initial: {
        level: 24.01278357,
        trend: 0.97770147,
        seasonal: [5.34956637, -6.61171798, -0.50735902, 1.76951063],
      },
    },
    series: TOURISTS,
    first: [30.32049735, 19.19480328, 26.19326277, 29.0246223],
    last: 64.16460104,
    forecast: [76.07768073, 51.61741109, 63.96457729, 68.27886241],
  },
];

const MADA: EtsModel = {
  form: form("MAA", 4, true),
  smoothing: { alpha: 0.31114284, beta: 0.04721388, gamma: 0.30950232, phi: 0.8708892 },
  initial: { level: 21.67128194, trend: 1.98691433, seasonal: [6.43782633, -6.10365176, -1.37168288, 1.03750831] },
};

describe("the recursions of R's forecast::ets", () => {
  test.each(FROM_R)("$name", ({ model, series, first, last, forecast }) => {
    const pass = runEts(model, series);
    for (const [t, value] of first.entries()) expect(pass.fitted[t]).toBeCloseTo(value, 4);
    expect(pass.fitted.at(-1)).toBeCloseTo(last, 4);
    const ahead = pointForecast(model.form, model.smoothing.phi, stateAfter(model, pass), forecast.length);
    for (const [h, value] of forecast.entries()) expect(ahead[h]).toBeCloseTo(value, 3);
  });

  test("errors and variance with nine estimated numbers", () => {
    const [, , , damped] = FROM_R;
    if (!damped) throw new Error("the case is missing");
    const pass = runEts(damped.model, TOURISTS);
    expect([...pass.errors.slice(0, 3)].map((e) => Number(e.toFixed(5)))).toEqual([-0.26798, -0.04631, -0.87557]);
    expect((sigmaOf(pass, 9) ?? 0) ** 2).toBeCloseTo(6.0830734, 5);
  });

  test("relative errors with an additive season: states, errors, variance", () => {
    const pass = runEts(MADA, TOURISTS);
    expect(pass.fitted[0]).toBeCloseTo(29.8394905, 6);
    expect(pass.fitted.at(-1)).toBeCloseTo(63.15893591, 4);
    expect(pass.errors[3]).toBeCloseTo(-0.03854369, 7);
    expect(pass.levels.at(-1)).toBeCloseTo(59.29023429, 4);
    expect(pass.trends.at(-1)).toBeCloseTo(0.62538316, 5);
    expect((sigmaOf(pass, 9) ?? 0) ** 2).toBeCloseTo(0.00470153, 7);
  });

  test("component Holt-Winters with beta* 0.2 is beta = alpha × beta* (fpp2 ausair; statsmodels test_holt fit1)", () => {
    const air = [
      17.5534, 21.8601, 23.8866, 26.9293, 26.8885, 28.8314, 30.0751, 30.9535, 30.1857, 31.5797, 32.577569, 33.477398,
      39.021581, 41.386432, 41.596552,
    ];
    const holt: EtsModel = {
      form: form("AAN"),
      smoothing: { alpha: 0.8, beta: 0.16, gamma: 0, phi: 1 },
      initial: { level: 17.5534, trend: 21.8601 - 17.5534, seasonal: [] },
    };
    const pass = runEts(holt, air);
    const trends = [3.617628, 3.59006512, 3.33438212, 3.23657639, 2.69263502, 2.46388914, 2.2229097];
    for (const [t, value] of trends.entries()) expect(pass.trends[t]).toBeCloseTo(value, 6);
    const ahead = pointForecast(holt.form, 1, stateAfter(holt, pass), 5);
    for (const [h, value] of [43.76, 45.59, 47.43, 49.27, 51.1].entries()) expect(ahead[h]).toBeCloseTo(value, 2);
  });

  test("the likelihood of a published fit: AirPassengers, ETS(M,Ad,M), AIC 1395.166 (fpp2 and R's help)", () => {
    const seasonal = [0.9059, 0.8869, 1.011, 0.9804, 0.9786, 1.1105, 1.2318, 1.2203, 1.0592, 0.9217, 0.7993, 0.8944];
    const model: EtsModel = {
      form: form("MAM", 12, true),
      smoothing: { alpha: 0.7096, beta: 0.0204, gamma: 0.0001, phi: 0.98 },
      initial: { level: 120.9939, trend: 1.7705, seasonal },
    };
    // Printed to four digits, so the likelihood agrees to a hundredth or so only.
    expect(Math.abs(deviance(model, PASSENGERS, 0) + 2 * 18 - 1395.166)).toBeLessThan(0.1);
  });
});

describe("fitting", () => {
  // −2 log likelihood that R reached, by its own parameters above; a better search may only be lower.
  test.each(FROM_R)("is at least as likely as R's fit of $name", ({ model, series }) => {
    const fit = fitEts(model.form, series);
    expect(-2 * fit.logLikelihood).toBeLessThanOrEqual(deviance(model, series, 0) + 1e-3);
  });

  test("finds AirPassengers' multiplied season at least as well as R", () => {
    const fit = fitEts(form("MAM", 12, true), PASSENGERS);
    expect(fit.aic).toBeLessThan(1395.17);
    expect(fit.estimated).toBe(17);
  });

  test("keeps what was given and estimates the rest", () => {
    const fit = fitEts(form("AAA", 4), TOURISTS, { alpha: 0.3, level: 25 });
    expect(fit.model.smoothing.alpha).toBe(0.3);
    expect(fit.model.initial.level).toBe(25);
    expect(fit.estimated).toBe(2 + 1 + 3);
    expect(fit.model.smoothing.gamma).toBeLessThanOrEqual(0.7);
    expect(fit.model.smoothing.beta).toBeLessThanOrEqual(0.3);
  });

  test("seasons are told apart from the level: they add up to nothing, or to their number", () => {
    const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
    expect(sum(fitEts(form("ANA", 4), TOURISTS).model.initial.seasonal)).toBeCloseTo(0, 9);
    expect(sum(fitEts(form("MAM", 4), TOURISTS).model.initial.seasonal)).toBeCloseTo(4, 9);
  });

  test("the same series gives the same fit, and a scale changes nothing but the scale", () => {
    const fit = fitEts(form("MAM", 12), PASSENGERS);
    expect(fitEts(form("MAM", 12), PASSENGERS)).toEqual(fit);
    const larger = fitEts(
      form("MAM", 12),
      PASSENGERS.map((value) => value * 1e6),
    );
    expect(larger.model.smoothing.alpha).toBeCloseTo(fit.model.smoothing.alpha, 3);
  });
});

describe("variance of the forecasts", () => {
  const blank = (model: EtsModel): Running => ({
    ...{ level: 0, trend: 0, at: 0 },
    seasonal: new Float64Array(model.form.season === "N" ? 0 : model.form.period),
  });

  test("is 1 + Σ of squared responses to one shock, and that of the sum follows, for every linear form", () => {
    const unit = fc.double({ min: 0.01, max: 0.99, noNaN: true });
    const shape = fc.record({
      trend: fc.constantFrom("N", "A"),
      season: fc.constantFrom("N", "A"),
      damped: fc.boolean(),
      period: fc.integer({ min: 2, max: 6 }),
    });
    fc.assert(
      fc.property(shape, unit, unit, unit, unit, ({ trend, season, damped, period }, alpha, beta, gamma, phi) => {
        const damping = damped && trend === "A";
        const model: EtsModel = {
          form: form(`A${trend}${season}`, period, damping),
          smoothing: { alpha, beta, gamma, phi: damping ? phi : 1 },
          initial: { level: 0, trend: 0, seasonal: new Array<number>(period).fill(0) },
        };
        const state = blank(model);
        step(model.form, model.smoothing, state, 1);
        const responses = Array.from({ length: 12 }, () => step(model.form, model.smoothing, state, 0));
        let expected = 1;
        let [held, summed] = [1, 1];
        const sums = cumulatedFactors(model, 13);
        for (const [h, factor] of varianceFactors(model, 13).entries()) {
          expect(factor).toBeCloseTo(expected, 8);
          expect(sums[h]).toBeCloseTo(summed, 6);
          expected += (responses[h] ?? 0) ** 2;
          held += responses[h] ?? 0;
          summed += held ** 2;
        }
      }),
    );
  });
});
