"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { setDigest } from "../mutations/digest";
import { askReading, endReading, giveOpinion } from "../mutations/readings";
import { askReadingSchema, digestSettingSchema, opinionSchema, readingIdSchema } from "../schema/inbox";

export const haveRead = defineAction({
  permission: "memo:decide",
  input: askReadingSchema,
  run: ({ actor, input }) => askReading(actor, input, clock.now()),
});

export const submitOpinion = defineAction({
  permission: "memo:comment",
  input: opinionSchema,
  run: ({ actor, input }) => giveOpinion(actor, input, clock.now()),
});

export const letOff = defineAction({
  permission: "memo:decide",
  input: readingIdSchema,
  run: ({ actor, input }) => endReading(actor, input.readingId, clock.now()),
});

export const setOwnDigest = defineAction({
  permission: "memo:read",
  input: digestSettingSchema,
  run: ({ actor, input }) => setDigest(actor, input, clock.now()),
});
