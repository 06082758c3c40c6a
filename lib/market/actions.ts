"use server";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { excludeComparable } from "./mutations/comparables";
import { defineSeries, loadSeriesFile, undoSeriesLoad } from "./mutations/series";
import { readTable } from "./mutations/series-table";
import { keepTiming } from "./mutations/timing";
import { previewSeriesFile } from "./queries/series-preview";
import { excludeComparableSchema } from "./schema/comparables";
import { newSeriesSchema, seriesFileSchema, seriesTableSchema, undoSeriesLoadSchema } from "./schema/series";
import { keepTimingSchema } from "./schema/timing";

export const submitComparableExclusion = defineAction({
  permission: "valuation:edit",
  input: excludeComparableSchema,
  run: ({ actor, input }) => excludeComparable(actor, input, clock.now()),
});

export const submitSeries = defineAction({
  permission: "valuation:edit",
  input: newSeriesSchema,
  run: ({ actor, input }) => defineSeries(actor, input, clock.now()),
});

/** What a workbook or a server holds, as the text of a file whose columns a person then points at. */
export const readSeriesTable = defineAction({
  permission: "valuation:edit",
  input: seriesTableSchema,
  run: ({ actor, input }) => readTable(actor, input),
});

export const previewSeries = defineAction({
  permission: "valuation:edit",
  input: seriesFileSchema,
  run: ({ input }) => previewSeriesFile(input, clock.now()),
});

export const submitSeriesFile = defineAction({
  permission: "valuation:edit",
  input: seriesFileSchema,
  run: ({ actor, input }) => loadSeriesFile(actor, input, clock.now()),
});

export const submitSeriesUndo = defineAction({
  permission: "valuation:edit",
  input: undoSeriesLoadSchema,
  run: ({ actor, input }) => undoSeriesLoad(actor, input.loadId, clock.now()),
});

export const submitTiming = defineAction({
  permission: "valuation:edit",
  input: keepTimingSchema,
  run: ({ actor, input }) => keepTiming(actor, input, clock.now()),
});
