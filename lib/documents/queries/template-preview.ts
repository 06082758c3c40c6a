import "server-only";
import { createHash } from "node:crypto";
import { db } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { readDocxTemplate } from "@/lib/integrations/documents/docx-template";
import { storageFolder } from "@/lib/integrations/storage/blob-store";
import { fillTemplate, NO_DOCUMENT_FACTS } from "../rules/fill";
import type { DocumentModel, Missing } from "../rules/model";
import { parseTemplate, type TemplateProblem } from "../rules/template";
import { type DocumentRefusal, KIND_NAMES, type PreviewTemplate, TEMPLATE_LIMITS } from "../schema";
import { newestTemplate } from "./templates";

export type TemplateDraft = { format: "text" | "docx"; body: string; file: Uint8Array | null; digest: string };
export type TemplatePreview = {
  format: "text" | "docx";
  /** The newest version of the kind that is stored; 0: none. */
  newest: number;
  problems: TemplateProblem[];
  /** As a document of which nothing is known. */
  model: DocumentModel;
  fields: Missing[];
};

const isWord = (fileName: string): boolean => /\.docx$/i.test(fileName);

/** A file as a template: the words of it, and the file where it is one of Word's. */
export async function draftTemplate({
  fileName,
  content,
}: PreviewTemplate): Promise<Result<TemplateDraft, DocumentRefusal>> {
  if (!isWord(fileName)) {
    if (!/\.(txt|md)$/i.test(fileName)) return refuse("NOT_A_TEMPLATE");
    if (content.length > TEMPLATE_LIMITS.letters) return refuse("FILE_TOO_LARGE");
    const digest = createHash("sha256").update(content).digest("hex");
    return ok({ format: "text", body: content, file: null, digest });
  }
  const bytes = new Uint8Array(Buffer.from(content, "base64"));
  if (bytes.length > TEMPLATE_LIMITS.fileBytes) return refuse("FILE_TOO_LARGE");
  const read = await readDocxTemplate(storageFolder(), bytes, TEMPLATE_LIMITS.fileBytes);
  if (!read.ok) return read;
  const digest = createHash("sha256").update(bytes).digest("hex");
  return ok({ format: "docx", body: read.value.text, file: bytes, digest });
}

/** What is wrong with it, line by line; of a Word file a line is a paragraph. */
export function problemsOfDraft({ format, body }: TemplateDraft): TemplateProblem[] {
  const { problems } = parseTemplate(body);
  if (format === "text" || !/\{\{\s*(#|\/|else)/.test(body)) return problems;
  const expected = "Put the words in a text template, or leave the condition to the lawyer who edits the file.";
  return [
    { line: 1, problem: "A Word file has fields only, no conditions and no repeated rows.", expected },
    ...problems,
  ];
}

/** What a template would become, before it is kept. Nothing is written. */
export async function previewTemplate(given: PreviewTemplate): Promise<Result<TemplatePreview, DocumentRefusal>> {
  const draft = await draftTemplate(given);
  if (!draft.ok) return draft;
  const { template } = parseTemplate(draft.value.body);
  const { model, missing } = fillTemplate(template, NO_DOCUMENT_FACTS, KIND_NAMES[given.kind]);
  const newest = await newestTemplate(db, given.kind);
  const problems = problemsOfDraft(draft.value);
  return ok({ format: draft.value.format, newest: newest?.version ?? 0, problems, model, fields: missing });
}
