"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { liftImpediment, recordImpediment } from "../mutations/impediments";
import { liftImpedimentSchema, recordImpedimentSchema } from "../schema/impediments";

export const submitImpediment = defineAction({
  permission: "deal:edit",
  input: recordImpedimentSchema,
  run: ({ actor, input }) => recordImpediment(actor, input, clock.now()),
});

export const submitLift = defineAction({
  permission: "deal:edit",
  input: liftImpedimentSchema,
  run: ({ actor, input }) => liftImpediment(actor, input, clock.now()),
});
