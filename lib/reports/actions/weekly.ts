"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { orderCorrection, orderPreview } from "@/lib/workflows/weekly-orders";
import { moveWeeklyZone } from "../mutations/weekly/schedule";
import { correctWeeklySchema, previewWeeklySchema, weeklyZoneSchema } from "../schema/weekly";

/** The week that goes on, as it stands now: marked as a preview, and no record of the week. */
export const previewWeekly = defineAction({
  permission: "run:start",
  input: previewWeeklySchema,
  run: async ({ actor, input }) => orderPreview(actor, input.scope, clock.now()),
});

/** The same week once more, from what is stored now, as the next revision with its reason; the one before stays. */
export const correctWeekly = defineAction({
  permission: "run:start",
  input: correctWeeklySchema,
  run: async ({ actor, input }) => orderCorrection(actor, input),
});

export const setWeeklyZone = defineAction({
  permission: "venture:configure",
  input: weeklyZoneSchema,
  run: async ({ actor, input }) => moveWeeklyZone(actor, input, clock.now()),
});
