"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { pauseAll, resumeAll } from "../mutations/autonomy/pause";
import { clearRow, liftDemotion, setRow } from "../mutations/autonomy/rows";
import { clearRowSchema, liftSchema, pauseSchema, resumeSchema, setRowSchema } from "../schema/autonomy";

export const setPolicyRow = defineAction({
  permission: "policy:change",
  input: setRowSchema,
  run: ({ actor, input }) => setRow(actor, input, clock.now()),
});

export const clearPolicyRow = defineAction({
  permission: "policy:change",
  input: clearRowSchema,
  run: ({ actor, input }) => clearRow(actor, input, clock.now()),
});

export const giveRightBack = defineAction({
  permission: "policy:change",
  input: liftSchema,
  run: ({ actor, input }) => liftDemotion(actor, input, clock.now()),
});

export const pauseAgents = defineAction({
  permission: "pause:all",
  input: pauseSchema,
  run: ({ actor, input }) => pauseAll(actor, input.reason, clock.now()),
});

export const resumeAgents = defineAction({
  permission: "pause:all",
  input: resumeSchema,
  run: ({ actor, input }) => resumeAll(actor, input.pauseId, clock.now()),
});
