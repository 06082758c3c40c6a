"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { acknowledgeAlert, takeBackNote } from "./mutations";
import { alertReadSchema } from "./schema";

export const acknowledge = defineAction({
  permission: "alert:acknowledge",
  input: alertReadSchema,
  run: ({ actor, input }) => acknowledgeAlert(actor, input, clock.now()),
});

export const unacknowledge = defineAction({
  permission: "alert:acknowledge",
  input: alertReadSchema,
  run: ({ actor, input }) => takeBackNote(actor, input, clock.now()),
});
