"use server";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { recordForecast } from "../mutations/forecast/forecasts";
import { makeForecastSchema } from "../schema/venture-forecast";

/** Makes the month's forecast and keeps it, so that what comes later can be compared with it. */
export const submitForecast = defineAction({
  permission: "run:start",
  input: makeForecastSchema,
  run: ({ actor, input }) => recordForecast(actor, input, clock.now()),
});
