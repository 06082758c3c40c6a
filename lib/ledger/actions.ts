"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import * as decisions from "./mutations/carry-out";
import * as requests from "./mutations/requests";
import * as tranches from "./mutations/tranches";
import * as schema from "./schema";
import * as asked from "./schema/requests";

export const askClosing = defineAction({
  permission: "payment:prepare",
  input: asked.askClosingSchema,
  run: ({ actor, input }) => requests.askClosing(actor, input, clock.now()),
});

export const askProceeds = defineAction({
  permission: "payment:prepare",
  input: asked.askProceedsSchema,
  run: ({ actor, input }) => requests.askProceeds(actor, input, clock.now()),
});

export const askReversal = defineAction({
  permission: "payment:prepare",
  input: asked.askReversalSchema,
  run: ({ actor, input }) => requests.askReversal(actor, input, clock.now()),
});

export const withdrawRequest = defineAction({
  permission: "payment:prepare",
  input: asked.requestReadSchema,
  run: ({ actor, input }) => requests.withdrawRequest(actor, input, clock.now()),
});

export const carryOutRequest = defineAction({
  permission: "payment:release",
  input: asked.requestReadSchema,
  run: ({ actor, input }) => decisions.carryOutRequest(actor, input, clock.now()),
});

export const openTranche = defineAction({
  permission: "payment:prepare",
  input: schema.trancheSchema,
  run: ({ actor, input }) => tranches.openTranche(actor, input, clock.now()),
});

export const recordClaim = defineAction({
  permission: "payment:prepare",
  input: schema.claimSchema,
  run: ({ actor, input }) => tranches.recordClaim(actor, input, clock.now()),
});

export const closeClaim = defineAction({
  permission: "payment:prepare",
  input: schema.closeClaimSchema,
  run: ({ actor, input }) => tranches.closeClaim(actor, input, clock.now()),
});

export const freezeTranche = defineAction({
  permission: "payment:release",
  input: schema.freezeSchema,
  run: ({ actor, input }) => tranches.freezeTranche(actor, input, clock.now()),
});

export const recordInstruction = defineAction({
  permission: "payment:prepare",
  input: schema.instructionSchema,
  run: ({ actor, input }) => tranches.recordInstruction(actor, input, clock.now()),
});

export const releaseTranche = defineAction({
  permission: "payment:release",
  input: schema.releaseSchema,
  run: ({ actor, input }) => tranches.releaseTranche(actor, input.instructionId, clock.now()),
});
