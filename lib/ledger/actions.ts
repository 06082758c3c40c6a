"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import * as distributions from "./mutations/distribute";
import * as tranches from "./mutations/tranches";
import * as schema from "./schema";

export const distribute = defineAction({
  permission: "payment:prepare",
  input: schema.distributeSchema,
  run: ({ actor, input }) => distributions.distributeByCapTable(actor, input, clock.now()),
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
