import { z } from "zod";
import { day, someWords } from "@/lib/deals/schema/deal";

/** What a person records because no imported data could tell it (spec/stage-40, section 4). */
export const IMPEDIMENT_KINDS = ["regulatory-block", "earn-out-dispute", "fundamental-issue"] as const;
export type ImpedimentKind = (typeof IMPEDIMENT_KINDS)[number];

export const IMPEDIMENT_LABELS: Readonly<Record<ImpedimentKind, string>> = {
  "regulatory-block": "Regulatory block",
  "earn-out-dispute": "Earn-out dispute",
  "fundamental-issue": "Fundamental issue",
};

/** In what way, within its kind. */
export const NATURES = {
  "regulatory-block": { blocked: "Blocked", conditions: "Cleared with conditions only" },
  "earn-out-dispute": { milestone: "Whether the milestone was met", accounts: "The accounts", conduct: "Conduct" },
  "fundamental-issue": { legal: "Legal", fraud: "Fraud", other: "Other" },
} as const satisfies Record<ImpedimentKind, Record<string, string>>;

const said = {
  ventureId: z.uuid(),
  raisedBy: someWords(2, 160, "who says so"),
  grounds: someWords(10, 600, "what it is about, in a sentence"),
  occurredOn: day,
  evidence: someWords(3, 300, "the letter, ruling or filing that it rests on"),
};

export const recordImpedimentSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    ...{ kind: z.literal("regulatory-block"), ...said, dealId: z.uuid() },
    nature: z.enum(["blocked", "conditions"]),
  }),
  z.strictObject({
    ...{ kind: z.literal("earn-out-dispute"), ...said, trancheId: z.uuid() },
    nature: z.enum(["milestone", "accounts", "conduct"]),
  }),
  z.strictObject({
    ...{ kind: z.literal("fundamental-issue"), ...said },
    nature: z.enum(["legal", "fraud", "other"]),
  }),
]);
export type RecordImpediment = z.output<typeof recordImpedimentSchema>;

export const liftImpedimentSchema = z.strictObject({
  impedimentId: z.uuid(),
  version: z.int().positive(),
  on: day,
  resolution: someWords(5, 600, "what became of it, and on what it rests"),
});
export type LiftImpediment = z.output<typeof liftImpedimentSchema>;

/** What was stopped because of it, so that it goes on when it is lifted. */
export const holdsSchema = z.object({
  realizationId: z.uuid().nullable().default(null),
  preparationId: z.uuid().nullable().default(null),
  /** The condition on the checklist of the closing. */
  itemId: z.uuid().nullable().default(null),
  /** It froze the tranche; one that was frozen before stays so. */
  froze: z.boolean().default(false),
  /** After a regress: what was open before. */
  openSubstages: z.array(z.string()).default([]),
});
export type Holds = z.output<typeof holdsSchema>;

export type ImpedimentRefusal =
  | "NOT_SELLING"
  | "STAGE_NOT_OPEN"
  | "NO_SUCH_DEAL"
  | "NOT_AN_EARN_OUT"
  | "ALREADY_RECORDED"
  | "DATE_IN_FUTURE"
  | "BEFORE_IT_BEGAN"
  | "LIFTED_ALREADY"
  | "CHAIRMAN_ONLY"
  | "CONFLICT";
