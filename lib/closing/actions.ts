"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import * as items from "./mutations/items";
import * as memos from "./mutations/memos";
import * as opening from "./mutations/opening";
import * as removals from "./mutations/removals";
import * as signatures from "./mutations/signatures";
import * as status from "./mutations/status";
import * as waivers from "./mutations/waivers";
import * as schema from "./schema";

export const openClosing = defineAction({
  permission: "deal:edit",
  input: schema.openClosingSchema,
  run: ({ actor, input }) => opening.openClosing(actor, input, clock.now()),
});

export const keepSizes = defineAction({
  permission: "deal:edit",
  input: schema.keepSizesSchema,
  run: ({ actor, input }) => opening.keepSizes(actor, input, clock.now()),
});

export const addItem = defineAction({
  permission: "deal:edit",
  input: schema.addItemSchema,
  run: ({ actor, input }) => items.addItem(actor, input, clock.now()),
});

export const editItem = defineAction({
  permission: "deal:edit",
  input: schema.editItemSchema,
  run: ({ actor, input }) => items.editItem(actor, input, clock.now()),
});

export const setStates = defineAction({
  permission: "deal:edit",
  input: schema.setStatesSchema,
  run: ({ actor, input }) => items.setStates(actor, input, clock.now()),
});

export const undoItem = defineAction({
  permission: "deal:edit",
  input: schema.undoItemSchema,
  run: ({ actor, input }) => items.undoItem(actor, input, clock.now()),
});

export const recordWaiver = defineAction({
  permission: "deal:edit",
  input: schema.recordWaiverSchema,
  run: ({ actor, input }) => waivers.recordWaiver(actor, input, clock.now()),
});

export const askWaiver = defineAction({
  permission: "memo:draft",
  input: schema.askWaiverSchema,
  run: ({ actor, input }) => memos.askWaiver(actor, input, clock.now()),
});

export const addDocument = defineAction({
  permission: "deal:edit",
  input: schema.addDocumentSchema,
  run: ({ actor, input }) => signatures.addDocument(actor, input, clock.now()),
});

export const moveSignatures = defineAction({
  permission: "deal:edit",
  input: schema.moveSignaturesSchema,
  run: ({ actor, input }) => signatures.moveSignatures(actor, input, clock.now()),
});

export const askRelease = defineAction({
  permission: "memo:draft",
  input: schema.askReleaseSchema,
  run: ({ actor, input }) => memos.askRelease(actor, input, clock.now()),
});

export const writeStatus = defineAction({
  permission: "deal:edit",
  input: schema.writeStatusSchema,
  run: ({ actor, input }) => status.writeStatus(actor, input, clock.now()),
});

export const askSend = defineAction({
  permission: "memo:draft",
  input: schema.askSendSchema,
  run: ({ actor, input }) => memos.askSend(actor, input, clock.now()),
});

export const removeItem = defineAction({
  permission: "deal:edit",
  input: schema.removeItemSchema,
  run: ({ actor, input }) => removals.removeItem(actor, input, clock.now()),
});

export const removeDocument = defineAction({
  permission: "deal:edit",
  input: schema.removeDocumentSchema,
  run: ({ actor, input }) => removals.removeDocument(actor, input, clock.now()),
});

export const restoreRemoved = defineAction({
  permission: "deal:edit",
  input: schema.restoreRemovedSchema,
  run: ({ actor, input }) => removals.restoreRemoved(actor, input, clock.now()),
});
