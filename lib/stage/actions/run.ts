"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { takeHandOver } from "../mutations/hand-over";
import { undoHandOver } from "../mutations/hand-over-undo";
import { overrideCriterion, takeBackOverride } from "../mutations/overrides";
import { orderStage } from "../mutations/run-orders";
import { handOverSchema, orderStageSchema, overrideSchema, takeBackSchema, undoHandOverSchema } from "../schema/run";

export const submitStageOrder = defineAction({
  permission: "venture:configure",
  input: orderStageSchema,
  run: ({ actor, input }) => orderStage(actor, input, clock.now()),
});

export const submitOverride = defineAction({
  permission: "venture:configure",
  input: overrideSchema,
  run: ({ actor, input }) => overrideCriterion(actor, input, clock.now()),
});

export const submitTakeBack = defineAction({
  permission: "venture:configure",
  input: takeBackSchema,
  run: ({ actor, input }) => takeBackOverride(actor, input, clock.now()),
});

export const submitHandOver = defineAction({
  permission: "stage:trigger",
  input: handOverSchema,
  run: ({ actor, input }) => takeHandOver(actor, input, clock.now()),
});

export const submitHandOverUndo = defineAction({
  permission: "stage:trigger",
  input: undoHandOverSchema,
  run: ({ actor, input }) => undoHandOver(actor, input, clock.now()),
});
