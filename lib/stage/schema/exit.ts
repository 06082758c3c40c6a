import { z } from "zod";

export const EXIT_STATUSES = ["running", "paused", "approved", "returned", "cancelled"] as const;
export type ExitStatus = (typeof EXIT_STATUSES)[number];

/** The three sides of 40.2 that go on beside each other. */
export const EXIT_BRANCHES = ["buyers", "diligence", "valuation"] as const;
export type ExitBranch = (typeof EXIT_BRANCHES)[number];

/** The `done when` lines of 40.2 (spec/stage-40, section 2). */
export const EXIT_CRITERIA: Readonly<Record<ExitBranch, string>> = {
  buyers: "Buyers identified",
  diligence: "Due diligence ready",
  valuation: "Valuation maximized",
};

export const startExitSchema = z.object({ ventureId: z.uuid() });

export const EXIT_ORDERS = ["pause", "resume", "cancel", "check"] as const;
export const orderExitSchema = z.object({
  preparationId: z.uuid(),
  version: z.int().positive(),
  order: z.enum(EXIT_ORDERS),
});
export type OrderExit = z.output<typeof orderExitSchema>;

const count = z.int().min(0);
/** What a branch kept of a round: an exact decimal as text, null where it is unknown. */
export const branchFactsSchema = z.object({
  /** Candidates that are on the list, and those of them that are qualified. */
  candidates: count.nullable().default(null),
  qualified: count.nullable().default(null),
  /** Completeness of the data room as a fraction, and serious findings that are open. */
  completeness: z.string().nullable().default(null),
  openFindings: count.nullable().default(null),
  readiness: z.string().nullable().default(null),
  equity: z.string().nullable().default(null),
  valuedOn: z.iso.date().nullable().default(null),
  /** The fall of the multiples from their highest of twelve months, as a fraction. */
  multiplesFall: z.string().nullable().default(null),
});
export type BranchFacts = z.output<typeof branchFactsSchema>;

export type ExitRefusal = "STAGE_NOT_OPEN" | "ALREADY_OPEN" | "NOT_RUNNING" | "NOT_PAUSED" | "CONFLICT";
