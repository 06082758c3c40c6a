"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import * as groups from "../mutations/groups";
import * as questions from "../mutations/questions";
import * as schema from "../schema/guests";

export const proposeGroup = defineAction({
  permission: "data-room:manage",
  input: schema.proposeGroupSchema,
  run: ({ actor, input }) => groups.proposeGroup(actor, input, clock.now()),
});

export const changeTerms = defineAction({
  permission: "data-room:manage",
  input: schema.changeTermsSchema,
  run: ({ actor, input }) => groups.changeTerms(actor, input, clock.now()),
});

export const makeLink = defineAction({
  permission: "data-room:manage",
  input: schema.groupReadSchema,
  run: ({ actor, input }) => groups.makeLink(actor, input, clock.now()),
});

export const revokeGroup = defineAction({
  permission: "data-room:manage",
  input: schema.revokeGroupSchema,
  run: ({ actor, input }) => groups.revokeGroup(actor, input, clock.now()),
});

export const writeNda = defineAction({
  permission: "data-room:manage",
  input: schema.writeNdaSchema,
  run: ({ actor, input }) => groups.writeNda(actor, input, clock.now()),
});

export const limitQuestions = defineAction({
  permission: "data-room:manage",
  input: schema.limitQuestionsSchema,
  run: ({ actor, input }) => groups.limitQuestions(actor, input, clock.now()),
});

export const routeQuestion = defineAction({
  permission: "data-room:manage",
  input: schema.routeQuestionSchema,
  run: ({ actor, input }) => questions.routeQuestion(actor, input, clock.now()),
});

export const draftAnswer = defineAction({
  permission: "data-room:manage",
  input: schema.draftAnswerSchema,
  run: ({ actor, input }) => questions.draftAnswer(actor, input, clock.now()),
});

/** An answer leaves the holding, so the chairman approves it. */
export const approveAnswer = defineAction({
  permission: "memo:decide",
  input: schema.approveAnswerSchema,
  run: ({ actor, input }) => questions.approveAnswer(actor, input, clock.now()),
});

export const publishAnswer = defineAction({
  permission: "data-room:manage",
  input: schema.publishAnswerSchema,
  run: ({ actor, input }) => questions.publishAnswer(actor, input, clock.now()),
});

export const declineQuestion = defineAction({
  permission: "data-room:manage",
  input: schema.approveAnswerSchema,
  run: ({ actor, input }) => questions.declineQuestion(actor, input, clock.now()),
});
