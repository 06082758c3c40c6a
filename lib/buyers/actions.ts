"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { askApproach as ask } from "./mutations/approach";
import * as candidates from "./mutations/candidates";
import * as outreach from "./mutations/outreach";
import * as schema from "./schema";

export const addBuyer = defineAction({
  permission: "buyer:edit",
  input: schema.addBuyerSchema,
  run: ({ actor, input }) => candidates.addBuyer(actor, input, clock.now()),
});

export const claimOfBuyer = defineAction({
  permission: "buyer:edit",
  input: schema.claimSchema,
  run: ({ actor, input }) => candidates.claimOfBuyer(actor, input, clock.now()),
});

export const placeBuyer = defineAction({
  permission: "buyer:edit",
  input: schema.placeSchema,
  run: ({ actor, input }) => outreach.placeBuyer(actor, input, clock.now()),
});

export const moveOutreach = defineAction({
  permission: "buyer:edit",
  input: schema.outreachSchema,
  run: ({ actor, input }) => outreach.moveOutreach(actor, input, clock.now()),
});

export const askApproach = defineAction({
  permission: "buyer:edit",
  input: schema.askApproachSchema,
  run: ({ actor, input }) => ask(actor, input, clock.now()),
});

export const archiveBuyer = defineAction({
  permission: "buyer:edit",
  input: schema.archiveBuyerSchema,
  run: ({ actor, input }) => outreach.archiveBuyer(actor, input, clock.now()),
});

export const restoreBuyer = defineAction({
  permission: "buyer:edit",
  input: schema.restoreBuyerSchema,
  run: ({ actor, input }) => outreach.restoreBuyer(actor, input, clock.now()),
});
