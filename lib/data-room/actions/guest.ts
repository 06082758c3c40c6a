"use server";

import { headers } from "next/headers";
import { clientOf } from "@/lib/auth/client";
import { defineDoorAction, defineGuestAction } from "@/lib/auth/define-guest";
import { dropGuestCookie, keepGuestCookie } from "@/lib/auth/guest-session";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import * as door from "../mutations/door";
import * as deeds from "../mutations/guest-deeds";
import * as schema from "../schema/guests";

export const askCode = defineDoorAction({
  input: schema.askCodeSchema,
  run: async (input) => door.askCode(input, clientOf(await headers()), clock.now()),
});

export const enterRoom = defineDoorAction({
  input: schema.enterSchema,
  run: async (input) => {
    const entered = await door.enterRoom(input, clientOf(await headers()), clock.now());
    if (!entered.ok) return entered;
    await keepGuestCookie(input.link, entered.value.token, entered.value.expiresAt);
    return ok(null);
  },
});

export const acceptNda = defineGuestAction({
  input: schema.acceptNdaSchema,
  beforeAgreeing: true,
  run: ({ guest, input }) => deeds.acceptNda(guest, input, clock.now()),
});

export const declineNda = defineGuestAction({
  input: schema.leaveSchema,
  beforeAgreeing: true,
  // The cookie of the dead session stays: dropping it would have the page drawn anew as the door, before a word is said.
  run: ({ guest }) => deeds.declineNda(guest, clock.now()),
});

export const leaveRoom = defineGuestAction({
  input: schema.leaveSchema,
  beforeAgreeing: true,
  run: async ({ guest, input }) => {
    await dropGuestCookie(input.link);
    return deeds.leaveRoom(guest, clock.now());
  },
});

export const askQuestion = defineGuestAction({
  input: schema.askQuestionSchema,
  run: ({ guest, input }) => deeds.askQuestion(guest, input, clock.now()),
});

export const readPages = defineGuestAction({
  input: schema.readPagesSchema,
  run: ({ guest, input }) => deeds.readPages(guest, input, clock.now()),
});

/** For the routes that send a rendition or a file. */
export const openDocument = defineGuestAction({
  input: schema.guestDocumentSchema,
  run: async ({ guest, input }) => ok(await deeds.showDocument(guest, input.documentId, "opened", clock.now())),
});

export const takeDocument = defineGuestAction({
  input: schema.guestDocumentSchema,
  run: async ({ guest, input }) => ok(await deeds.showDocument(guest, input.documentId, "downloaded", clock.now())),
});

export const noteSearch = defineGuestAction({
  input: schema.guestSearchSchema,
  run: async ({ guest, input }) => ok(await deeds.noteSearch(guest, input.q, clock.now())),
});
