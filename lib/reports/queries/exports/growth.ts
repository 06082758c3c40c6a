import "server-only";
import { z } from "zod";
import { db } from "@/lib/db";
import { askedView } from "@/lib/figures/rules";
import type { Figure } from "@/lib/figures/schema";
import { findVentureDrivers } from "@/lib/growth/queries/drivers/drivers";
import { getForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import { getInitiatives } from "@/lib/growth/queries/initiatives/initiatives";
import { getVentureLevers } from "@/lib/growth/queries/levers/levers";
import { STANDING_PARTS } from "@/lib/growth/rules/initiatives/initiative-figures";
import { CHOICE_REASONS } from "@/lib/growth/schema";
import { forecastMetricSchema } from "@/lib/growth/schema/venture-forecast";
import { day, type ExportCell, figureCells, figureColumns, moment, money, number } from "../../rules/export-table";
import { exportTable, ofVenture, ventureInSight } from "./table";

const columns = (labels: string) => labels.split(",").map((label) => ({ label }));
const words = (part: string): string => part.charAt(0).toUpperCase() + part.slice(1);

/** The initiatives with what they cost, where they stand, what comes next and what they did. */
export const initiatives = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const { initiatives: lines } = await getInitiatives(actor, venture.id);
    const rows = await db.initiative.findMany({
      where: { ventureId: venture.id },
      include: { tasks: { select: { doneAt: true } } },
    });
    const byId = new Map(rows.map((row) => [row.id, row]));
    return {
      ...{ title: "Initiatives", subject: venture.slug, ventureId: venture.id },
      columns: [
        ...columns("Initiative,Lever,State,Why,Owner,Owner role,Approved budget,Raised since,Currency,Measure"),
        ...columns("Leading metric,Target,Starts,Started,Ended,Review,Milestones,Reached,Next milestone,Next due"),
        ...columns("Tasks,Tasks done,Tasks overdue,Effect,Effect by,Effect why,Stop rule"),
        ...STANDING_PARTS.flatMap((part) => figureColumns(words(part))),
      ],
      rows: lines.flatMap((line): ExportCell[][] => {
        const row = byId.get(line.id);
        if (!row) return [];
        const { next, verdict } = line;
        return [
          [
            ...[line.title, line.lever, line.status, row.statusReason, line.owner, line.ownerRole],
            ...[money(row.budgetMinor, row.currency), money(row.raisedMinor, row.currency), row.currency, line.measure],
            ...[row.leadingMetric, number(row.targetValue?.toFixed() ?? null), day(row.startsOn), day(row.startedOn)],
            ...[day(row.endedOn), day(row.reviewOn), number(line.milestones), number(line.reached)],
            ...[next?.title ?? null, day(next?.dueOn ?? null), number(row.tasks.length)],
            ...[number(row.tasks.filter(({ doneAt }) => doneAt !== null).length), number(line.overdue)],
            ...[verdict?.verdict ?? null, verdict?.method ?? null, verdict?.why ?? null, row.stopRule],
            ...STANDING_PARTS.flatMap((part) => figureCells(line.figures[part], null)),
          ],
        ];
      }),
    };
  },
});

/** Every entry of the ledgers: what was committed and spent, for what, by whom. */
export const initiativeSpend = exportTable({
  query: ofVenture,
  open: async ({ actor }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const found = await db.initiativeSpend.findMany({
      where: { initiative: { ventureId: venture.id } },
      include: { initiative: { select: { title: true } } },
      orderBy: [{ spentOn: "asc" }, { id: "asc" }],
    });
    return {
      ...{ title: "Spending on initiatives", subject: venture.slug, ventureId: venture.id },
      columns: columns("Initiative,Kind,Day,Amount,Currency,What for,Closes,Recorded by,Recorded,Entry"),
      rows: found.map((one): ExportCell[] => [
        ...[one.initiative.title, one.kind, day(one.spentOn), money(one.amountMinor, one.currency), one.currency],
        ...[one.what, one.closesId, one.recordedBy, moment(one.recordedAt), one.id],
      ]),
    };
  },
});

const LEVER_FIGURES = ["effect", "effectLow", "effectHigh", "cost", "roi", "roiLow", "roiHigh", "measure"] as const;
const LEVER_LABELS: Readonly<Record<(typeof LEVER_FIGURES)[number], string>> = {
  ...{ effect: "Revenue in 12 months", effectLow: "Low end", effectHigh: "High end", cost: "Cost" },
  ...{ roi: "Return in 24 months", roiLow: "Return low", roiHigh: "Return high", measure: "Measured by" },
};

