import { z } from "zod";
import { figureIdSchema } from "@/lib/figures/schema";
import { criterionOf } from "../rules/criteria";

const criterion = z.string().refine((id) => criterionOf(id) !== null, { error: "a criterion of the list" });
const day = z.iso.date({ error: "a day, YYYY-MM-DD" });

/** What a score rests on: a document of the data room, a figure, or what somebody saw and says so. */
export const evidenceSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("document"), ref: z.uuid(), label: z.string().trim().min(1).max(300), date: day }),
  z.strictObject({
    kind: z.literal("figure"),
    ref: figureIdSchema,
    label: z.string().trim().min(1).max(300),
    date: day,
  }),
  z.strictObject({
    kind: z.literal("note"),
    ref: z.literal(""),
    label: z.string().trim().min(3).max(1_000),
    date: day,
  }),
]);
export type Evidence = z.infer<typeof evidenceSchema>;

export const scoreSchema = z.strictObject({
  ventureId: z.uuid(),
  criterion,
  /** Null withdraws the score that stands. */
  score: z.int().min(0).max(4).nullable(),
  rationale: z.string().trim().min(3, { error: "why, in a sentence" }).max(2_000),
  evidence: z.array(evidenceSchema).max(20),
  /** Id of the score that the person saw as current; null for none. */
  replaces: z.string().regex(/^\d+$/).nullable(),
});
export type ScoreInput = z.infer<typeof scoreSchema>;
export type ScoreRefusal = "ANSWERED_BY_DATA" | "NO_EVIDENCE" | "EVIDENCE_IN_FUTURE" | "CONFLICT" | "NO_SUCH_EVIDENCE";

export const taskSchema = z.strictObject({
  ventureId: z.uuid(),
  criterion,
  title: z.string().trim().min(3, { error: "what is to be done" }).max(300),
  ownerId: z.uuid().nullable(),
  dueOn: day.nullable(),
});
export type TaskInput = z.infer<typeof taskSchema>;

export const TASK_STATUSES = ["open", "done", "dropped"] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];
export const taskChangeSchema = z.strictObject({
  taskId: z.uuid(),
  version: z.int().positive(),
  status: z.enum(TASK_STATUSES),
  ownerId: z.uuid().nullable(),
  dueOn: day.nullable(),
  title: z.string().trim().min(3, { error: "what is to be done" }).max(300),
});
export type TaskChange = z.infer<typeof taskChangeSchema>;
export type TaskRefusal = "CONFLICT" | "NO_SUCH_PERSON";
