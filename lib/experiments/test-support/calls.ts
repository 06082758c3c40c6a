import { expect } from "vitest";
import { callTool } from "@/lib/agents/define-tool";
import { experimentTools } from "../tools";

export async function call(name: string, input: unknown) {
  const tool = experimentTools.find((one) => one.name === `experiments.${name}`);
  if (!tool) throw new Error(`no tool experiments.${name}`);
  return callTool(tool, input, { actor: null, agent: null, runId: null, now: new Date("2026-11-22T12:00:00Z") });
}

export async function resultOf(name: string, input: unknown): Promise<Record<string, unknown>> {
  const answer = await call(name, input);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.result as Record<string, unknown>;
}

export type Expected = Readonly<Record<string, unknown>>;

/** Every number of `expected` within the tolerance; everything else equal. */
export function near(got: unknown, expected: unknown, tolerance: number, path = "result"): void {
  if (typeof expected === "number") {
    expect(typeof got, path).toBe("number");
    const distance = Math.abs((got as number) - expected);
    expect(distance, `${path}: ${got} for ${expected}`).toBeLessThanOrEqual(
      Math.max(tolerance, tolerance * Math.abs(expected)),
    );
  } else if (expected !== null && typeof expected === "object") {
    for (const [key, value] of Object.entries(expected))
      near((got as Record<string, unknown>)[key], value, tolerance, `${path}.${key}`);
  } else expect(got, path).toEqual(expected);
}