/** The levers in their rank, each with its range, what it costs and whether it was chosen. */
export const levers = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const { levers: found, portfolio, through } = await getVentureLevers(actor, venture.id, null, now);
    const ask = { of: "growth.levers", args: { venture: venture.id, to: through ?? "" } };
    const rows = found.map(({ lever, figures }, index): ExportCell[] => {
      const choice = portfolio?.choice.choices.find(({ id }) => id === lever.id);
      return [
        ...[number(index + 1), lever.kind, lever.subject, choice?.chosen ? "chosen" : null],
        ...[choice?.reason ? CHOICE_REASONS[choice.reason] : null, lever.confidence],
        ...LEVER_FIGURES.flatMap((name) => figureCells(askedView(figures[name], ask), null)),
      ];
    });
    return {
      ...{ title: "Growth levers", subject: venture.slug, ventureId: venture.id },
      columns: [
        ...columns("Rank,Kind,About,Chosen,Why,Confidence"),
        ...LEVER_FIGURES.flatMap((name) => figureColumns(LEVER_LABELS[name])),
      ],
      rows,
    };
  },
});

const MEASURES = ["revenue", "valuation", "proceeds"] as const;

/** What each driver moves of revenue, valuation and the group's proceeds, a tenth up and down. */
export const drivers = exportTable({
  query: ofVenture,
  open: async ({ actor, now }, { venture: slug }) => {
    const venture = await ventureInSight(actor, slug);
    const found = await findVentureDrivers(actor, venture.id, now);
    const ask = {
      of: "growth.drivers",
      args: { venture: venture.id, to: found?.to ?? "", tree: found?.kept.version ?? 0 },
    };
    const cells = (figure: Figure) => figureCells(askedView(figure, ask), null);
    return {
      ...{ title: "Drivers", subject: venture.slug, ventureId: venture.id },
      columns: [
        ...[{ label: "Months ahead" }, { label: "Driver", width: 28 }],
        ...MEASURES.flatMap((name) =>
          ["a tenth up", "a tenth down"].flatMap((way) => figureColumns(`${words(name)}, ${way}`)),
        ),
      ],
      rows: (found?.sheet.horizons ?? []).flatMap(({ months, rows }) =>
        rows.map((row): ExportCell[] => [
          ...[number(months), row.label],
          ...MEASURES.flatMap((name) => [...cells(row[name].up), ...cells(row[name].down)]),
        ]),
      ),
    };
  },
});

const ofMetric = ofVenture.extend({ metric: forecastMetricSchema.optional() });

/** Kept forecasts beside what came. */
export const keptForecasts = exportTable({
  query: ofMetric,
  open: async ({ actor, now }, { venture: slug, metric }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await getForecastPage(actor, venture.id, { metric: metric ?? null, horizon: 12 }, now);
    return {
      ...{ title: `${page.label}, kept forecasts`, subject: venture.slug, ventureId: venture.id },
      columns: [
        ...columns("Month,Made,Model"),
        ...["Forecast", "80 % low", "80 % high", "Came"].flatMap(figureColumns),
        { label: "Held" },
      ],
      rows: page.past.map((row): ExportCell[] => [
        ...[row.month, day(row.madeOn), row.model],
        ...[row.forecast, row.low, row.high, row.actual].flatMap((figure) => figureCells(figure, null)),
        row.held ? "yes" : "no",
      ]),
    };
  },
});

/** Trend, season and remainder of each known month, and what stands out. */
export const forecastParts = exportTable({
  query: ofMetric,
  open: async ({ actor, now }, { venture: slug, metric }) => {
    const venture = await ventureInSight(actor, slug);
    const page = await getForecastPage(actor, venture.id, { metric: metric ?? null, horizon: 12 }, now);
    const odd = new Map(page.anomalies.map((one) => [one.month, one]));
    return {
      ...{ title: `${page.label}, trend and season`, subject: venture.slug, ventureId: venture.id },
      columns: [{ label: "Month" }, ...["Trend", "Season", "Remainder", "Expected", "Distance"].flatMap(figureColumns)],
      rows: (page.components ?? []).map(({ month, trend, seasonal, remainder }): ExportCell[] => [
        month,
        ...[trend, seasonal, remainder].flatMap((figure) => figureCells(figure, null)),
        ...[odd.get(month)?.expected, odd.get(month)?.score].flatMap((figure) => figureCells(figure, null)),
      ]),
    };
  },
});

/** The benchmarks that are held, for all ventures. */
export const benchmarks = exportTable({
  query: z.object({}),
  open: async () => {
    const rows = await db.benchmark.findMany({
      orderBy: [{ metric: "asc" }, { businessModel: "asc" }, { revenueFrom: "asc" }],
    });
    return {
      ...{ title: "Benchmarks", subject: "holding", ventureId: null },
      columns: columns("metric,business_model,revenue_from,revenue_to,p25,p50,p75,sample_size,source,as_of"),
      rows: rows.map((row): ExportCell[] => [
        ...[row.metric, row.businessModel, number(row.revenueFrom), number(row.revenueTo)],
        ...[row.p25, row.p50, row.p75].map((value) => number(value.toFixed())),
        ...[number(row.sampleSize), row.source, day(row.asOf)],
      ]),
    };
  },
});
