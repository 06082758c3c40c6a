"use server";
import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { openCycle, orderCycle } from "./mutations/cycles";
import { cycleOrderSchema } from "./schema";

export const submitCycle = defineAction({
  permission: "run:start",
  input: z.object({ ventureId: z.uuid() }),
  run: ({ actor, input: { ventureId } }) => openCycle(actor, ventureId, clock.now()),
});

/** Pausing, resuming and cancelling are the chairman's; the mutation asks for that right. */
export const submitCycleOrder = defineAction({
  permission: "run:start",
  input: cycleOrderSchema,
  run: ({ actor, input }) => orderCycle(actor, input, clock.now()),
});
