"use server";
import { defineAction } from "@/lib/auth/define-action";
import { configureVenture, createVenture, initiateStage40 } from "./mutations";
import { configureVentureSchema, createVentureSchema, initiateStage40Schema } from "./schema";

export const submitVenture = defineAction({
  permission: "venture:configure",
  input: createVentureSchema,
  run: ({ actor, input }) => createVenture(actor, input),
});

export const submitVentureSettings = defineAction({
  permission: "venture:configure",
  input: configureVentureSchema,
  run: ({ actor, input }) => configureVenture(actor, input),
});

export const submitStage40 = defineAction({
  permission: "venture:configure",
  input: initiateStage40Schema,
  run: ({ actor, input }) => initiateStage40(actor, input.ventureId, { overrideReason: input.overrideReason }),
});
