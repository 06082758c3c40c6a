import { z } from "zod";
import { AGENTS } from "@/lib/agents/schema";
import { termsSchema } from "@/lib/data-room/schema/guests";
import { offerTermsSchema } from "@/lib/deals/schema/terms";
import { issuedSchema, MOST_HOLDERS } from "@/lib/distribution/schema/records";
import { DOCUMENT_KINDS } from "@/lib/documents/schema";
import { evidenceSchema } from "@/lib/readiness/schema/assessment";
import { AUTONOMIES } from "@/lib/ventures/schema";
import { canBeCondition } from "./schema/conditions";

/** What can be proposed. A class says what happens; its ceilings are in rules/policy. */
export const ACTION_CLASSES = [
  "growth.start-initiative",
  "growth.pause-initiative",
  "growth.raise-budget",
  "growth.review-strategy",
  "exit.open-room",
  "exit.approach-buyers",
  "exit.approve-exit",
  "exit.start-preparation",
  "exit.score-criterion",
  "exit.return-to-growth",
  "exit.pause-preparation",
  "deal.prefer-bidder",
  "deal.sign-loi",
  "deal.sign-agreement",
  "deal.send-counter",
  "deal.send-document",
  "deal.delay-exit",
  "deal.pause-sale",
  "deal.freeze-tranche",
  "deal.lift-freeze",
  "stage.regress-to-39",
  "deal.waive-condition",
  "deal.release-signatures",
  "deal.send-status",
  "distribution.issue-statements",
  "payments.pay",
  "policy.promote",
] as const;
export type ActionClass = (typeof ACTION_CLASSES)[number];

const figureId = z.string().regex(/^[0-9a-f]{16}$/, "the id of a figure");
const currency = z.string().regex(/^[A-Z]{3}$/, "an ISO 4217 code");
const decimal = z.string().regex(/^[+-]?\d{1,28}(\.\d{1,10})?$/, "a decimal number such as 1234.56");
const line = (most: number) => z.string().trim().min(1, "some text").max(most);

export const milestoneSchema = z.object({ title: line(160), afterDays: z.int().min(0).max(1_100) });
export type Milestone = z.infer<typeof milestoneSchema>;

/** Days count from the day of execution, so that a decision taken late does not start an initiative in the past. */
export const startInitiativeSchema = z.object({
  type: z.literal("growth.start-initiative"),
  lever: line(120),
  title: line(160),
  ownerRole: line(80),
  /** Integer minor units as text: JSON has no bigint. */
  budgetMinor: z.string().regex(/^\d{1,30}$/, "an amount in minor units"),
  /** Where the budget comes from; a refreshed memo takes it from there again. */
  budgetFigure: figureId.nullable(),
  currency,
  metric: line(80),
  baselineFigure: figureId.nullable(),
  /** As the figure has it, with all its digits. */
  targetValue: z
    .string()
    .regex(/^[+-]?\d{1,28}(\.\d{1,40})?$/, "a decimal number such as 1234.56")
    .nullable(),
  targetFigure: figureId.nullable(),
  milestones: z.array(milestoneSchema).min(1, "at least one milestone").max(20),
  reviewAfterDays: z.int().min(7).max(1_100),
  stopRule: line(400),
  /** Who outside the holding is told, once, after the approval. */
  outbound: z
    .array(z.object({ endpointId: z.uuid(), name: line(80), url: z.url(), tool: line(120).optional() }))
    .max(5)
    .optional(),
});
export type StartInitiative = z.infer<typeof startInitiativeSchema>;

/** What every action says about money, also one that commits none; `lever` is what it is about. */
const commitment = {
  lever: line(120),
  title: line(160),
  budgetMinor: z.string().regex(/^\d{1,30}$/, "an amount in minor units"),
  currency,
  budgetFigure: z.null(),
  baselineFigure: z.null(),
  targetFigure: z.null(),
  targetValue: z.null(),
};

export const pauseInitiativeSchema = z.object({
  ...{ type: z.literal("growth.pause-initiative"), ...commitment },
  ...{ initiativeId: z.uuid(), reason: line(300) },
});
/** `budgetMinor` is what is added. */
export const raiseBudgetActionSchema = z.object({
  ...{ type: z.literal("growth.raise-budget"), ...commitment },
  ...{ initiativeId: z.uuid(), reason: line(600) },
});
/** Running initiatives of a venture are paused until its levers have been looked at again. */
export const reviewStrategySchema = z.object({
  ...{ type: z.literal("growth.review-strategy"), ...commitment },
  initiativeIds: z.array(z.uuid()).max(50),
});

