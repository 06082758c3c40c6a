"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import * as documents from "./mutations/documents";
import * as sending from "./mutations/sending";
import * as templates from "./mutations/templates";
import * as preview from "./queries/template-preview";
import {
  askSendingSchema,
  keepTemplateSchema,
  previewTemplateSchema,
  recordSentSchema,
  rewriteDocumentSchema,
  statePartsSchema,
  writeDocumentSchema,
} from "./schema";

export const writeDocument = defineAction({
  permission: "deal:edit",
  input: writeDocumentSchema,
  run: ({ actor, input }) => documents.writeDocument(actor, input, clock.now()),
});

export const rewriteDocument = defineAction({
  permission: "deal:edit",
  input: rewriteDocumentSchema,
  run: ({ actor, input }) => documents.rewriteDocument(actor, input, clock.now()),
});

export const stateParts = defineAction({
  permission: "deal:edit",
  input: statePartsSchema,
  run: ({ actor, input }) => documents.stateParts(actor, input, clock.now()),
});

export const askSending = defineAction({
  permission: "memo:draft",
  input: askSendingSchema,
  run: ({ actor, input }) => sending.askSending(actor, input, clock.now()),
});

export const recordSent = defineAction({
  permission: "deal:edit",
  input: recordSentSchema,
  run: ({ actor, input }) => sending.recordSent(actor, input, clock.now()),
});

export const previewTemplate = defineAction({
  permission: "deal:edit",
  input: previewTemplateSchema,
  run: ({ input }) => preview.previewTemplate(input),
});

export const keepTemplate = defineAction({
  permission: "deal:edit",
  input: keepTemplateSchema,
  run: ({ actor, input }) => templates.keepTemplate(actor, input, clock.now()),
});
