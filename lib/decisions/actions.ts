"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import { reverseDecision } from "./mutations/reversal";
import { answerQuestion, noteSeen, refreshMemo, withdrawMemo } from "./mutations/revisions";
import { recordVerdict, undoVerdict } from "./mutations/verdicts";
import { answerSchema, memoVersionSchema, reverseSchema, verdictSchema, withdrawSchema } from "./schema";

export const submitVerdict = defineAction({
  permission: "memo:decide",
  input: verdictSchema,
  run: ({ actor, input }) => recordVerdict(actor, input, clock.now()),
});

export const takeBackVerdict = defineAction({
  permission: "memo:decide",
  input: memoVersionSchema,
  run: ({ actor, input }) => undoVerdict(actor, input, clock.now()),
});

export const reverse = defineAction({
  permission: "memo:decide",
  input: reverseSchema,
  run: ({ actor, input }) => reverseDecision(actor, input, clock.now()),
});

export const submitAnswer = defineAction({
  permission: "memo:comment",
  input: answerSchema,
  run: ({ actor, input }) => answerQuestion(actor, input, clock.now()),
});

export const bringUpToDate = defineAction({
  permission: "figure:recompute",
  input: memoVersionSchema,
  run: ({ actor, input }) => refreshMemo(actor, input, clock.now()),
});

export const takeOffTheDesk = defineAction({
  permission: "memo:draft",
  input: withdrawSchema,
  run: ({ actor, input }) => withdrawMemo(actor, input, clock.now()),
});

export const rememberSeen = defineAction({
  permission: "memo:read",
  input: memoVersionSchema,
  run: async ({ actor, input }) => ok(await noteSeen(actor, input, clock.now())),
});
