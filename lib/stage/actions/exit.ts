"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { orderExit, startExitPreparation } from "../mutations/exit-preparation";
import { orderExitSchema, startExitSchema } from "../schema/exit";

export const submitExitStart = defineAction({
  permission: "venture:configure",
  input: startExitSchema,
  run: ({ actor, input }) => startExitPreparation(actor, input.ventureId, clock.now()),
});

/** To look again is for who may start runs; to pause, resume and cancel is the chairman's. */
export const submitExitOrder = defineAction({
  permission: "run:start",
  input: orderExitSchema,
  run: ({ actor, input }) => orderExit(actor, input, clock.now()),
});
