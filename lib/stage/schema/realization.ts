import { z } from "zod";

export const REALIZATION_STATUSES = ["running", "paused", "returned", "done", "cancelled"] as const;
export type RealizationStatus = (typeof REALIZATION_STATUSES)[number];

/** The order in which a sale becomes money; the run of 40.3 follows the facts through it, back as well. */
export const PHASES = [
  "negotiate",
  "loi",
  "due-diligence",
  "definitive",
  "conditions",
  "sign",
  "close",
  "distribute",
  "contingent",
  "over",
] as const;
export type Phase = (typeof PHASES)[number];

export const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  negotiate: "Negotiate",
  loi: "LOI",
  "due-diligence": "Due diligence",
  definitive: "Definitive agreement",
  conditions: "Conditions",
  sign: "Signatures",
  close: "Closing",
  distribute: "Distribution",
  contingent: "Escrow and earn-outs",
  over: "Complete",
};

export const REALIZATION_ORDERS = ["pause", "resume"] as const;
export const orderRealizationSchema = z.object({
  realizationId: z.uuid(),
  version: z.int().positive(),
  order: z.enum(REALIZATION_ORDERS),
});
export type OrderRealization = z.output<typeof orderRealizationSchema>;
export type RealizationRefusal = "NOT_RUNNING" | "NOT_PAUSED" | "CONFLICT";
