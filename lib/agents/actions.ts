"use server";
import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import { modelLabel } from "@/lib/workflows/run-runtime";
import { requestStop, startRun } from "./mutations/runs";
import { getRun } from "./queries/runs";

/** Returns at once; the run goes on in a worker and is read from its stream. While one runs, it is that one. */
export const startGrowthAnalysis = defineAction({
  permission: "run:start",
  input: z.object({ ventureId: z.uuid() }),
  run: async ({ actor, input: { ventureId } }) =>
    ok(await startRun(actor, { ventureId, agent: "growth", task: "analyse", model: modelLabel() }, clock.now())),
});

export const stopRun = defineAction({
  permission: "run:stop",
  input: z.object({ runId: z.uuid() }),
  run: ({ actor, input: { runId } }) => requestStop(actor, runId, clock.now()),
});

/** The same task on the same venture again, as a new run. */
export const retryRun = defineAction({
  permission: "run:start",
  input: z.object({ runId: z.uuid() }),
  run: async ({ actor, input: { runId } }) => {
    const { ventureId, agent, task } = await getRun(actor, runId);
    return ok(await startRun(actor, { ventureId, agent, task, model: modelLabel() }, clock.now()));
  },
});
