"use server";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { keepSplit, writeFundsFlow } from "./mutations/split-plans";
import { keepSplitSchema, writeFundsFlowSchema } from "./schema/split";

export const submitSplit = defineAction({
  permission: "deal:edit",
  input: keepSplitSchema,
  run: ({ actor, input }) => keepSplit(actor, input, clock.now()),
});

export const submitFundsFlow = defineAction({
  permission: "deal:edit",
  input: writeFundsFlowSchema,
  run: ({ actor, input }) => writeFundsFlow(actor, input.ventureId, clock.now()),
});
