import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { db } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { draftTemplate, problemsOfDraft } from "../queries/template-preview";
import { newestTemplate } from "../queries/templates";
import type { DocumentRefusal, KeepTemplate } from "../schema";

/** Keeps a template as the next version of its kind. One with a problem is refused; the version before stays stored. */
export async function keepTemplate(
  actor: Actor,
  { newest, note, ...given }: KeepTemplate,
  now: Date,
): Promise<Result<{ version: number }, DocumentRefusal>> {
  const draft = await draftTemplate(given);
  if (!draft.ok) return draft;
  const problems = problemsOfDraft(draft.value);
  if (problems.length > 0)
    return refuse(
      "UNKNOWN_PLACEHOLDERS",
      problems.map(({ line, problem }) => ({ path: `line ${line}`, expected: problem })),
    );
  const { kind, fileName } = given;
  const { format, body, file, digest } = draft.value;
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`template:${kind}`}, 14))::text`;
    const last = await newestTemplate(tx, kind);
    if ((last?.version ?? 0) !== newest) return refuse("CONFLICT");
    if (last?.digest === digest) return refuse("SAME_AS_BEFORE");
    const version = newest + 1;
    const said = { kind, version, source: "uploaded", format, body, fileName, digest, note, by: actor.ref, at: now };
    const { id } = await tx.documentTemplate.create({ data: { ...said, file: file ? new Uint8Array(file) : null } });
    const about = { ventureId: null, actor: actor.ref, subject: `document-template:${id}`, at: now };
    await recordEvent(tx, {
      ...about,
      type: "document-template.kept",
      payload: { kind, version, format, digest, note },
    });
    return ok({ version });
  });
}
