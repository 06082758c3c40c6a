"use server";
import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import { modelLabel } from "@/lib/workflows/run-runtime";
import { requestStop, startAsk, startRun } from "./mutations/runs";
import { findRunInput, getRun } from "./queries/runs";
import { AGENTS } from "./schema";

/** Returns at once; the run goes on in a worker and is read from its stream. While one runs, it is that one. */
export const startGrowthAnalysis = defineAction({
  permission: "run:start",
  input: z.object({ ventureId: z.uuid() }),
  run: async ({ actor, input: { ventureId } }) =>
    ok(await startRun(actor, { ventureId, agent: "growth", task: "analyse", model: modelLabel() }, clock.now())),
});

/** The same of the Exit Preparation Advisor. */
export const startExitPreparation = defineAction({
  permission: "run:start",
  input: z.object({ ventureId: z.uuid() }),
  run: async ({ actor, input: { ventureId } }) =>
    ok(await startRun(actor, { ventureId, agent: "exit", task: "prepare", model: modelLabel() }, clock.now())),
});

/** The same of the Value Realization Manager. */
export const startDealReview = defineAction({
  permission: "run:start",
  input: z.object({ ventureId: z.uuid() }),
  run: async ({ actor, input: { ventureId } }) =>
    ok(await startRun(actor, { ventureId, agent: "value", task: "review", model: modelLabel() }, clock.now())),
});

/** The Coordinator reads what the three have put out, escalates, and writes the stage status report. */
export const startCoordination = defineAction({
  permission: "run:start",
  input: z.object({ ventureId: z.uuid() }),
  run: async ({ actor, input: { ventureId } }) =>
    ok(
      await startRun(actor, { ventureId, agent: "coordinator", task: "coordinate", model: modelLabel() }, clock.now()),
    ),
});

/** A question about the venture; its answer is read from the run's stream. */
export const askSpecialist = defineAction({
  permission: "run:start",
  input: z.object({
    ventureId: z.uuid(),
    agent: z.enum(AGENTS).default("growth"),
    question: z.string().trim().min(3, "a question").max(500),
  }),
  run: ({ actor, input: { ventureId, agent, question } }) =>
    startAsk(actor, { ventureId, agent, model: modelLabel(), input: { question } }, clock.now()),
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
    const again = { ventureId, agent, task, model: modelLabel(), input: await findRunInput(runId) };
    return ok(await startRun(actor, again, clock.now()));
  },
});
