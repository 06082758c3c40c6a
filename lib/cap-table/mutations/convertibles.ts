import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { getCapTable } from "../queries";
import type { ConvertibleTermsInput, OcfRefusal } from "../schema";
import { bumpDataset, lockDataset } from "./dataset";

const asDate = (day: string | null): Date | null => (day ? new Date(`${day}T00:00:00Z`) : null);

/** What a person read in a SAFE or note, with where it is written. The answer before it stays in the log. */
export async function answerConvertible(
  actor: Actor,
  input: ConvertibleTermsInput,
): Promise<Result<{ version: number }, OcfRefusal>> {
  const { ventureId, securityId, ...answer } = input;
  const { table, convertibles } = await getCapTable(actor, ventureId);
  if (!table?.securities.some(({ id, kind }) => id === securityId && kind === "convertible"))
    return refuse("UNKNOWN_SECURITY", [{ path: "securityId", expected: "a SAFE or note of the imported cap table" }]);
  const now = clock.now();
  const version = await db.$transaction(async (tx) => {
    await lockDataset(tx, ventureId, now);
    const dates = { interestFrom: asDate(answer.interestFrom), maturesOn: asDate(answer.maturesOn) };
    const row = { ...answer, ...dates, answeredBy: actor.ref, answeredAt: now };
    const key = { ventureId_securityId: { ventureId, securityId } };
    await tx.convertibleTerms.upsert({ where: key, create: { ventureId, securityId, ...row }, update: row });
    const bumped = await bumpDataset(tx, ventureId, now);
    await recordEvent(tx, {
      ventureId,
      type: "cap-table.convertible-answered",
      actor: actor.ref,
      subject: `venture:${ventureId}`,
      payload: { securityId, before: convertibles.get(securityId) ?? null, after: answer, version: bumped },
      at: now,
    });
    return bumped;
  });
  return ok({ version });
}
