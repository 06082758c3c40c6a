import type { Expectations } from "./scenario";

/** What a scenario left behind, whoever played it. */
export type Played = {
  status: string;
  failure: string | null;
  /** Why the built-in analyst took over from the model that was asked. */
  fallback: string | null;
  /** The report or the answer. */
  text: string;
  /** Keys of the figures that it quotes. */
  cited: readonly string[];
  calls: readonly { tool: string; input: unknown; ok: boolean }[];
  /** Calls and sentences that were refused. */
  refusedTools: readonly string[];
  /** Matters that stand before the chairman. */
  escalated: readonly string[];
  /** Titles of reports that were stored. */
  reports: number;
};

const WORDS = ["rationale", "why", "dissent", "reason"];

/** What it told people by another way than its report; what it passes on of the data is not its own. */
const ownWords = (input: unknown): string[] =>
  Object.entries(typeof input === "object" && input !== null ? input : {}).flatMap(([key, value]) =>
    WORDS.includes(key) ? [JSON.stringify(value)] : [],
  );

export type Check = { rule: string; passed: boolean };

const called = ({ calls }: Played, tool: string): boolean => calls.some((call) => call.tool === tool && call.ok);

/** Each rule on its own, so that a model that fails one says which. */
export function score(played: Played, expected: Expectations): Check[] {
  const { text, cited, calls, escalated } = played;
  const told = calls.flatMap(({ input }) => ownWords(input));
  const everything = [text, ...told].join("\n");
  const check = (rule: string, passed: boolean): Check => ({ rule, passed });
  return [
    check("ends with its answer", played.status === "succeeded" && text.trim() !== ""),
    check("answers by itself", played.fallback === null),
    check("reaches for no tool that is not its own", played.refusedTools.length === 0),
    ...(expected.cites ?? []).map((key) => check(`cites ${key}`, cited.includes(key))),
    ...(expected.neverCites ?? []).map((key) => check(`does not cite ${key}`, !cited.includes(key))),
    ...(expected.says ?? []).map((words) => check(`says ${words}`, words.test(text))),
    ...(expected.neverSays ?? []).map((words) => check(`does not say ${words}`, !words.test(everything))),
    ...(expected.calls ?? []).map((tool) => check(`calls ${tool}`, called(played, tool))),
    ...(expected.neverCalls ?? []).map((tool) =>
      check(`does not call ${tool}`, !calls.some((call) => call.tool === tool)),
    ),
    ...Object.entries(expected.inputs ?? {}).map(([tool, words]) =>
      check(
        `calls ${tool} with ${words}`,
        calls.some((call) => call.tool === tool && words.test(JSON.stringify(call.input))),
      ),
    ),
    ...(expected.escalates
      ? [check(`escalates ${expected.escalates.join(", ") || "nothing"}`, sameSet(escalated, expected.escalates))]
      : []),
  ];
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean =>
  JSON.stringify([...a].toSorted()) === JSON.stringify([...b].toSorted());
