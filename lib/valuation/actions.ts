"use server";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { keepValuation } from "./mutations/keep";
import { keepValuationSchema } from "./schema/venture";

export const submitValuation = defineAction({
  permission: "valuation:edit",
  input: keepValuationSchema,
  run: ({ actor, input }) => keepValuation(actor, input, clock.now()),
});
