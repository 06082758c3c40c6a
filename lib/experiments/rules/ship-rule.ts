import type { Design, Method, MetricDesign } from "../schema/design";
import { isGoal } from "./design";
import type { Comparison, Hidden } from "./standing";

export type Said = "ship" | "do-not-ship" | "keep-running" | "cannot-tell";
export type Verdict = { said: Said; arm: string | null; why: string };

/** Whether a metric moved the way that is good, the way that is bad, or cannot be told. */
export type Movement = "better" | "worse" | "unclear";

const turned = (better: MetricDesign["better"]) => (better === "up" ? 1 : -1);

/** A goal: by its adjusted p-value at α, or the chance to win of the rule. */
export function goalMovement({ metric, analysis, adjusted }: Comparison, design: Design, method: Method): Movement {
  const sign = turned(metric.better);
  if (method === "bayesian") {
    const { chanceToWin, risk } = analysis;
    if (chanceToWin === null || risk === null) return "unclear";
    const chance = sign > 0 ? chanceToWin : 1 - chanceToWin;
    const lost = sign > 0 ? risk.treatment : risk.control;
    if (chance >= design.rule.chanceToWin && lost !== null && lost <= design.rule.maxRisk) return "better";
    return chance <= 1 - design.rule.chanceToWin ? "worse" : "unclear";
  }
  if (adjusted === null || adjusted >= design.alpha || analysis.estimate === null) return "unclear";
  return analysis.estimate * sign > 0 ? "better" : "worse";
}

/** A guardrail against its margin: the whole interval has to be on one side of it. */
export function guardrailMovement({ metric, analysis }: Comparison): Movement {
  const [low, high] = analysis.interval;
  if (low === null || high === null) return "unclear";
  const [worst, best] = metric.better === "up" ? [low, high] : [-high, -low];
  if (best < -metric.margin) return "worse";
  return worst >= -metric.margin ? "better" : "unclear";
}

/** The largest gain of the primary metric that its interval leaves possible is below what would matter. */
function tooSmallToMatter({ metric, analysis }: Comparison, design: Design): boolean {
  const [low, high] = analysis.interval;
  const best = metric.better === "up" ? high : low === null ? null : -low;
  return best !== null && best < design.minimalEffect;
}

type ArmVerdict = { said: Said; why: string };

function armVerdict(comparisons: readonly Comparison[], design: Design, method: Method, complete: boolean): ArmVerdict {
  const guardrails = comparisons.filter(({ metric }) => metric.role === "guardrail");
  const harmed = guardrails.find((one) => guardrailMovement(one) === "worse");
  if (harmed) return { said: "do-not-ship", why: `${harmed.metric.name} is worse than its margin allows` };
  const worse = comparisons.find((one) => isGoal(one.metric) && goalMovement(one, design, method) === "worse");
  if (worse) return { said: "do-not-ship", why: `${worse.metric.name} became worse` };
  const primary = comparisons.find(({ metric }) => metric.role === "primary");
  if (!primary) return { said: "keep-running", why: "Nothing is counted yet" };
  const { name } = primary.metric;
  if (goalMovement(primary, design, method) === "better") {
    const open = guardrails.find((one) => guardrailMovement(one) === "unclear");
    if (!open)
      return { said: "ship", why: `${name} became better${guardrails.length > 0 ? " and every guardrail holds" : ""}` };
    return {
      said: complete ? "cannot-tell" : "keep-running",
      why: `${name} became better, but ${open.metric.name} is not yet safe`,
    };
  }
  if (!complete) return { said: "keep-running", why: `${name} cannot be told from no change yet` };
  return tooSmallToMatter(primary, design)
    ? { said: "do-not-ship", why: `A change of ${name} that would matter can be ruled out` }
    : { said: "cannot-tell", why: `At the planned size ${name} could be unchanged, or better by what would matter` };
}

const HIDDEN_WHY: Readonly<Record<Hidden, string>> = {
  "no-data": "Nothing is counted yet",
  "sample-ratio": "The units are not split as planned, so no result can be trusted",
  "not-reached": "The planned size is not reached, and a fixed horizon shows nothing before",
};

const ORDER: readonly Said[] = ["ship", "keep-running", "cannot-tell", "do-not-ship"];

/** What the rule that was set before the start says now. Of several arms the best one that may be shipped. */
export function shipVerdict(
  comparisons: readonly Comparison[],
  { design, method, complete, hidden }: { design: Design; method: Method; complete: boolean; hidden: Hidden | null },
): Verdict {
  if (hidden !== null)
    return { said: hidden === "sample-ratio" ? "cannot-tell" : "keep-running", arm: null, why: HIDDEN_WHY[hidden] };
  const verdicts = [...new Set(comparisons.map(({ arm }) => arm.key))].map((key) => {
    const own = comparisons.filter(({ arm }) => arm.key === key);
    const primary = own.find(({ metric }) => metric.role === "primary");
    const gain = (primary?.analysis.estimate ?? 0) * turned(primary?.metric.better ?? "up");
    return { key, gain, ...armVerdict(own, design, method, complete) };
  });
  const [best] = verdicts.toSorted((a, b) => ORDER.indexOf(a.said) - ORDER.indexOf(b.said) || b.gain - a.gain);
  if (!best) return { said: "keep-running", arm: null, why: HIDDEN_WHY["no-data"] };
  return { said: best.said, arm: best.said === "ship" ? best.key : null, why: best.why };
}
