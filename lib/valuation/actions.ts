"use server";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { keepValuation } from "./mutations/keep";
import { keepPlan } from "./mutations/optimization";
import { writeValuationReport } from "./mutations/report";
import { keepPlanSchema } from "./schema/optimization";
import { keepValuationSchema, valuationReportSchema } from "./schema/venture";

export const submitValuation = defineAction({
  permission: "valuation:edit",
  input: keepValuationSchema,
  run: ({ actor, input }) => keepValuation(actor, input, clock.now()),
});

export const submitValuationReport = defineAction({
  permission: "valuation:edit",
  input: valuationReportSchema,
  run: ({ actor, input }) => writeValuationReport(actor, input.ventureId, clock.now()),
});

export const submitPlan = defineAction({
  permission: "valuation:edit",
  input: keepPlanSchema,
  run: ({ actor, input }) => keepPlan(actor, input, clock.now()),
});
