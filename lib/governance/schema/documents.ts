import { z } from "zod";
import { AUTONOMIES, PROFILES } from "@/lib/ventures/schema";
import { evidenceSchema, MODES, TRIGGER_IDS, type TriggerId } from "../schema";

/**
 * The documents that cross the boundary, as contracts: their JSON Schemas are published at /api/governance/schemas/<name>
 * and stand in docs/schemas. A change that a reader would notice is a new version with a new name.
 */
export const HANDOFF = "chairman-handoff-1";
export const ANSWER = "chairman-answer-1";

const moment = z.iso.datetime().describe("UTC");
const day = z.iso.date();
const money = z.strictObject({ minor: z.string().regex(/^-?\d+$/), currency: z.string().regex(/^[A-Z]{3}$/) });
const ventureSchema = z.strictObject({
  id: z.uuid(),
  slug: z.string(),
  name: z.string(),
  sector: z.string(),
  businessModel: z.string(),
  country: z.string(),
  currency: z.string(),
});

const envelope = {
  schema: z.literal(HANDOFF),
  id: z.string().describe("Of this document, for ever: keep it, and act once"),
  number: z.string().describe("As people call it: H-7"),
  issuedAt: moment,
  venture: ventureSchema,
  boundary: z
    .literal("read-only")
    .describe("Nothing of the receiver runs here; answer with a document of the schema that `answerWith` names"),
  answerWith: z.literal(ANSWER),
};

export const directiveDocumentSchema = z.strictObject({
  ...envelope,
  kind: z.literal("directive"),
  directive: z.strictObject({
    id: z.uuid(),
    number: z.string(),
    trigger: z.enum(TRIGGER_IDS as [TriggerId, ...TriggerId[]]),
    mode: z.enum(MODES),
    instruction: z.string(),
    title: z.string(),
    cause: z.string(),
    causeKey: z.string().describe("The same cause fires once while it lasts"),
    occurrence: z.int().positive(),
    firedAt: moment,
  }),
  situation: z.strictObject({ stage: z.string(), openSubstages: z.array(z.string()), autonomy: z.enum(AUTONOMIES) }),
  evidence: z.array(evidenceSchema),
});
export type DirectiveDocument = z.output<typeof directiveDocumentSchema>;

export const retrospectiveDocumentSchema = z.strictObject({
  ...envelope,
  kind: z.literal("retrospective"),
  stage: z.strictObject({
    ordinal: z.int().positive(),
    enteredOn: day,
    endedOn: day.nullable(),
    outcome: z.string().nullable(),
    profile: z.enum(PROFILES),
    autonomy: z.enum(AUTONOMIES),
    certificate: z.string().nullable().describe("Id of the completion certificate, where one was issued"),
  }),
  preparations: z.array(
    z.strictObject({
      startedOn: day,
      endedOn: day.nullable(),
      status: z.string(),
      rounds: z.int(),
      reason: z.string().nullable(),
    }),
  ),
  sale: z.strictObject({
    bidders: z.int(),
    fallen: z.int(),
    offers: z.int(),
    phases: z.array(z.strictObject({ at: moment, text: z.string() })),
    completed: z.strictObject({ bidder: z.string(), on: day }).nullable(),
  }),
  value: z.strictObject({
    valuations: z.array(z.strictObject({ on: day, value: z.string(), currency: z.string().nullable() })),
    paid: z.array(z.strictObject({ what: z.string(), amount: money, on: day })),
  }),
  readiness: z.array(z.strictObject({ on: day, score: z.string() })),
  initiatives: z.array(
    z.strictObject({
      title: z.string(),
      lever: z.string(),
      status: z.string(),
      budget: money,
      startedOn: day.nullable(),
      endedOn: day.nullable(),
      verdicts: z.array(z.strictObject({ on: day, verdict: z.string(), evidence: z.array(evidenceSchema) })),
    }),
  ),
  decisions: z.strictObject({
    memos: z.int(),
    approved: z.int(),
    rejected: z.int(),
    reversed: z.int(),
    byPolicy: z.int(),
  }),
  directives: z.array(z.strictObject({ number: z.string(), trigger: z.string(), title: z.string(), firedAt: moment })),
  risks: z.array(z.strictObject({ title: z.string(), likelihood: z.int(), impact: z.int(), status: z.string() })),
});
export type RetrospectiveDocument = z.output<typeof retrospectiveDocumentSchema>;

export const handoffDocumentSchema = z.discriminatedUnion("kind", [
  directiveDocumentSchema,
  retrospectiveDocumentSchema,
]);
export type HandoffDocument = z.output<typeof handoffDocumentSchema>;

/** The database keeps neither a NUL nor half of a surrogate pair, so a document with one is refused, never half taken in. */
const words = () =>
  z
    .string()
    .refine((text) => text.isWellFormed() && !text.includes("\u0000"), {
      error: "text of whole characters without NUL",
    })
    .trim();
const line = (most: number) => words().min(1).max(most);
export const TOPICS = ["growth", "exit", "value"] as const;
export type Topic = (typeof TOPICS)[number];

export const answerDocumentSchema = z.strictObject({
  schema: z.literal(ANSWER),
  id: line(120).describe("Of this document, for ever: the same id is the same answer"),
  inReplyTo: line(120).nullable().describe("The id of the handoff that it answers; null where it answers none"),
  issuedAt: moment,
  issuedBy: line(120),
  status: z.enum(["noted", "accepted", "declined", "informs"]),
  text: words().max(4_000).default(""),
  learnings: z
    .array(
      z.strictObject({
        id: line(120),
        statement: line(600).describe("What was learnt, in one or two sentences"),
        source: line(60).describe("Where it comes from, as it is to be cited: at most six words"),
        topics: z.array(z.enum(TOPICS)).min(1),
        sector: line(80).nullable().default(null),
        businessModel: line(40).nullable().default(null),
        confidence: z.enum(["low", "medium", "high"]),
        learntOn: day,
      }),
    )
    .max(100)
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, { error: "an id of its own for each" })
    .default([]),
});
export type AnswerDocument = z.output<typeof answerDocumentSchema>;

export const PUBLISHED = { [HANDOFF]: handoffDocumentSchema, [ANSWER]: answerDocumentSchema } as const;
export type PublishedName = keyof typeof PUBLISHED;
export const isPublished = (name: string): name is PublishedName => Object.hasOwn(PUBLISHED, name);

const TITLES: Readonly<Record<PublishedName, string>> = {
  [HANDOFF]: "A handoff of Chairman to the governance system",
  [ANSWER]: "An answer of the governance system, with what it learnt",
};

/** JSON Schema (2020-12) of a document as it is sent, or as it may be written. */
export const publishedSchema = (name: PublishedName): Record<string, unknown> => ({
  ...z.toJSONSchema(PUBLISHED[name], { io: name === ANSWER ? "input" : "output" }),
  $id: `/api/governance/schemas/${name}`,
  title: TITLES[name],
});
