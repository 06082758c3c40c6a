import { z } from "zod";
import { figureIdSchema, unitSchema } from "@/lib/figures/schema";

/** Triggers of spec/stage-40, section 8, each with the mode of the directive that it writes and what it asks for. */
export const TRIGGERS = {
  "ACTIVE-VENTURE-001": {
    name: "growth opportunity",
    mode: "LEAD",
    instruction: "Implement this growth strategy.",
  },
  "ACTIVE-VENTURE-002": {
    name: "exit opportunity",
    mode: "LEAD",
    instruction: "Evaluate this exit opportunity.",
  },
  "ACTIVE-VENTURE-003": {
    name: "valuation milestone",
    mode: "PLAN",
    instruction: "Update the valuation strategy.",
  },
  "ACTIVE-VENTURE-004": {
    name: "market timing",
    mode: "EXEC",
    instruction: "Accelerate the exit process.",
  },
} as const;
export type TriggerId = keyof typeof TRIGGERS;
export const TRIGGER_IDS = Object.keys(TRIGGERS) as TriggerId[];
export const MODES = ["LEAD", "PLAN", "EXEC"] as const;

/** A number that a trigger rests on, as it was stored when it fired. */
export const evidenceSchema = z.strictObject({
  label: z.string(),
  value: z.string().nullable().describe("An exact decimal; null is unknown"),
  unit: unitSchema,
  asOf: z.string(),
  figure: z.strictObject({ id: figureIdSchema, revision: z.int().positive() }),
});
export type Evidence = z.output<typeof evidenceSchema>;
export const evidenceListSchema = z.array(evidenceSchema);

export const SIGNAL_KINDS = ["inquiry", "regulation", "consolidation"] as const;
export type SignalKind = (typeof SIGNAL_KINDS)[number];

export const stateSignalSchema = z
  .strictObject({
    /** Null: of the whole market, or of a sector. */
    ventureId: z.uuid().nullable(),
    kind: z.enum(SIGNAL_KINDS),
    title: z.string().trim().min(3, "what happened, in a few words").max(200, "at most 200 characters"),
    source: z.string().trim().min(3, "who says so").max(200, "at most 200 characters"),
    sector: z.string().trim().max(80).nullable().default(null),
    dated: z.iso.date("a day"),
  })
  .refine(({ kind, ventureId }) => kind !== "inquiry" || ventureId !== null, {
    path: ["ventureId"],
    error: "the venture that was asked about",
  });
export type StateSignal = z.output<typeof stateSignalSchema>;
export const withdrawSignalSchema = z.strictObject({ signalId: z.uuid() });

export const DELIVERY_KINDS = ["folder", "webhook"] as const;
export type DeliveryKind = (typeof DELIVERY_KINDS)[number];
export const setDeliverySchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("folder"), version: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal("webhook"), version: z.int().nonnegative(), url: z.url("an address").max(500) }),
]);
export type SetDelivery = z.output<typeof setDeliverySchema>;
export const deliveryVersionSchema = z.strictObject({ version: z.int().nonnegative() });

export const handoffIdSchema = z.strictObject({ handoffId: z.uuid() });
/** A document that a person has in hand; what is in it is judged by the answer's own schema. */
export const takeInSchema = z.strictObject({ text: z.string().min(2, "a document").max(600_000, "at most 600 kB") });
export const withdrawLearningSchema = z.strictObject({
  learningId: z.uuid(),
  reason: z.string().trim().min(3, "a reason of at least three letters").max(300, "at most 300 characters"),
});
export type WithdrawLearning = z.output<typeof withdrawLearningSchema>;

export const directiveRef = (number: number): string => `D-${number}`;
export const handoffRef = (number: number): string => `H-${number}`;
export const learningRef = (number: number): string => `L-${number}`;
