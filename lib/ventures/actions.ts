"use server";
import { defineAction } from "@/lib/auth/define-action";
import { configureVenture, createVenture, initiateStage40 } from "./mutations";
import { archiveVenture, changeVenture, nameOwner, restoreVenture } from "./mutations/facts";
import {
  archiveVentureSchema,
  changeVentureSchema,
  configureVentureSchema,
  createVentureSchema,
  initiateStage40Schema,
  nameOwnerSchema,
  ventureIdSchema,
} from "./schema";

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

export const submitVentureFacts = defineAction({
  permission: "venture:configure",
  input: changeVentureSchema,
  run: ({ actor, input }) => changeVenture(actor, input),
});

export const submitOwner = defineAction({
  permission: "venture:configure",
  input: nameOwnerSchema,
  run: ({ actor, input }) => nameOwner(actor, input),
});

export const submitArchive = defineAction({
  permission: "venture:configure",
  input: archiveVentureSchema,
  run: ({ actor, input }) => archiveVenture(actor, input.ventureId, input.reason),
});

export const submitRestore = defineAction({
  permission: "venture:configure",
  input: ventureIdSchema,
  run: ({ actor, input }) => restoreVenture(actor, input.ventureId),
});
