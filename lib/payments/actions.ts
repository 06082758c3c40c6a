"use server";

import { defineAction } from "@/lib/auth/define-action";
import { clock } from "@/lib/clock";
import * as drafts from "./mutations/drafts";
import * as files from "./mutations/files";
import * as lineBack from "./mutations/line-back";
import * as payees from "./mutations/payees";
import * as statements from "./mutations/statements";
import * as schema from "./schema";

export const addBankAccount = defineAction({
  permission: "payment:release",
  input: schema.bankAccountSchema,
  run: ({ actor, input }) => payees.addBankAccount(actor, input, clock.now()),
});

export const addPayee = defineAction({
  permission: "payment:prepare",
  input: schema.payeeSchema,
  run: ({ actor, input }) => payees.addPayee(actor, input, clock.now()),
});

export const enterDetails = defineAction({
  permission: "payment:prepare",
  input: schema.detailsSchema,
  run: ({ actor, input }) => payees.enterDetails(actor, input, clock.now()),
});

export const recordCallback = defineAction({
  permission: "payment:prepare",
  input: schema.callbackSchema,
  run: ({ actor, input }) => payees.recordCallback(actor, input, clock.now()),
});

export const releasePayee = defineAction({
  permission: "payment:release",
  input: schema.detailsReadSchema,
  run: ({ actor, input }) => payees.releasePayee(actor, input.detailsId, clock.now()),
});

export const draftBatch = defineAction({
  permission: "payment:prepare",
  input: schema.batchSchema,
  run: ({ actor, input }) => drafts.draftBatch(actor, input, clock.now()),
});

export const proposeBatch = defineAction({
  permission: "memo:draft",
  input: schema.proposeBatchSchema,
  run: ({ actor, input }) => drafts.proposeBatch(actor, input, clock.now()),
});

export const reopenBatch = defineAction({
  permission: "payment:prepare",
  input: schema.batchReadSchema,
  run: ({ actor, input }) => drafts.reopenBatch(actor, input, clock.now()),
});

export const cancelPayment = defineAction({
  permission: "payment:prepare",
  input: schema.cancelSchema,
  run: ({ actor, input }) => drafts.cancelPayment(actor, input, clock.now()),
});

export const exportBatch = defineAction({
  permission: "payment:release",
  input: schema.batchReadSchema,
  run: ({ actor, input }) => files.exportBatch(actor, input, clock.now()),
});

export const markSent = defineAction({
  permission: "payment:release",
  input: schema.fileSchema,
  run: ({ actor, input }) => files.markSent(actor, input.fileId, clock.now()),
});

export const voidFile = defineAction({
  permission: "payment:release",
  input: schema.voidFileSchema,
  run: ({ actor, input }) => files.voidFile(actor, input, clock.now()),
});

export const markFailed = defineAction({
  permission: "payment:release",
  input: schema.cancelSchema,
  run: ({ actor, input }) => files.markFailed(actor, input, clock.now()),
});

export const importStatement = defineAction({
  permission: "payment:prepare",
  input: schema.statementSchema,
  run: ({ actor, input }) => statements.importStatement(actor, input, clock.now()),
});

export const settleLine = defineAction({
  permission: "payment:prepare",
  input: schema.settleLineSchema,
  run: ({ actor, input }) => statements.settleLine(actor, input, clock.now()),
});

export const takeBackLine = defineAction({
  permission: "payment:prepare",
  input: schema.lineBackSchema,
  run: ({ actor, input }) => lineBack.takeBackLine(actor, input, clock.now()),
});
