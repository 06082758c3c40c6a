"use server";
import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import { ok } from "@/lib/errors";
import * as access from "../mutations/records/access";
import { stateLotCost } from "../mutations/records/costs";
import * as files from "../mutations/records/files";
import { freezeStatements } from "../mutations/records/freeze";
import { askIssue } from "../mutations/records/issue";
import * as schema from "../schema/records";

export const freeze = defineAction({
  permission: "payment:prepare",
  input: schema.freezeSchema,
  run: ({ actor, input }) => freezeStatements(actor, input, clock.now()),
});

export const stateCost = defineAction({
  permission: "payment:prepare",
  input: schema.stateCostSchema,
  run: ({ actor, input }) => stateLotCost(actor, input, clock.now()),
});

export const askToIssue = defineAction({
  permission: "memo:draft",
  input: schema.askIssueSchema,
  run: ({ actor, input }) => askIssue(actor, input, clock.now()),
});

/** A door that the chairman has opened; the link is what an analyst hands over where no mail goes. */
export const makeHolderLink = defineAction({
  permission: "payment:prepare",
  input: schema.accessReadSchema,
  run: ({ actor, input }) => access.makeAccessLink(actor, input, clock.now()),
});

/** Shutting a door needs no approval. */
export const revokeHolder = defineAction({
  permission: "payment:prepare",
  input: schema.revokeAccessSchema,
  run: ({ actor, input }) => access.revokeAccess(actor, input, clock.now()),
});

/** For the routes that send the files. */
export const takeStatement = defineAction({
  permission: "report:read",
  input: schema.statementFileSchema,
  run: async ({ actor, input }) => ok(await files.takeStatementFile(actor, input.statementId, clock.now())),
});

export const takeStatements = defineAction({
  permission: "report:read",
  input: schema.statementsZipSchema,
  run: async ({ actor, input }) => ok(await files.takeAllStatements(actor, input, clock.now())),
});
