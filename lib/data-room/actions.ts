"use server";

import { z } from "zod";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import { noteArchive, takeVersion } from "./mutations/activity";
import * as documents from "./mutations/documents";
import * as findings from "./mutations/findings";
import * as freeze from "./mutations/freeze";
import { receiveDocument, type Sent } from "./mutations/receive";
import * as requests from "./mutations/requests";
import * as rooms from "./mutations/rooms";
import * as schema from "./schema";

export const openRoom = defineAction({
  permission: "data-room:manage",
  input: schema.openRoomSchema,
  run: ({ actor, input }) => rooms.openRoom(actor, input, clock.now()),
});

const isStream = (value: unknown): value is Sent["body"] =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;

/** For the upload route: a stream cannot come through a form. */
export const submitFile = defineAction({
  permission: "data-room:manage",
  input: z.object({
    upload: schema.uploadSchema,
    body: z.custom<Sent["body"]>(isStream, "a stream"),
    announced: z.int().nonnegative().nullable(),
  }),
  run: ({ actor, input: { upload, body, announced } }) =>
    receiveDocument(actor, upload, { body, announced }, clock.now()),
});

export const placeDocuments = defineAction({
  permission: "data-room:manage",
  input: schema.placeSchema,
  run: ({ actor, input }) => documents.placeDocuments(actor, input, clock.now()),
});

export const describeDocument = defineAction({
  permission: "data-room:manage",
  input: schema.describeSchema,
  run: ({ actor, input }) => documents.describeDocument(actor, input, clock.now()),
});

export const removeDocuments = defineAction({
  permission: "data-room:manage",
  input: schema.removeDocumentsSchema,
  run: ({ actor, input }) => documents.removeDocuments(actor, input, clock.now()),
});

export const restoreDocuments = defineAction({
  permission: "data-room:manage",
  input: schema.restoreDocumentsSchema,
  run: ({ actor, input }) => documents.restoreDocuments(actor, input, clock.now()),
});

export const markAbsent = defineAction({
  permission: "data-room:manage",
  input: schema.absentSchema,
  run: ({ actor, input }) => rooms.markAbsent(actor, input, clock.now()),
});

export const addItem = defineAction({
  permission: "data-room:manage",
  input: schema.addItemSchema,
  run: ({ actor, input }) => rooms.addItem(actor, input, clock.now()),
});

export const assignSection = defineAction({
  permission: "data-room:manage",
  input: schema.sectionOwnerSchema,
  run: ({ actor, input }) => rooms.assignSection(actor, input, clock.now()),
});

export const addRequests = defineAction({
  permission: "data-room:manage",
  input: schema.addRequestsSchema,
  run: ({ actor, input }) => requests.addRequests(actor, input, clock.now()),
});

export const linkRequest = defineAction({
  permission: "data-room:manage",
  input: schema.linkRequestSchema,
  run: ({ actor, input }) => requests.linkRequest(actor, input, clock.now()),
});

export const closeRequest = defineAction({
  permission: "data-room:manage",
  input: schema.closeRequestSchema,
  run: ({ actor, input }) => requests.closeRequest(actor, input, clock.now()),
});

export const addFinding = defineAction({
  permission: "data-room:manage",
  input: schema.addFindingSchema,
  run: ({ actor, input }) => findings.addFinding(actor, input, clock.now()),
});

export const settleFinding = defineAction({
  permission: "data-room:manage",
  input: schema.settleFindingSchema,
  run: ({ actor, input }) => findings.settleFinding(actor, input, clock.now()),
});

export const freezeRoom = defineAction({
  permission: "data-room:manage",
  input: schema.freezeSchema,
  run: ({ actor, input }) => freeze.freezeRoom(actor, input, clock.now()),
});

export const reopenRoom = defineAction({
  permission: "data-room:manage",
  input: schema.reopenSchema,
  run: ({ actor, input }) => freeze.reopenRoom(actor, input, clock.now()),
});

/** For the download routes: who took what is part of the record. */
export const takeDocument = defineAction({
  permission: "data-room:manage",
  input: schema.versionParamsSchema,
  run: async ({ actor, input }) => ok(await takeVersion(actor, input.versionId, clock.now())),
});

export const noteDownload = defineAction({
  permission: "data-room:manage",
  input: z.object({ roomId: z.uuid(), archive: z.int().positive().nullable() }),
  run: async ({ actor, input }) => ok(await noteArchive(actor, input.roomId, input.archive, clock.now())),
});