/** People outside the holding may read these folders of a data room, word for word as said. */
export const openRoomActionSchema = z.object({
  ...{ type: z.literal("exit.open-room"), ...commitment },
  ...{ groupId: z.uuid(), terms: termsSchema },
});

/** These buyers may be sent this, and nobody else. */
export const approachBuyersSchema = z.object({
  ...{ type: z.literal("exit.approach-buyers"), ...commitment },
  ...{ companyIds: z.array(z.uuid()).min(1).max(30), what: z.enum(["nda", "teaser", "memorandum"]) },
});

/** Value realization (40.3) opens. */
export const approveExitSchema = z.object({
  ...{ type: z.literal("exit.approve-exit"), ...commitment },
  preparationId: z.uuid(),
});
/** Exit preparation (40.2) begins beside growth. */
export const startPreparationSchema = z.object({
  ...{ type: z.literal("exit.start-preparation"), ...commitment },
  ...{ ventureId: z.uuid(), reason: line(300) },
});
/** A criterion of readiness gets an agent's score, on named evidence. */
export const scoreCriterionSchema = z.object({
  ...{ type: z.literal("exit.score-criterion"), ...commitment },
  ...{ ventureId: z.uuid(), criterion: line(80), score: z.int().min(0).max(4), rationale: line(300) },
  evidence: z.array(evidenceSchema).min(1).max(20),
  replaces: z.string().regex(/^\d+$/).nullable(),
});
/** Exit preparation (40.2) ends, or waits. */
export const returnToGrowthSchema = z.object({
  ...{ type: z.literal("exit.return-to-growth"), ...commitment },
  ...{ preparationId: z.uuid(), reason: line(300) },
});
export const pausePreparationSchema = z.object({
  ...{ type: z.literal("exit.pause-preparation"), ...commitment },
  ...{ preparationId: z.uuid(), reason: line(300) },
});

const offerVersion = { dealId: z.uuid(), offerId: z.uuid(), offerVersion: z.int().positive() };
/** This bidder is negotiated with first, on this offer. */
export const preferBidderSchema = z.object({
  ...{ type: z.literal("deal.prefer-bidder"), ...commitment },
  ...{ processId: z.uuid(), ...offerVersion },
});
/** What binds may be signed, on these terms and no others; `on` is the day that was asked for. */
const signing = { ...commitment, ...offerVersion, dealVersion: z.int().positive(), on: z.iso.date() };
export const signLoiSchema = z.object({ type: z.literal("deal.sign-loi"), ...signing });
export const signAgreementSchema = z.object({ type: z.literal("deal.sign-agreement"), ...signing });
/** These terms may be sent to the bidder as our counter: those of a stored draft, or `terms` as an agent drafted them to an offer. */
export const sendCounterSchema = z.object({
  ...{ type: z.literal("deal.send-counter"), ...commitment, ...offerVersion },
  terms: offerTermsSchema.optional(),
});

/** We give up a condition of closing that protects us. */
export const waiveConditionSchema = z.object({
  ...{ type: z.literal("deal.waive-condition"), ...commitment },
  ...{ itemId: z.uuid(), itemVersion: z.int().positive(), reason: line(500) },
});
/** All held signatures of a closing take effect. */
export const releaseSignaturesSchema = z.object({
  ...{ type: z.literal("deal.release-signatures"), ...commitment },
  ...{ dealId: z.uuid(), closingVersion: z.int().positive() },
});
/** These words go to these people. */
export const sendStatusSchema = z.object({
  ...{ type: z.literal("deal.send-status"), ...commitment },
  ...{ dealId: z.uuid(), artefactId: z.uuid(), message: line(1_200) },
  recipients: z
    .array(z.object({ name: line(120), email: z.email().max(200) }))
    .min(1)
    .max(20),
});

/** Value realization (40.3) ends without a sale, or waits. */
const aboutSale = { ...commitment, realizationId: z.uuid(), reason: line(300) };
export const delayExitSchema = z.object({ type: z.literal("deal.delay-exit"), ...aboutSale });
/** With an impediment it waits until that is lifted. */
export const pauseSaleSchema = z.object({
  ...{ type: z.literal("deal.pause-sale"), ...aboutSale },
  impedimentId: z.uuid().optional(),
});

