import "server-only";
import { startRun } from "@/lib/agents/mutations/runs";
import { findLatestRun } from "@/lib/agents/queries/runs";
import { db } from "@/lib/db";
import { coordinatorActor } from "./agent-actor";
import { modelLabel } from "./run-runtime";

const WEEK_MS = 7 * 86_400_000;

/** While the stage of a venture runs, the Coordinator looks at what the crew has put out once a week, whoever else asks it to. */
export async function beginDueCoordination(ventureId: string, now: Date): Promise<void> {
  const stage = await db.stageRun.findFirst({ where: { ventureId }, orderBy: { ordinal: "desc" } });
  if (stage?.status !== "running") return;
  const by = coordinatorActor(ventureId);
  const task = { ventureId, agent: "coordinator", task: "coordinate" };
  const last = await findLatestRun(by, task);
  if (last && now.getTime() - last.createdAt.getTime() < WEEK_MS) return;
  await startRun(by, { ...task, model: modelLabel() }, now);
}
