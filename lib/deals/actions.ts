"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { withReview } from "@/lib/workflows/deal-review";
import * as facts from "./mutations/facts";
import * as negotiation from "./mutations/negotiation";
import * as offers from "./mutations/offers";
import * as opening from "./mutations/opening";
import * as signature from "./mutations/signature";
import * as stages from "./mutations/stages";
import {
  advanceDealSchema,
  askSignatureSchema,
  keepFactsSchema,
  openDealSchema,
  setAssumptionsSchema,
  undoStepSchema,
} from "./schema/deal";
import { askCounterSchema, concessionSchema, keepNegotiationSchema, recordSentSchema } from "./schema/negotiation";
import { recordOfferSchema, reviseOfferSchema } from "./schema/terms";

export const openDeal = defineAction({
  permission: "deal:edit",
  input: openDealSchema,
  run: ({ actor, input }) => opening.openDeal(actor, input, clock.now()),
});

export const keepFacts = defineAction({
  permission: "deal:edit",
  input: keepFactsSchema,
  run: ({ actor, input }) => facts.keepFacts(actor, input, clock.now()),
});

export const advanceDeal = defineAction({
  permission: "deal:edit",
  input: advanceDealSchema,
  run: ({ actor, input }) => withReview(actor, input.dealId, stages.advanceDeal(actor, input, clock.now())),
});

export const undoStep = defineAction({
  permission: "deal:edit",
  input: undoStepSchema,
  run: ({ actor, input }) => stages.undoStep(actor, input, clock.now()),
});

export const askSignature = defineAction({
  permission: "memo:draft",
  input: askSignatureSchema,
  run: ({ actor, input }) => signature.askSignature(actor, input, clock.now()),
});

export const setAssumptions = defineAction({
  permission: "deal:edit",
  input: setAssumptionsSchema,
  run: ({ actor, input }) => opening.setAssumptions(actor, input, clock.now()),
});

export const recordOffer = defineAction({
  permission: "deal:edit",
  input: recordOfferSchema,
  run: ({ actor, input }) => offers.recordOffer(actor, input, clock.now()),
});

export const reviseOffer = defineAction({
  permission: "deal:edit",
  input: reviseOfferSchema,
  run: ({ actor, input }) => offers.reviseOffer(actor, input, clock.now()),
});

export const keepNegotiation = defineAction({
  permission: "deal:edit",
  input: keepNegotiationSchema,
  run: ({ actor, input }) => negotiation.keepNegotiation(actor, input, clock.now()),
});

export const recordConcession = defineAction({
  permission: "deal:edit",
  input: concessionSchema,
  run: ({ actor, input }) => negotiation.recordConcession(actor, input, clock.now()),
});

export const askCounter = defineAction({
  permission: "memo:draft",
  input: askCounterSchema,
  run: ({ actor, input }) => negotiation.askCounter(actor, input, clock.now()),
});

export const recordSent = defineAction({
  permission: "deal:edit",
  input: recordSentSchema,
  run: ({ actor, input }) => negotiation.recordSent(actor, input, clock.now()),
});
