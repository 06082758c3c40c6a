import { AppError } from "@/lib/errors";
import type { AgentSpec, TaskSpec } from "./agent";
import { coordinator } from "./coordinator";
import { exitAdvisor } from "./exit";
import { growthSpecialist } from "./growth";
import { MATRIX } from "./matrix";
import type { AgentName } from "./schema";
import { valueManager } from "./value";

const CREW: Readonly<Record<string, AgentSpec>> = {
  growth: growthSpecialist,
  exit: exitAdvisor,
  value: valueManager,
  coordinator,
} satisfies Record<AgentName, AgentSpec>;

export function agentOf(name: string): AgentSpec {
  const spec = CREW[name];
  if (!spec) throw new AppError("NOT_FOUND");
  return spec;
}

export function taskOf(spec: AgentSpec, name: string): TaskSpec {
  const task = spec.tasks[name];
  if (!task) throw new AppError("NOT_FOUND");
  // What a task leaves behind is a write like any other.
  if (task.artefact && !MATRIX[spec.name].writes.includes(task.artefact.resource)) throw new AppError("FORBIDDEN");
  return task;
}

export const crewNames = (): string[] => Object.keys(CREW);

/** Every task there is, with what it writes and the tools that its plan names. */
export const crewTasks = () =>
  Object.values(CREW).flatMap(({ name: agent, tasks }) =>
    Object.entries(tasks).map(([task, { artefact, plan }]) => ({
      ...{ agent, task, artefact },
      tools: plan.flatMap(({ tool }) => tool ?? []),
    })),
  );
