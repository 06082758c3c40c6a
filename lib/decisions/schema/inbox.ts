import { z } from "zod";

/** What a colleague who was asked to read a memo can say: an opinion, never a verdict. */
export const STANCES = ["for", "against", "undecided"] as const;
export type Stance = (typeof STANCES)[number];

export const askReadingSchema = z.strictObject({
  memoId: z.uuid(),
  version: z.int().positive(),
  readerId: z.uuid("a colleague"),
  dueOn: z.iso.date("a day"),
  note: z.string().trim().max(500, "at most 500 characters").default(""),
});
export type AskReading = z.output<typeof askReadingSchema>;

export const readingIdSchema = z.strictObject({ readingId: z.uuid() });

export const opinionSchema = z.strictObject({
  readingId: z.uuid(),
  /** The version of the memo that was read. */
  version: z.int().positive(),
  stance: z.enum(STANCES),
  opinion: z.string().trim().min(3, "a few words").max(2_000, "at most 2,000 characters"),
});
export type OpinionInput = z.output<typeof opinionSchema>;

export const FREQUENCIES = ["daily", "weekly", "off"] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export const digestSettingSchema = z.strictObject({
  frequency: z.enum(FREQUENCIES),
  hour: z.int().min(0).max(23, "an hour from 0 to 23"),
});
export type DigestSetting = z.output<typeof digestSettingSchema>;
