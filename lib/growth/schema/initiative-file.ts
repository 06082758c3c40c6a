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
export const INITIATIVE_COLUMN_NAMES = Object.keys(INITIATIVE_COLUMNS) as InitiativeColumn[];

/** As bytes in base64: a workbook is no text. One megabyte holds thousands of initiatives. */
export const initiativeFileSchema = z.object({
  ventureId: z.uuid(),
  fileName: z.string().min(1).max(200),
  base64: z.base64().min(1, "a file").max(1_400_000, "at most one megabyte"),
});
export type InitiativeFile = z.output<typeof initiativeFileSchema>;

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
