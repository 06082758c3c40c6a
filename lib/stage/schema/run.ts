import { z } from "zod";

export const STAGE_STATUSES = ["running", "paused", "exited", "cancelled", "regressed"] as const;
export type StageStatus = (typeof STAGE_STATUSES)[number];

/** Through which door a run began. */
export const STAGE_DOORS = ["chairman", "import", "api", "webhook", "takeover"] as const;
export type StageDoor = (typeof STAGE_DOORS)[number];

export const SUBSTAGES = ["40.1", "40.2", "40.3"] as const;
export type Substage = (typeof SUBSTAGES)[number];

export const SUBSTAGE_NAMES: Readonly<Record<Substage, string>> = {
  "40.1": "Growth management (40.1)",
  "40.2": "Exit preparation (40.2)",
  "40.3": "Value realization (40.3)",
};

/** What a run notes: its own steps, what its children came to, what a person ordered. */
export const MOVE_KINDS = [
  "open",
  "begun",
  "ended",
  "asked",
  "answered",
  "criteria",
  "certificate",
  "exit",
  "order",
] as const;
export type MoveKind = (typeof MOVE_KINDS)[number];

export const CRITERION_GROUPS = ["entry", ...SUBSTAGES, "exit"] as const;
export type CriterionGroup = (typeof CRITERION_GROUPS)[number];

export const GROUP_LABELS: Readonly<Record<CriterionGroup, string>> = {
  entry: "Entry gate",
  ...SUBSTAGE_NAMES,
  exit: "Exit gate",
};

/** Both gates and every `done when` line (spec/stage-40, section 2). */
export const CRITERIA = {
  "entry.venture-mature": "Venture mature",
  "entry.metrics-positive": "Metrics positive",
  "entry.metrics-period": "Metrics long enough",
  "40.1.levers-identified": "Growth levers identified",
  "40.1.strategies-executed": "Strategies executed",
  "40.1.metrics-improved": "Metrics improved",
  "40.2.buyers": "Buyers identified",
  "40.2.diligence": "Due diligence ready",
  "40.2.valuation": "Valuation maximized",
  "40.3.negotiated": "Deal negotiated",
  "40.3.closed": "Transaction closed",
  "40.3.distributed": "Value distributed",
  "exit.growth-optimized": "Growth optimized",
  "exit.executed": "Exit executed",
  "exit.value-captured": "Value captured",
} as const;
export type CriterionId = keyof typeof CRITERIA;
export const CRITERION_IDS = Object.keys(CRITERIA) as CriterionId[];
export const groupOf = (id: CriterionId): CriterionGroup => id.slice(0, id.indexOf(".", 3)) as CriterionGroup;

/** The entry gate as it stood when the stage opened: lines with the figures that said so. */
export const entryGateSchema = z.array(
  z.object({
    criterion: z.string(),
    passed: z.boolean(),
    required: z.string(),
    found: z.string(),
    figures: z.array(z.object({ id: z.string(), revision: z.int() })),
  }),
);
export type EntryGate = z.output<typeof entryGateSchema>;

/** Children that a pause of the whole has paused, to be resumed with it. */
export const heldSchema = z.array(z.object({ of: z.enum(SUBSTAGES), id: z.uuid() }));

const reason = z.string().trim().min(10, "a reason of at least ten letters").max(600, "at most 600 characters");
const read = { runId: z.uuid(), version: z.int().positive() };

export const ROLLBACK_TARGETS = ["39", "40.1", "40.2"] as const;
export const orderStageSchema = z.discriminatedUnion("order", [
  z.object({ ...read, order: z.literal("pause"), reason }),
  z.object({ ...read, order: z.literal("resume") }),
  z.object({ ...read, order: z.literal("cancel"), reason }),
  z.object({ ...read, order: z.literal("roll-back"), to: z.enum(ROLLBACK_TARGETS), reason }),
]);
export type OrderStage = z.output<typeof orderStageSchema>;
export type OrderRefusal = "NOT_RUNNING" | "NOT_PAUSED" | "CONFLICT" | "NOT_THERE" | "MONEY_HAS_MOVED";

const criterion = z.enum(CRITERION_IDS as [CriterionId, ...CriterionId[]]);
export const overrideSchema = z.object({ ventureId: z.uuid(), criterion, reason });
export const takeBackSchema = z.object({ overrideId: z.uuid(), reason });
export type OverrideRefusal = "MET_ALREADY" | "STANDS_ALREADY" | "TAKEN_BACK_ALREADY" | "NO_RUN";

/** What stage 39 sends when a venture is mature: the same whatever the door. */
export const signalSchema = z.strictObject({
  /** The sender's own key: the same trigger sent again is the same trigger. */
  key: z.string().trim().min(8, "at least eight characters").max(120),
  /** The venture's short name or its id. */
  venture: z.string().trim().min(1).max(60),
  trigger: z.literal("venture-mature"),
  maturityScore: z.number().min(0).max(100).optional(),
  assessedOn: z.iso.date().optional(),
  note: z.string().trim().max(600).optional(),
});
export type StageSignalInput = z.output<typeof signalSchema>;
export type SignalOutcome = "initiated" | "waiting" | "known";

export const CERTIFICATE_FORMATS = ["pdf", "json"] as const;
export type CertificateFormat = (typeof CERTIFICATE_FORMATS)[number];
export const certificateRequestSchema = z.object({ certificateId: z.uuid(), format: z.enum(CERTIFICATE_FORMATS) });

/** The day that a reader asks about, and the moment before which the timeline is read; what is not readable is left out. */
export const stageViewSchema = z.object({
  on: z.iso.date().optional().catch(undefined),
  before: z.iso.datetime().optional().catch(undefined),
});

/** A CSV file of stage 39, to be looked at or taken in. */
export const handOverSchema = z.object({
  text: z.string().min(1).max(200_000),
  fileName: z.string().trim().min(1).max(200),
  apply: z.boolean(),
});
export type HandOver = z.output<typeof handOverSchema>;

export const HAND_OVER_OUTCOMES = ["initiated", "waiting", "known", "rejected"] as const;
/** What a row did, or would do. */
export const handOverLineSchema = z.object({
  row: z.int(),
  venture: z.string(),
  outcome: z.enum(HAND_OVER_OUTCOMES),
  problem: z.string().nullable(),
});
export type HandOverLine = z.output<typeof handOverLineSchema>;
export const handOverLinesSchema = z.array(handOverLineSchema);

export const undoHandOverSchema = z.strictObject({ handOverId: z.uuid(), reason });
export type UndoHandOver = z.output<typeof undoHandOverSchema>;
