import "server-only";
import { z } from "zod";
import type { FigureView } from "@/lib/figures/schema";
import { getForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import {
  ACCURACY_MEASURES,
  FORECAST_HORIZONS,
  FORECAST_LEVELS,
  forecastMetricSchema,
} from "@/lib/growth/schema/venture-forecast";
import { type ExportCell, figureCells, figureColumns } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const LEVELS = FORECAST_LEVELS.map((level) => `${level * 100} %`);
const ENDS = ["", " widened"].flatMap((kind) =>
  LEVELS.flatMap((level) => ["low", "high"].map((end) => `${level} ${end}${kind}`)),
);
const query = ofVenture.extend({
  metric: forecastMetricSchema.optional(),
  months: z.enum(FORECAST_HORIZONS.map(String)).default("12"),
});

type Month = { month: string; kind: string; value: FigureView; ends?: (FigureView | undefined)[]; chance?: FigureView };

const rowOf = ({ month, kind, value, ends = [], chance }: Month): ExportCell[] => [
  ...[month, kind, ...figureCells(value, null)],
  ...ENDS.flatMap((_, index) => figureCells(ends[index], null)),
  ...figureCells(chance, null),
];

/** The months of a metric as the forecast page has them: what was, what is planned, what may come. */
export const forecast = exportTable({
  query,
  open: async ({ actor, now }, { venture: slug, metric, months }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await getForecastPage(actor, venture.id, { metric: metric ?? null, horizon: Number(months) }, now);
    const rows: Month[] = [
      ...page.actual.map(({ month, figure }) => ({ month, kind: "actual", value: figure })),
      ...page.ahead.map(({ month, point, bands, wide, chanceHigher }) => ({
        ...{ month, kind: "forecast", value: point, chance: chanceHigher },
        ends: [...bands, ...wide].flatMap(({ low, high }) => [low, high]),
      })),
      ...page.plan.map(({ month, figure }) => ({ month, kind: "plan", value: figure })),
    ];
    const ends = ENDS.flatMap(figureColumns);
    return {
      ...{ title: `${page.label} forecast`, subject: venture.slug, ventureId: venture.id },
      columns: [
        ...[{ label: "Month" }, { label: "Kind" }, ...figureColumns(page.label), ...ends],
        ...figureColumns("Chance above today"),
      ],
      rows: rows.map(rowOf),
    };
  },
});

/** How the method of a forecast would have done at past months. */
export const forecastAccuracy = exportTable({
  query: query.omit({ months: true }),
  open: async ({ actor, now }, { venture: slug, metric }) => {
    const venture = await ventureInSight(actor, slug);
    const { label, accuracy } = await getForecastPage(actor, venture.id, { metric: metric ?? null, horizon: 12 }, now);
    return {
      ...{ title: `${label}, how the forecast would have done`, subject: venture.slug, ventureId: venture.id },
      columns: [{ label: "Measure", width: 44 }, ...figureColumns("Value"), { label: "How to read it", width: 60 }],
      rows: ACCURACY_MEASURES.map(({ key, label: measure, meaning }): ExportCell[] => [
        measure,
        ...figureCells(accuracy[key], null),
        meaning,
      ]),
    };
  },
});
