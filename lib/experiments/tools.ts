import { defineTool, type Tool } from "@/lib/agents/define-tool";
import { ok, refuse } from "@/lib/errors";
import { ADJUST_CONVENTIONS, adjustPValues } from "./rules/adjust";
import { analyzeArms } from "./rules/analyze";
import { experimentPower, powerConventions } from "./rules/power";
import { proportionTest, TEST_CONVENTIONS } from "./rules/proportion-tests";
import { INTERVAL_CONVENTIONS, proportionInterval } from "./rules/proportions";
import { SAMPLE_RATIO_CONVENTIONS, sampleRatio, strayUnits } from "./rules/sample-ratio";
import * as schema from "./schema";

const computing = { effect: "read", pure: true, reads: ["pure"], writes: [] } as const;

const analyze = defineTool({
  name: "experiments.analyze",
  description:
    "Treatment against control from arm totals: difference with interval and p-value at a fixed horizon, always valid (sequential) or Bayesian; CUPED, ratio metrics, quantiles",
  input: schema.analyzeInput,
  output: schema.analyzeOutput,
  ...computing,
  run: (input) => {
    const analyzed = analyzeArms(input);
    if (!analyzed.ok) return analyzed;
    const { analysis, conventions, warnings } = analyzed.value;
    return ok({ result: analysis, conventions, warnings });
  },
});

const ratio = defineTool({
  name: "experiments.sample-ratio",
  description: "Whether units were split over the arms as planned (sample ratio mismatch); run before any result",
  input: schema.sampleRatioInput,
  output: schema.sampleRatioOutput,
  ...computing,
  run: (input) => {
    const checked = sampleRatio(input);
    if (!checked.ok) return checked;
    const stray = strayUnits(input);
    return ok({
      result: checked.value,
      conventions: { ...SAMPLE_RATIO_CONVENTIONS },
      warnings: stray > 0 ? [`${stray} units in arms of weight 0 were left out`] : [],
    });
  },
});

const power = defineTool({
  name: "experiments.power",
  description: "Effect, sample size or power of an experiment: whichever of the three is left out",
  input: schema.powerInput,
  output: schema.powerOutput,
  ...computing,
  run: (input) => {
    const solved = experimentPower(input);
    return solved.ok ? ok({ result: solved.value, conventions: powerConventions(input) }) : solved;
  },
});

const interval = defineTool({
  name: "experiments.proportion-interval",
  description: "Confidence interval of a rate, of the difference of two rates, or of their ratio",
  input: schema.proportionIntervalInput,
  output: schema.proportionIntervalOutput,
  ...computing,
  run: (input) => {
    const found = proportionInterval(input);
    if (!found.ok) return found;
    const conventions = {
      method: INTERVAL_CONVENTIONS[input.method] ?? input.method,
      confidence: String(input.confidence),
      estimate: input.versus
        ? input.method === "katz-log"
          ? "this ÷ versus"
          : "this − versus"
        : "successes ÷ n; interval cut to [0, 1]",
    };
    return ok({ result: found.value, conventions });
  },
});

const test = defineTool({
  name: "experiments.proportion-test",
  description: "Test of a rate against a null, or of rates against each other",
  input: schema.proportionTestInput,
  output: schema.proportionTestOutput,
  ...computing,
  run: (input) => {
    const tested = proportionTest(input);
    if (!tested.ok) return tested;
    const conventions = { method: TEST_CONVENTIONS[input.method], alternative: input.alternative };
    return ok({ result: tested.value, conventions });
  },
});

const adjust = defineTool({
  name: "experiments.adjust",
  description: "P-values adjusted for testing several hypotheses at once",
  input: schema.adjustInput,
  output: schema.adjustOutput,
  ...computing,
  run: ({ pValues, method }) => {
    const reasons: Record<string, string> = pValues.includes(null) ? { adjusted: "missing-input" } : {};
    return ok({
      result: { adjusted: adjustPValues(pValues, method), reasons },
      conventions: { method: ADJUST_CONVENTIONS[method], nulls: "kept as null and not counted" },
    });
  },
});

const ventureExperiments = defineTool({
  name: "venture.experiments",
  description:
    "The experiments of a venture with their standing: status, units counted against the planned size, whether the split holds, and what the pre-set ship rule says. Results of a fixed horizon are absent before the planned size, and all results while the split is broken.",
  input: schema.ventureExperimentsInput,
  output: schema.ventureExperimentsOutput,
  effect: "read",
  pure: false,
  reads: ["venture-performance"],
  writes: [],
  run: async ({ venture }, call) => {
    if (!call.actor) return refuse("FORBIDDEN" as const, [{ path: "", expected: "somebody who is signed in" }]);
    // Here, so that the computing tools start without a database client.
    const { findVentureExperiments } = await import("./queries/venture-experiments");
    const found = await findVentureExperiments(call.actor, venture);
    if (!found) return refuse("NOT_FOUND" as const, [{ path: "venture", expected: "a venture that you may see" }]);
    return ok({ result: found.result, figures: found.figures, conventions: VENTURE_CONVENTIONS });
  },
});

const VENTURE_CONVENTIONS = {
  sampleRatio: "checked first; no result while p < 0.001",
  fixed: "no result before the planned size",
  sequential: "always valid: may be read at every look",
  verdict: "by the rule that was set before the start",
  adjusted: "Holm among the goals, Benjamini-Hochberg among the exploration",
};

/** Over stored data, scoped by the caller's actor. */
export const ventureExperimentTools: readonly Tool[] = [ventureExperiments] as unknown as Tool[];

/** Computing tools of the room; lib/agents/registry.ts lists them. */
export const experimentTools: readonly Tool[] = [analyze, ratio, power, interval, test, adjust] as unknown as Tool[];
