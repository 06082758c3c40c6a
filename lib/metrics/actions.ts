"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { correctAndRefresh, markAndRefresh } from "./mutations";
import { addRate, takeBackRate } from "./mutations/rates";
import { bookOfRecordSchema, correctionSchema, rateSchema, takeBackRateSchema } from "./schema";

export const correctValue = defineAction({
  permission: "data:correct",
  input: correctionSchema,
  run: ({ actor, input }) => correctAndRefresh(actor, input, clock.now()),
});

export const markBookOfRecord = defineAction({
  permission: "data:correct",
  input: bookOfRecordSchema,
  run: ({ actor, input }) => markAndRefresh(actor, input, clock.now()),
});

export const submitRate = defineAction({
  permission: "data:import",
  input: rateSchema,
  run: ({ actor, input }) => addRate(actor, input, clock.now()),
});

export const submitRateTakenBack = defineAction({
  permission: "data:import",
  input: takeBackRateSchema,
  run: ({ actor, input }) => takeBackRate(actor, input, clock.now()),
});
