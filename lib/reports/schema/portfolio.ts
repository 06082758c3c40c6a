import { z } from "zod";
import { AUTONOMIES, type AutonomyLevel, PROFILES, type ProfileName } from "@/lib/ventures/schema";

/** The measures of a venture that lists show, order and filter by. */
export const MEASURES = [
  "growth",
  "valuation",
  "valuationChange",
  "readiness",
  "runway",
  "concentration",
  "retention",
] as const;
export type Measure = (typeof MEASURES)[number];

/** What a column may be, in the order in which it is offered; the name is always first and the data's age always last. */
export const COLUMN_KEYS = [
  ...["sector", "stage", "profile", "autonomy", "owner", "level"],
  ...["growth", "trend", "valuation", "valuationChange", "readiness", "runway", "concentration", "retention"],
] as const as readonly ColumnKey[];
export type ColumnKey = "sector" | "stage" | "profile" | "autonomy" | "owner" | "level" | "trend" | Measure;

export const COLUMN_NAMES: Readonly<Record<ColumnKey, string>> = {
  ...{ sector: "Sector", stage: "Stage", profile: "Profile", autonomy: "Autonomy", owner: "Owner" },
  ...{ level: "Worst level", growth: "Growth", trend: "Growth, twelve months", valuation: "Valuation" },
  ...{ valuationChange: "Change, quarter", readiness: "Readiness", runway: "Runway" },
  ...{ concentration: "Top 3", retention: "Team kept" },
};

export const SORT_KEYS = [
  ...(["name", "sector", "stage", "profile", "autonomy", "owner", "level", "asOf"] as const),
  ...MEASURES,
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export const STAGES = ["mature", "active", "40.1", "40.2", "40.3", "exited"] as const;
export type StageChoice = (typeof STAGES)[number];
export const WORST = ["critical", "warning", "healthy", "excellent", "unknown"] as const;
export type Worst = (typeof WORST)[number];

/** In which unit a bound is typed: a share as per cent, a valuation in millions of US dollars. */
export const BOUND_UNITS: Readonly<Record<Measure, { unit: string; times: number }>> = {
  ...{ growth: { unit: "%", times: 0.01 }, valuation: { unit: "US$ M", times: 1_000_000 } },
  ...{ valuationChange: { unit: "%", times: 0.01 }, readiness: { unit: "points", times: 1 } },
  ...{ runway: { unit: "months", times: 1 }, concentration: { unit: "%", times: 0.01 } },
  retention: { unit: "%", times: 0.01 },
};

/** Both inclusive, as typed; null: no bound. What is unknown is outside of any. */
export type Bounds = { from: string | null; to: string | null };

/** What the address says about how the portfolio is shown. Sortable, shareable, and the back button works. */
export type PortfolioView = {
  search: string;
  stage: StageChoice | null;
  level: Worst | null;
  profile: ProfileName | null;
  autonomy: AutonomyLevel | null;
  /** A person's id; "nobody" for those without one. */
  owner: string | null;
  sector: string | null;
  bounds: Readonly<Partial<Record<Measure, Bounds>>>;
  /** Only these, by short name; empty: all. */
  only: readonly string[];
  columns: readonly ColumnKey[];
  sort: SortKey;
  descending: boolean;
  page: number;
  /** The kept view that the address began as; "all" is the plain one, whatever the person's own start is. */
  kept: string | null;
};

export const PLAIN_COLUMNS: readonly ColumnKey[] = MEASURES;
/** A holding of up to fifty stands on one page; a larger one is read by pages of half that. */
export const MOST_ON_ONE_PAGE = 50;
export const PAGE_SIZE = 25;
/** Side by side on one screen. */
export const MOST_COMPARED = 4;
export const PROFILE_CHOICES = PROFILES;
export const AUTONOMY_CHOICES = AUTONOMIES;

const name = z.string().trim().min(1, "a name").max(60, "at most 60 characters");
const query = z.string().max(2_000, "a shorter address");

export const keepViewSchema = z.object({ name, query, shared: z.boolean() });
export type KeepView = z.infer<typeof keepViewSchema>;
export const changeViewSchema = z.object({
  viewId: z.uuid(),
  /** The version that the person read; another one in the database is a conflict. */
  version: z.int().positive(),
  name: name.optional(),
  query: query.optional(),
  shared: z.boolean().optional(),
});
export type ChangeView = z.infer<typeof changeViewSchema>;
export const viewIdSchema = z.object({ viewId: z.uuid() });
export const startViewSchema = z.object({ viewId: z.uuid().nullable() });