/** Something that a person recorded stands in the way: a disputed tranche is held or not, a venture leaves stage 40. */
const aboutImpediment = { ...commitment, impedimentId: z.uuid(), reason: line(300) };
export const freezeTrancheSchema = z.object({
  ...{ type: z.literal("deal.freeze-tranche"), ...aboutImpediment, trancheId: z.uuid() },
});
export const liftFreezeSchema = z.object({
  ...{ type: z.literal("deal.lift-freeze"), ...aboutImpediment, trancheId: z.uuid() },
});
export const regressSchema = z.object({
  ...{ type: z.literal("stage.regress-to-39"), ...aboutImpediment, ventureId: z.uuid() },
});

/** This document may be sent: a stored version, or, without one, as it would be written from facts of this digest. */
export const sendDocumentSchema = z.object({
  ...{ type: z.literal("deal.send-document"), ...commitment },
  ...{ dealId: z.uuid(), documentId: z.uuid().nullable(), documentVersion: z.int().positive().nullable() },
  ...{ kind: z.enum(DOCUMENT_KINDS), offerId: z.uuid().nullable(), offerVersion: z.int().positive().nullable() },
  digest: line(80),
});

/** These revisions may be shown to these addresses until a day, each holder's to that holder alone. */
export const issueStatementsSchema = z.object({
  ...{ type: z.literal("distribution.issue-statements"), ...commitment },
  ...{ recordCurrency: currency, expiresOn: z.iso.date(), holders: z.array(issuedSchema).min(1).max(MOST_HOLDERS) },
});

/** These payments and no others: `digest` is of their lines. `budgetMinor` is what leaves. */
export const payActionSchema = z.object({
  ...{ type: z.literal("payments.pay"), ...commitment },
  ...{ batchId: z.uuid(), digest: z.string().regex(/^[0-9a-f]{64}$/) },
});

/** An agent may do this kind of thing by itself at a venture, up to so many US dollars; `before` is what held until then. */
export const promoteSchema = z.object({
  ...{ type: z.literal("policy.promote"), ...commitment, ventureId: z.uuid(), agent: z.enum(AGENTS) },
  ...{ actionClass: z.enum(ACTION_CLASSES), reason: line(300) },
  /** Null: it commits no money. */
  limitUsd: decimal.nullable(),
  before: z.object({ level: z.enum(AUTONOMIES), limitUsd: decimal.nullable(), reason: line(500) }).nullable(),
});

export const actionSchema = z.discriminatedUnion("type", [
  payActionSchema,
  promoteSchema,
  startInitiativeSchema,
  pauseInitiativeSchema,
  raiseBudgetActionSchema,
  reviewStrategySchema,
  openRoomActionSchema,
  approachBuyersSchema,
  approveExitSchema,
  startPreparationSchema,
  scoreCriterionSchema,
  returnToGrowthSchema,
  pausePreparationSchema,
  preferBidderSchema,
  signLoiSchema,
  signAgreementSchema,
  sendCounterSchema,
  sendDocumentSchema,
  delayExitSchema,
  pauseSaleSchema,
  freezeTrancheSchema,
  liftFreezeSchema,
  regressSchema,
  waiveConditionSchema,
  releaseSignaturesSchema,
  sendStatusSchema,
  issueStatementsSchema,
]);
export type Action = z.infer<typeof actionSchema>;

/** A figure as it was when it was quoted. */
export const quoteSchema = z.object({ id: figureId, revision: z.int().positive() });
export type Quote = z.infer<typeof quoteSchema>;

export const DO_NOTHING = "nothing";

export const optionSchema = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, "a short id"),
  title: line(160),
  /** May quote figures as [[fig:…]]. */
  text: z.string().trim().max(1_200),
  consequences: z.array(z.object({ label: line(80), figure: figureId })).max(8),
  /** What is carried out if this option is approved; none for doing nothing. */
  action: actionSchema.nullable(),
});
export type MemoOption = z.infer<typeof optionSchema>;

