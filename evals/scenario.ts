import type { Computed, Tool } from "@/lib/agents/define-tool";
import { allTools } from "@/lib/agents/registry";
import type { AgentName } from "@/lib/agents/schema";
import { ok, refuse } from "@/lib/errors";
import { makeFigure } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";

/** A fixed case with a known right answer: what every tool says, what is asked, and by which rules the answer is scored. */
export type Scenario = {
  id: string;
  /** What is right, and why; a reader of a failed line needs nothing else. */
  right: string;
  agent: AgentName;
  task: string;
  question?: string;
  /** What the tools answer about the venture; every other tool over stored data has nothing stored. */
  answers: (venture: string) => Readonly<Record<string, Computed<unknown>>>;
  expect: Expectations;
};

export type Expectations = {
  /** Keys of figures that the answer must quote, and must not. */
  cites?: readonly string[];
  neverCites?: readonly string[];
  says?: readonly RegExp[];
  /** Also of what it proposes and escalates. */
  neverSays?: readonly RegExp[];
  calls?: readonly string[];
  neverCalls?: readonly string[];
  /** Of a call that must have been made: what its input must hold, as text. */
  inputs?: Readonly<Record<string, RegExp>>;
  /** Exactly these matters are brought before the chairman. */
  escalates?: readonly string[];
};

const AS_OF = "2026-10-31";

/** A stored figure of the venture, by key. */
export const fixedFigure = (
  venture: string,
  key: string,
  value: string | null,
  unit: Figure["unit"],
  label = key,
): Figure =>
  makeFigure({
    ...{ label, value, unit, asOf: AS_OF, formula: label },
    ...(value === null ? { reason: "no-data" } : {}),
    method: key.includes(".") ? `${key}@1` : `metrics.venture.${key}@1`,
    inputs: { venture: { value: venture } },
    sources: [{ kind: "dataset", ventureId: venture, dataset: "metric:revenue", version: 1, rows: 12, filter: {} }],
  });

/** The key of a figure, however its method is spelled. */
export const keyOf = (method: string): string => method.replace(/^metrics\.venture\./, "").replace(/@\d+$/, "");

/** The registry as it is, names, inputs and rows of the matrix included; what is stored is what the scenario says. */
export async function fixedTools(scenario: Scenario, venture: string): Promise<Tool[]> {
  const answers = scenario.answers(venture);
  return (await allTools()).map((tool): Tool => {
    if (tool.pure) return tool;
    const answer = answers[tool.name];
    return {
      ...tool,
      run: () =>
        answer
          ? ok(answer)
          : refuse("NO_DATA", [{ path: "", expected: "something stored; there is nothing of this kind" }]),
    };
  });
}

/** What a tool that proposes says once the chairman is asked. */
export const ASKED: Computed<unknown> = {
  result: { proposalId: "p", memoId: "m", outcome: "ask", title: "A proposal", repeated: false },
};
