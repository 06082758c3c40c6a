"use server";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { excludeComparable, importComparables } from "./mutations/comparables";
import { excludeComparableSchema, loadComparablesSchema } from "./schema/comparables";

export const submitComparables = defineAction({
  permission: "valuation:edit",
  input: loadComparablesSchema,
  run: ({ actor, input }) => importComparables(actor, input, clock.now()),
});

export const submitComparableExclusion = defineAction({
  permission: "valuation:edit",
  input: excludeComparableSchema,
  run: ({ actor, input }) => excludeComparable(actor, input, clock.now()),
});
