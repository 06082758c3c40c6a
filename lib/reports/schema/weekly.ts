import { z } from "zod";
import { figureIdSchema } from "@/lib/figures/schema";
import { reportBlockSchema, reportChartSchema } from "../schema";

/** The weekly report as it is stored: the page that is forwarded, then the appendix as blocks. Texts refer to figures. */

const figure = figureIdSchema;
const quoted = figure.nullable();
const text = z.string();
const lightSchema = z.enum(["red", "amber", "green", "unknown"]);
const toneSchema = z.enum(["critical", "warning", "healthy", "excellent", "unknown"]);
const levelSchema = z.object({ word: text, tone: toneSchema }).nullable();

const decisionSchema = z.object({
  ...{ memoId: z.uuid(), title: text, venture: text, dueOn: text, overdue: z.boolean(), reversible: z.boolean() },
  ...{ stake: quoted, waiting: text },
});

const metricRowSchema = z.object({
  ...{ label: text, actual: figure, plan: quoted, prior: quoted, change: quoted, asOf: text, level: levelSchema },
  moved: z.boolean().nullable(),
  /** Of the change: rates and shares change by points. */
  points: z.boolean(),
});
const measured = z.object({ figure, level: levelSchema }).nullable();
const ventureRowSchema = z.object({
  ...{ slug: text, name: text, light: lightSchema, last: lightSchema.nullable(), stage: text },
  ...{ growth: measured, runway: measured, readiness: measured, value: quoted },
});

export const weeklyFrontSchema = z.object({
  headline: text,
  /** The bottom line, sentence by sentence. */
  lead: z.array(text),
  light: z.object({
    ...{ light: lightSchema, reasons: z.array(text) },
    last: z.object({ light: lightSchema, week: text }).nullable(),
  }),
  decisions: z.array(decisionSchema),
  /** How many are in the appendix only. */
  moreDecisions: z.int(),
  table: z.discriminatedUnion("kind", [
    /** `none`: why there are no rows. */
    z.object({ kind: z.literal("metrics"), rows: z.array(metricRowSchema), none: text.optional() }),
    /** `more` are in the appendix only. */
    z.object({ kind: z.literal("ventures"), rows: z.array(ventureRowSchema), more: z.int().default(0) }),
  ]),
  numbers: z.array(z.object({ label: text, figure, level: levelSchema })),
  ahead: z.array(z.object({ on: text, what: text, venture: text })),
  risks: z.array(z.object({ severity: z.enum(["critical", "warning", "info"]), title: text, venture: text })),
  chart: reportChartSchema.nullable(),
});
export type WeeklyFront = z.infer<typeof weeklyFrontSchema>;
export type WeeklyMetricRow = z.infer<typeof metricRowSchema>;
export type WeeklyVentureRow = z.infer<typeof ventureRowSchema>;

export const weeklyDocumentSchema = z.object({
  ...{ title: text, subject: text, week: text, startsOn: text, endsOn: text, writtenAt: text, timeZone: text },
  front: weeklyFrontSchema,
  appendix: z.array(reportBlockSchema),
  /** Who wrote the bottom line: "built-in analyst", or a provider and its model. */
  writtenBy: text,
});
export type WeeklyDocument = z.infer<typeof weeklyDocumentSchema>;

export const WEEKLY_FORMATS = ["pdf", "xlsx", "md", "csv"] as const;
export type WeeklyFormat = (typeof WEEKLY_FORMATS)[number];
export const weeklyFileSchema = z.object({ revisionId: z.uuid(), format: z.enum(WEEKLY_FORMATS) });

const week = z.string().regex(/^\d{4}-W\d{2}$/, "a week such as 2026-W48");
/** The holding, or a venture. */
export const weeklyScopeSchema = z.union([z.literal("holding"), z.uuid()]);
export const previewWeeklySchema = z.object({ scope: weeklyScopeSchema });
export const correctWeeklySchema = z.object({
  reportId: z.uuid(),
  /** The newest revision that the person read. */
  revision: z.int().positive(),
  reason: z.string().trim().min(3, "why it is written again").max(300),
});
export const weeklyZoneSchema = z.object({
  timeZone: z.string().min(1).max(60),
  version: z.int().positive(),
});
export type WeeklyZone = z.infer<typeof weeklyZoneSchema>;

export const WEEKLY_LIGHTS = ["red", "amber", "green", "unknown"] as const;
export const weeklyListSchema = z.object({
  scope: z.string().max(80).optional(),
  status: z.enum(WEEKLY_LIGHTS).optional(),
  search: z.string().trim().max(80).optional(),
  before: week.optional(),
});
export type WeeklyList = z.infer<typeof weeklyListSchema>;
