import { z } from "zod";

/** What a file of initiatives holds per row; headers are known by these words too. */
export const INITIATIVE_COLUMNS = {
  title: "title|initiative|name|project",
  lever: "lever|driver",
  owner: "owner|responsible|owner email|lead",
  ownerRole: "owner role|role|function",
  budget: "budget|approved budget",
  metric: "metric|kpi|measured by",
  baseline: "baseline|before|baseline value",
  target: "target|goal|target value",
  startedOn: "started on|start|start date|started|begins on",
  reviewOn: "review dates|review date|review on|next review|reviews|review",
  stopRule: "stop rule|stop if|stop",
  milestones: "milestones|milestone|plan",
} as const;
export type InitiativeColumn = keyof typeof INITIATIVE_COLUMNS;

/** What a person reads for each; without the required ones no row can be taken over. */
export const INITIATIVE_COLUMN_LABELS: Readonly<Record<InitiativeColumn, string>> = {
  ...{ title: "Title", lever: "Lever", owner: "Owner (name or e-mail)", ownerRole: "Role of the owner" },
  ...{ budget: "Approved budget", metric: "Metric", baseline: "Value before", target: "Target" },
  ...{ startedOn: "Started on", reviewOn: "Review dates", stopRule: "Stop rule", milestones: "Milestones with days" },
};
export const REQUIRED_COLUMNS: readonly InitiativeColumn[] = [
  ...(["title", "owner", "budget", "metric", "startedOn", "reviewOn", "milestones"] as const),
];
export const INITIATIVE_COLUMN_NAMES = Object.keys(INITIATIVE_COLUMNS) as InitiativeColumn[];

/** As bytes in base64: a workbook is no text. One megabyte holds thousands of initiatives. */
export const initiativeFileSchema = z.object({
  ventureId: z.uuid(),
  fileName: z.string().min(1).max(200),
  base64: z.base64().min(1, "a file").max(1_400_000, "at most one megabyte"),
  /** Column by column, what it is; "" is left out. Null: as remembered for these headers, or as their words say. */
  targets: z
    .array(z.enum(["", ...INITIATIVE_COLUMN_NAMES]))
    .max(200)
    .nullable()
    .default(null),
});
export type InitiativeFile = z.output<typeof initiativeFileSchema>;
export type InitiativeTarget = InitiativeColumn | "";

/** A column of a file as it stands there, and what it is taken for. */
export type InitiativeFileColumn = { header: string; sample: string; target: InitiativeTarget };

export const undoInitiativeFileSchema = z.object({
  ventureId: z.uuid(),
  importKey: z.string().regex(/^[0-9a-f]{64}$/),
});
export type UndoInitiativeFile = z.output<typeof undoInitiativeFileSchema>;

/** One row as it was understood: taken over, held already, or why not. */
export type InitiativeLine = {
  rowNumber: number;
  title: string;
  state: "new" | "known" | "rejected";
  problems: readonly { column: string; expected: string }[];
};
