"use server";

import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { readFolderFor, uploadAnswer, withdrawLearning } from "./mutations/answers";
import { renewAnswerSecret, setDelivery } from "./mutations/delivery";
import { redeliver } from "./mutations/handoffs";
import { stateSignal, withdrawSignal } from "./mutations/signals";
import {
  deliveryVersionSchema,
  handoffIdSchema,
  setDeliverySchema,
  stateSignalSchema,
  takeInSchema,
  withdrawLearningSchema,
  withdrawSignalSchema,
} from "./schema";

export const deliverAgain = defineAction({
  permission: "governance:exchange",
  input: handoffIdSchema,
  run: ({ actor, input }) => redeliver(actor, input.handoffId, clock.now()),
});

export const state = defineAction({
  permission: "governance:exchange",
  input: stateSignalSchema,
  run: ({ actor, input }) => stateSignal(actor, input, clock.now()),
});

export const takeBackSignal = defineAction({
  permission: "governance:exchange",
  input: withdrawSignalSchema,
  run: ({ actor, input }) => withdrawSignal(actor, input.signalId, clock.now()),
});

export const takeInDocument = defineAction({
  permission: "governance:exchange",
  input: takeInSchema,
  run: ({ actor, input }) => uploadAnswer(actor, input.text, clock.now()),
});

export const lookIntoFolder = defineAction({
  permission: "governance:exchange",
  input: z.strictObject({}),
  run: ({ actor }) => readFolderFor(actor, clock.now()),
});

export const setAsideLearning = defineAction({
  permission: "governance:exchange",
  input: withdrawLearningSchema,
  run: ({ actor, input }) => withdrawLearning(actor, input, clock.now()),
});

export const chooseDelivery = defineAction({
  permission: "connector:manage",
  input: setDeliverySchema,
  run: ({ actor, input }) => setDelivery(actor, input, clock.now()),
});

export const renewSecret = defineAction({
  permission: "connector:manage",
  input: deliveryVersionSchema,
  run: ({ actor, input }) => renewAnswerSecret(actor, input.version, clock.now()),
});
