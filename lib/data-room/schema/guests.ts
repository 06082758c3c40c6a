import { z } from "zod";
import { SECTION_COUNT } from "../schema";

/** What a guest may do with a folder; each level holds the one before. */
export const ACCESS_LEVELS = ["none", "view", "download"] as const;
export type AccessLevel = (typeof ACCESS_LEVELS)[number];

const line = (most: number) => z.string().trim().min(1, "some text").max(most, `at most ${most} characters`);
const version = z.int().positive();
const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email("an e-mail address"));

/** A whole section (item null), or one item of it, which then counts instead. */
const grantSchema = z.object({
  section: z.int().min(1).max(SECTION_COUNT),
  item: z.int().min(1).max(200).nullable(),
  level: z.enum(ACCESS_LEVELS),
});
export type Grant = z.infer<typeof grantSchema>;

/** What the chairman approves for a group, word for word. */
export const termsSchema = z.object({
  emails: z.array(emailSchema).min(1, "at least one address").max(100),
  grants: z.array(grantSchema).min(1, "at least one folder").max(400),
  /** The last day. */
  expiresOn: z.iso.date("a day as YYYY-MM-DD"),
});
export type Terms = z.infer<typeof termsSchema>;

export const proposeGroupSchema = z.object({ roomId: z.uuid(), name: line(80), terms: termsSchema });
export type ProposeGroup = z.output<typeof proposeGroupSchema>;
export const changeTermsSchema = z.object({ groupId: z.uuid(), version, terms: termsSchema });
export type ChangeTerms = z.output<typeof changeTermsSchema>;
export const groupReadSchema = z.object({ groupId: z.uuid(), version });
export type GroupRead = z.output<typeof groupReadSchema>;
export const revokeGroupSchema = z.object({ groupId: z.uuid(), reason: line(300) });
export type RevokeGroup = z.output<typeof revokeGroupSchema>;
export const writeNdaSchema = z.object({ roomId: z.uuid(), text: line(40_000) });
export type WriteNda = z.output<typeof writeNdaSchema>;
export const limitQuestionsSchema = z.object({ groupId: z.uuid(), version, perWeek: z.int().min(0).max(500) });
export type LimitQuestions = z.output<typeof limitQuestionsSchema>;

const questionRead = { questionId: z.uuid(), version };
export const routeQuestionSchema = z.object({ ...questionRead, ownerId: z.uuid().nullable() });
export type RouteQuestion = z.output<typeof routeQuestionSchema>;
export const draftAnswerSchema = z.object({ ...questionRead, answer: line(8_000) });
export type DraftAnswer = z.output<typeof draftAnswerSchema>;
export const approveAnswerSchema = z.object(questionRead);
export type QuestionRead = z.output<typeof approveAnswerSchema>;
export const publishAnswerSchema = z.object({ ...questionRead, audience: z.enum(["group", "all"]) });
export type PublishAnswer = z.output<typeof publishAnswerSchema>;

/** The token of a link: 256 bits, as `newToken` writes them. */
const linkSchema = z.string().regex(/^room_[A-Za-z0-9_-]{43}$/, "a link of a data room");
export const askCodeSchema = z.object({ link: linkSchema, email: emailSchema });
export const enterSchema = z.object({
  link: linkSchema,
  email: emailSchema,
  code: z
    .string()
    .trim()
    .regex(/^\d{6}$/, "six digits"),
});
export type Enter = z.output<typeof enterSchema>;
export const acceptNdaSchema = z.object({ link: linkSchema, ndaVersion: version, name: line(120) });
export type AcceptNda = z.output<typeof acceptNdaSchema>;
export const leaveSchema = z.object({ link: linkSchema });
export const askQuestionSchema = z.object({
  link: linkSchema,
  section: z.int().min(1).max(SECTION_COUNT).nullable(),
  documentId: z.uuid().nullable(),
  text: line(2_000),
});
export type AskQuestion = z.output<typeof askQuestionSchema>;
export const readPagesSchema = z.object({
  link: linkSchema,
  documentId: z.uuid(),
  /** Whole seconds on each page, as the reader's browser counted them. */
  pages: z
    .array(z.object({ page: z.int().min(1).max(5_000), seconds: z.int().min(1).max(3_600) }))
    .min(1)
    .max(100),
});
export type ReadPages = z.output<typeof readPagesSchema>;
export const guestDocumentSchema = z.object({ link: linkSchema, documentId: z.uuid() });
export const guestSearchSchema = z.object({ link: linkSchema, q: z.string().trim().min(2).max(200) });
