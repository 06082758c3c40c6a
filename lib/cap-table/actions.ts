"use server";
import { defineAction } from "@/lib/auth/define-action";
import { answerClassTerms, applyOcf, previewOcf, undoOcf } from "./mutations";
import { answerConvertible } from "./mutations/convertibles";
import { answerDividends } from "./mutations/dividends";
import { classTermsSchema, convertibleTermsSchema, ocfImportIdSchema, ocfUploadSchema, undoOcfSchema } from "./schema";
import { classDividendsSchema } from "./schema/dividends";

export const submitOcfPreview = defineAction({
  permission: "data:import",
  input: ocfUploadSchema,
  run: ({ actor, input }) =>
    previewOcf(actor, {
      ...input,
      files: input.files.map(({ name, base64 }) => ({ name, bytes: Buffer.from(base64, "base64") })),
    }),
});

export const submitOcfApply = defineAction({
  permission: "data:import",
  input: ocfImportIdSchema,
  run: ({ actor, input }) => applyOcf(actor, input.importId),
});

export const submitOcfUndo = defineAction({
  permission: "data:import",
  input: undoOcfSchema,
  run: ({ actor, input }) => undoOcf(actor, input.importId, input.reason),
});

export const submitClassTerms = defineAction({
  permission: "data:correct",
  input: classTermsSchema,
  run: ({ actor, input }) => answerClassTerms(actor, input),
});

export const submitConvertibleTerms = defineAction({
  permission: "data:correct",
  input: convertibleTermsSchema,
  run: ({ actor, input }) => answerConvertible(actor, input),
});

export const submitDividends = defineAction({
  permission: "data:correct",
  input: classDividendsSchema,
  run: ({ actor, input }) => answerDividends(actor, input),
});
