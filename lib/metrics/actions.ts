"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { correctAndRefresh, markAndRefresh } from "./mutations";
import { bookOfRecordSchema, correctionSchema } from "./schema";

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