/** A cell is a figure, or words without a number; null is unknown. */
export const memoCellSchema = z.union([z.object({ figure: figureId }), z.object({ text: line(300) })]).nullable();
export const memoTableSchema = z.object({
  title: line(120),
  /** Of the cells; the label of a row has none. */
  columns: z.array(line(60)).min(1).max(6),
  rows: z.array(z.object({ label: line(200), cells: z.array(memoCellSchema).max(6) })).max(40),
  /** What the table leaves open, in words. */
  note: line(400).nullable(),
  /** Amounts to the minor unit: what is paid is approved as it is paid. */
  exact: z.boolean().optional(),
});
export type MemoTable = z.infer<typeof memoTableSchema>;

export const MOST_QUOTES = 240;

export const memoContentSchema = z.object({
  recommendation: line(1_200),
  recommendedOption: z.string(),
  why: z.array(line(600)).max(8),
  options: z.array(optionSchema).min(2, "at least two options").max(6),
  /** The case in figures, side by side. */
  tables: z.array(memoTableSchema).max(8).optional(),
  evidence: z.object({ figures: z.array(figureId).max(60), artefactId: z.uuid().nullable() }),
  reversibility: line(400),
  onApproval: z.array(line(400)).min(1).max(12),
  dissent: z.array(z.object({ by: line(80), text: line(800) })).max(6),
  /** Every figure the memo quotes, at the revision that was read. */
  quotes: z.array(quoteSchema).max(MOST_QUOTES),
});
export type MemoContent = z.infer<typeof memoContentSchema>;

export const proposalSchema = z.object({
  ventureId: z.uuid(),
  agent: z.enum(AGENTS).nullable(),
  runId: z.uuid().nullable(),
  title: line(160),
  rationale: line(4_000),
  actionClass: z.enum(ACTION_CLASSES),
  stakeMinor: z
    .string()
    .regex(/^\d{1,30}$/)
    .nullable(),
  stakeCurrency: currency.nullable(),
  content: memoContentSchema,
  /** Two proposals with one key are one proposal. */
  dedupeKey: line(200),
  expiresInDays: z.int().min(1).max(180).default(21),
});
export type ProposalInput = z.input<typeof proposalSchema>;

export const COMPARATORS = ["at-least", "at-most"] as const;
/** Any metric of the dictionary: the newest stored value, or a headline figure computed from the venture's facts. */
export const conditionSchema = z.object({
  metric: line(80).refine(canBeCondition, "the key of a metric or of a term of the offer"),
  comparator: z.enum(COMPARATORS),
  threshold: decimal,
  /** The last day on which it may come true. */
  until: z.iso.date("a date"),
});
export type Condition = z.infer<typeof conditionSchema>;

const read = { memoId: z.uuid(), version: z.int().positive() };
const note = z.string().trim().max(2_000).default("");

/** The person sends what they read and what they say; never the memo or the action. */
export const verdictSchema = z.discriminatedUnion("verdict", [
  z.object({ verdict: z.literal("approved"), ...read, note, optionId: z.string().max(40).optional() }),
  z.object({
    verdict: z.literal("conditional"),
    ...read,
    note,
    optionId: z.string().max(40).optional(),
    conditions: z.array(conditionSchema).min(1, "at least one condition").max(5),
  }),
  z.object({ verdict: z.literal("rejected"), ...read, note }),
  z.object({ verdict: z.literal("question"), ...read, question: line(2_000) }),
  z.object({ verdict: z.literal("deferred"), ...read, note, until: z.iso.date("a date") }),
]);
export type VerdictInput = z.output<typeof verdictSchema>;
export type VerdictKind = VerdictInput["verdict"];

export const answerSchema = z.object({ questionId: z.uuid(), ...read, answer: line(4_000) });
export type AnswerInput = z.output<typeof answerSchema>;

export const memoVersionSchema = z.object(read);
export type MemoVersionRead = z.output<typeof memoVersionSchema>;

export const withdrawSchema = z.object({ ...read, reason: line(300) });

export const reverseSchema = z.object({ ...read, reason: line(500) });
export type ReverseInput = z.output<typeof reverseSchema>;

export const reviseSchema = z.object({ ...read, title: line(160), content: memoContentSchema, reason: line(300) });
export type ReviseInput = z.output<typeof reviseSchema>;

export type MemoStatus =
  | "pending"
  | "question"
  | "deferred"
  /** Approved by one; waits for a second person. */
  | "confirming"
  | "approved"
  | "conditional"
  | "rejected"
  | "expired"
  | "withdrawn"
  | "reversed";
