"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { loadInitiatives, previewInitiatives, undoInitiatives } from "../mutations/initiatives/initiative-file";
import { initiativeFileSchema, undoInitiativeFileSchema } from "../schema/initiative-file";

export const previewInitiativeFile = defineAction({
  permission: "venture:configure",
  input: initiativeFileSchema,
  run: ({ actor, input }) => previewInitiatives(actor, input, clock.now()),
});

export const takeInitiativeFile = defineAction({
  permission: "venture:configure",
  input: initiativeFileSchema,
  run: ({ actor, input }) => loadInitiatives(actor, input, clock.now()),
});

export const undoInitiativeFile = defineAction({
  permission: "venture:configure",
  input: undoInitiativeFileSchema,
  run: ({ actor, input }) => undoInitiatives(actor, input, clock.now()),
});
