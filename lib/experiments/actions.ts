"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import * as mutations from "./mutations";
import { previewCounts } from "./queries/preview";
import { countsSchema, decideSchema, draftSchema, importSchema, startSchema, stopSchema } from "./schema/design";

export const saveDraft = defineAction({
  permission: "experiment:run",
  input: draftSchema,
  run: ({ actor, input }) => mutations.draftExperiment(actor, input, clock.now()),
});

export const startExperiment = defineAction({
  permission: "experiment:run",
  input: startSchema,
  run: ({ actor, input }) => mutations.startExperiment(actor, input, clock.now()),
});

export const previewImport = defineAction({
  permission: "experiment:run",
  input: countsSchema,
  run: ({ actor, input }) => previewCounts(actor, input),
});

export const importCounts = defineAction({
  permission: "experiment:run",
  input: importSchema,
  run: ({ actor, input }) => mutations.importCounts(actor, input, clock.now()),
});

export const decideExperiment = defineAction({
  permission: "experiment:run",
  input: decideSchema,
  run: ({ actor, input }) => mutations.decideExperiment(actor, input, clock.now()),
});

export const stopExperiment = defineAction({
  permission: "experiment:run",
  input: stopSchema,
  run: ({ actor, input }) => mutations.stopExperiment(actor, input, clock.now()),
});
