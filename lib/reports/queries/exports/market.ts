import "server-only";
import { db } from "@/lib/db";
import { AppError } from "@/lib/errors";
import { listComparables } from "@/lib/market/queries/comparables";
import { findTiming } from "@/lib/market/queries/timing-page";
import { day, type ExportCell, figureCells, figureColumns, number } from "../../rules/export-table";
import { exportTable, mapRows, ofVenture, paged, ventureInSight } from "./table";

const LABELS = "Kind,Name,Metric,Multiple,Date,Source,Left out because";

/** The venture's multiples as they are stored, with why one does not count. */
export const comparables = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const found = await listComparables(actor, venture.id);
    const rows = found.map(({ kind, name, metric, multiple, date, source, excluded }): ExportCell[] => [
      ...[kind, name, metric, number(multiple, "multiple"), day(date), source, excluded],
    ]);
    return {
      ...{ title: "Comparables", subject: venture.slug, ventureId: venture.id, rows },
      columns: LABELS.split(",").map((label) => ({ label })),
    };
  },
});

/** Every figure of exit timing: drivers with their percentiles, the score, the worth of waiting, the answer. */
export const timing = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await findTiming(actor, venture.id, now);
    if (!page) throw new AppError("NOT_FOUND");
    const rows = Object.entries(page.figures).map(([part, figure]): ExportCell[] => [
      ...[part, figure.label, day(figure.asOf.slice(0, 10))],
      ...figureCells(figure, null),
    ]);
    return {
      ...{ title: "Exit timing", subject: venture.slug, ventureId: venture.id, rows },
      columns: [{ label: "Part" }, { label: "Measure" }, { label: "As of" }, ...figureColumns("Value")],
    };
  },
});

const SERIES_LABELS = "Series,Name,Kind,Unit,Day,Value,Known since,Source,File,Line";

/** Every value of the market that stands, with its vintage and the line of the file that said so. */
export const marketSeries = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const found = paged((after: bigint | null, take) =>
      db.marketPoint.findMany({
        where: { supersededAt: null, ...(after === null ? {} : { id: { gt: after } }) },
        include: { series: true, load: { select: { fileName: true } } },
        ...{ orderBy: { id: "asc" as const }, take },
      }),
    );
    return {
      ...{ title: "Market series", subject: venture.slug, ventureId: venture.id },
      columns: SERIES_LABELS.split(",").map((label) => ({ label })),
      rows: mapRows(found, ({ series, load, day: of, value, knownOn, rowNumber }): ExportCell[] => [
        ...[series.key, series.label, series.kind, series.unit, day(of), number(value.toFixed())],
        ...[day(knownOn), series.source, load.fileName, number(rowNumber)],
      ]),
    };
  },
});
