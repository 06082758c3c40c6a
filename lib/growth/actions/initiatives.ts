"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { addEndpoint, closeEndpoint } from "../mutations/initiatives/endpoints";
import { requestBudget } from "../mutations/initiatives/initiative-budget";
import { addNote, editPlan, moveTo } from "../mutations/initiatives/initiative-plan";
import { recordSpend, reverseSpend } from "../mutations/initiatives/initiative-spend";
import { sendAgain } from "../mutations/initiatives/outbound";
import {
  changePlanSchema,
  endpointReadSchema,
  endpointSchema,
  holdMoveSchema,
  messageSchema,
  noteSchema,
  raiseBudgetSchema,
  reverseSpendSchema,
  spendSchema,
  workMoveSchema,
} from "../schema/initiatives";

export const changeInitiativePlan = defineAction({
  permission: "initiative:edit",
  input: changePlanSchema,
  run: ({ actor, input }) => editPlan(actor, input, clock.now()),
});

export const moveInitiativeOn = defineAction({
  permission: "initiative:edit",
  input: workMoveSchema,
  run: ({ actor, input }) => moveTo(actor, input, clock.now()),
});

export const holdInitiative = defineAction({
  permission: "initiative:hold",
  input: holdMoveSchema,
  run: ({ actor, input }) => moveTo(actor, input, clock.now()),
});

export const writeSpend = defineAction({
  permission: "initiative:edit",
  input: spendSchema,
  run: ({ actor, input }) => recordSpend(actor, input, clock.now()),
});

export const takeSpendBack = defineAction({
  permission: "initiative:edit",
  input: reverseSpendSchema,
  run: ({ actor, input }) => reverseSpend(actor, input, clock.now()),
});

export const writeNote = defineAction({
  permission: "initiative:edit",
  input: noteSchema,
  run: ({ actor, input }) => addNote(actor, input, clock.now()),
});

export const askForBudget = defineAction({
  permission: "memo:draft",
  input: raiseBudgetSchema,
  run: ({ actor, input }) => requestBudget(actor, input, clock.now()),
});

export const openWayOut = defineAction({
  permission: "connector:manage",
  input: endpointSchema,
  run: ({ actor, input }) => addEndpoint(actor, input, clock.now()),
});

export const closeWayOut = defineAction({
  permission: "connector:manage",
  input: endpointReadSchema,
  run: ({ actor, input }) => closeEndpoint(actor, input, clock.now()),
});

export const sendMessageAgain = defineAction({
  permission: "initiative:edit",
  input: messageSchema,
  run: ({ actor, input }) => sendAgain(actor, input.messageId, clock.now()),
});
