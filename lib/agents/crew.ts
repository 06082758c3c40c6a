import { AppError } from "@/lib/errors";
import type { AgentSpec, TaskSpec } from "./agent";
import { exitAdvisor } from "./exit";
import { growthSpecialist } from "./growth";
import { valueManager } from "./value";

const CREW: Readonly<Record<string, AgentSpec>> = {
  growth: growthSpecialist,
  exit: exitAdvisor,
  value: valueManager,
};

export function agentOf(name: string): AgentSpec {
  const spec = CREW[name];
  if (!spec) throw new AppError("NOT_FOUND");
  return spec;
}

export function taskOf(spec: AgentSpec, name: string): TaskSpec {
  const task = spec.tasks[name];
  if (!task) throw new AppError("NOT_FOUND");
  return task;
}
