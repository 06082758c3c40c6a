import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { type FieldProblem, type Result, refuse } from "@/lib/errors";
import type { Figure } from "@/lib/figures/schema";
import { outsideRow } from "./matrix";
import type { AgentName, Resource, ToolAnswer, ToolFailure } from "./schema";

export type Computed<T> = {
  result: T;
  figures?: Figure[];
  /** Each convention that the computation used, by name. */
  conventions?: Record<string, string>;
  warnings?: string[];
};

export type ToolRefusal = "INVALID_INPUT" | "CONTRADICTION" | "NO_DATA" | "NOT_FOUND" | "FORBIDDEN" | "INTERNAL";

/** Who calls: a computing tool ignores it, a tool over stored data is scoped by it. */
export type ToolCall = { actor: Actor | null; agent: AgentName | null; runId: string | null; now: Date };

export type Tool<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> = {
  /** "<domain>.<verb or noun>" as in spec/tools. */
  name: string;
  description: string;
  input: I;
  output: O;
  /** A tool reads or proposes; nothing that an agent can call writes anything else. */
  effect: "read" | "propose";
  /** Needs neither database nor network: pure arithmetic over its input. */
  pure: boolean;
  /** Rows of the interaction matrix (spec/stage-40, section 3). */
  reads: readonly Resource[];
  writes: readonly Resource[];
  // A method, so that a tool of any input fits the list of all tools.
  run(
    input: z.output<I>,
    call: ToolCall,
  ): Promise<Result<Computed<z.output<O>>, ToolRefusal>> | Result<Computed<z.output<O>>, ToolRefusal>;
};

export function defineTool<I extends z.ZodType, O extends z.ZodType>(tool: Tool<I, O>): Tool<I, O> {
  return tool;
}

/** A refusal that names the field: `invalid("classes[1].capMultiple", "a multiple of at least 1")`. */
export const invalid = (path: string, expected: string) => refuse("INVALID_INPUT" as const, [{ path, expected }]);
export const contradiction = (path: string, expected: string) => refuse("CONTRADICTION" as const, [{ path, expected }]);

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text ? `${text}.${String(key)}` : String(key)),
    "",
  );

function failure(code: string, problems: readonly FieldProblem[]): ToolFailure {
  const message = problems
    .map((problem) => (problem.path ? `${problem.path}: ${problem.expected}` : problem.expected))
    .join("; ");
  return { ok: false, error: { code, message: message || code, path: problems[0]?.path ?? "" } };
}

const depthOf = (issues: readonly z.core.$ZodIssue[]): number => Math.max(0, ...issues.map(({ path }) => path.length));

/** Of alternatives that all fail, the one that was read furthest says what is wrong, where one was read at all. */
function problemsOf(issue: z.core.$ZodIssue, above: readonly PropertyKey[] = []): FieldProblem[] {
  const path = [...above, ...issue.path];
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ path: pathOf([...path, key]), expected: "no field of this name" }));
  if (issue.code === "invalid_union") {
    const [furthest = []] = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a));
    if (depthOf(furthest) > 0) return furthest.flatMap((inner) => problemsOf(inner, path));
  }
  return [{ path: pathOf(path), expected: issue.message }];
}

/** What an agent is told that reached outside its row of the interaction matrix. */
export const OUTSIDE_ROW = "FORBIDDEN_OUTSIDE_ROW";
const outside = (resources: readonly Resource[]): string =>
  `Outside the agent's row of the interaction matrix: ${resources.join(", ")}.`;

/**
 * One door for the four faces: an agent meets its row of the matrix first; then the input is checked, the tool runs and
 * answers. Never throws for bad input.
 */
export async function callTool(
  tool: Tool,
  raw: unknown,
  call: ToolCall,
): Promise<({ ok: true } & ToolAnswer) | ToolFailure> {
  const beyond = call.agent ? outsideRow(call.agent, tool) : [];
  if (beyond.length > 0) return { ok: false, error: { code: OUTSIDE_ROW, message: outside(beyond), path: "" } };
  const input = tool.input.safeParse(raw);
  if (!input.success) {
    return failure(
      "INVALID_INPUT",
      input.error.issues.flatMap((issue) => problemsOf(issue)),
    );
  }
  const outcome = await tool.run(input.data, call);
  if (!outcome.ok) return failure(outcome.refusal, outcome.problems ?? []);
  const { result, figures = [], conventions = {}, warnings = [] } = outcome.value;
  return { ok: true, result, figures, conventions, warnings };
}

export const jsonSchemas = (tool: Tool): { input: unknown; output: unknown } => ({
  input: z.toJSONSchema(tool.input, { io: "input", unrepresentable: "any" }),
  output: z.toJSONSchema(tool.output, { io: "output", unrepresentable: "any" }),
});
