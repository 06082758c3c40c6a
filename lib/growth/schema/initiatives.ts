import { z } from "zod";

export const INITIATIVE_STATUSES = ["planned", "running", "paused", "stopped", "done"] as const;
export type InitiativeStatus = (typeof INITIATIVE_STATUSES)[number];

const line = (most: number) => z.string().trim().min(1, "some text").max(most, `at most ${most} characters`);
const day = z.iso.date("a day as YYYY-MM-DD");
const position = z.int().positive();
const amount = z
  .string()
  .trim()
  .regex(/^\d{1,15}(\.\d{1,4})?$/, "an amount such as 1250 or 1250.50");

/** What a person read: a change to another version is a conflict. */
const read = { initiativeId: z.uuid(), version: position };
export const initiativeReadSchema = z.object(read);
export type InitiativeRead = z.output<typeof initiativeReadSchema>;

export const planChangeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("assign-owner"), ownerId: z.uuid("a person of the holding") }),
  z.object({ kind: z.literal("set-leading-metric"), metric: z.string().max(80).nullable() }),
  z.object({ kind: z.literal("add-milestone"), title: line(160), dueOn: day }),
  z.object({ kind: z.literal("change-milestone"), milestone: position, title: line(160), dueOn: day }),
  z.object({ kind: z.literal("remove-milestone"), milestone: position }),
  z.object({ kind: z.literal("add-task"), milestone: position, title: line(160), dueOn: day }),
  z.object({ kind: z.literal("change-task"), task: position, title: line(160), dueOn: day }),
  z.object({ kind: z.literal("remove-task"), task: position }),
  z.object({ kind: z.literal("finish-task"), task: position, doneOn: day }),
  z.object({ kind: z.literal("reopen-task"), task: position }),
]);
export type PlanChange = z.output<typeof planChangeSchema>;

export const changePlanSchema = z.object({ ...read, change: planChangeSchema });
export type ChangePlan = z.output<typeof changePlanSchema>;

/** To run or to be done is the work's own; to pause, to go on and to stop is the chairman's. */
export const workMoveSchema = z.object({
  ...read,
  to: z.enum(["running", "done"]),
  reason: z.string().trim().max(300),
});
export const holdMoveSchema = z.object({
  ...read,
  to: z.enum(["paused", "running", "stopped"]),
  reason: line(300),
});
export type MoveInput = InitiativeRead & { to: InitiativeStatus; reason: string };

export const spendSchema = z.object({
  initiativeId: z.uuid(),
  /** Made by the form: sent twice, it is one entry. */
  entryKey: z.uuid(),
  kind: z.enum(["spent", "committed"]),
  /** In plain units of the initiative's currency. */
  amount,
  spentOn: day,
  what: line(200),
  /** The commitment that this payment settles. */
  settlesId: z.uuid().nullable().default(null),
});
export type SpendInput = z.output<typeof spendSchema>;

export const reverseSpendSchema = z.object({
  initiativeId: z.uuid(),
  entryKey: z.uuid(),
  entryId: z.uuid(),
  reason: line(200),
});
export type ReverseSpend = z.output<typeof reverseSpendSchema>;

export const noteSchema = z.object({ initiativeId: z.uuid(), text: line(2_000) });
export type NoteInput = z.output<typeof noteSchema>;

export const raiseBudgetSchema = z.object({ ...read, increase: amount, reason: line(600) });
export type RaiseBudget = z.output<typeof raiseBudgetSchema>;

const connection = {
  /** Null: for every venture of the holding. */
  ventureId: z.uuid().nullable(),
  name: line(80),
  url: z.string().trim().min(1, "an address").max(500, "at most 500 characters"),
};
const toolName = z
  .string()
  .trim()
  .regex(/^[\w.:/-]{1,120}$/, "the name of a tool, such as create_issue");

export const endpointSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("webhook"), ...connection }),
  z.object({
    ...{ kind: z.literal("mcp"), ...connection },
    /** Sent as a bearer token; empty where the server asks for none. */
    token: z.string().trim().max(4_000, "at most 4,000 characters"),
    tools: z.array(toolName).min(1, "at least one tool").max(5, "at most five tools"),
  }),
]);
export type EndpointInput = z.output<typeof endpointSchema>;

export const endpointReadSchema = z.object({ endpointId: z.uuid(), version: position });
export const messageSchema = z.object({ messageId: z.uuid() });

/** An initiative that began before this system knew it. */
export const adoptInitiativeSchema = z.object({
  ventureId: z.uuid(),
  lever: line(120),
  title: line(160),
  ownerRole: line(80),
  ownerId: z.uuid(),
  budget: amount,
  metric: line(80),
  leadingMetric: z.string().max(80).nullable().default(null),
  target: z
    .string()
    .regex(/^[+-]?\d{1,15}(\.\d{1,10})?$/, "a decimal number")
    .nullable()
    .default(null),
  /** Where the metric stood before the start, where the stored months do not say it. */
  baseline: z
    .string()
    .regex(/^[+-]?\d{1,15}(\.\d{1,10})?$/, "a decimal number")
    .nullable()
    .default(null),
  importKey: z.string().nullable().default(null),
  startedOn: day,
  reviewOn: day,
  stopRule: line(400),
  milestones: z
    .array(
      z.object({
        title: line(160),
        dueOn: day,
        tasks: z.array(z.object({ title: line(160), dueOn: day, doneOn: day.nullable() })).min(1),
      }),
    )
    .min(1)
    .max(20),
  spends: z.array(z.object({ kind: z.enum(["spent", "committed"]), amount, spentOn: day, what: line(200) })).max(200),
});
export type AdoptInitiative = z.input<typeof adoptInitiativeSchema>;
