"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { changeRisk, openRisk } from "../mutations/risks";
import { changeRiskSchema, openRiskSchema } from "../schema/risks";

export const addRisk = defineAction({
  permission: "risk:edit",
  input: openRiskSchema,
  run: ({ actor, input }) => openRisk(actor, input, clock.now()),
});

export const saveRisk = defineAction({
  permission: "risk:edit",
  input: changeRiskSchema,
  run: ({ actor, input }) => changeRisk(actor, input, clock.now()),
});
