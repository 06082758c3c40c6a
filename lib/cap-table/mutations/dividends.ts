import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { db } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { getCapTable } from "../queries";
import type { OcfRefusal } from "../schema";
import type { ClassDividendsInput } from "../schema/dividends";
import { bumpDataset, lockDataset } from "./dataset";

/** What a person read about a class's dividends, with where it is written. The answer before it stays in the log. */
export async function answerDividends(
  actor: Actor,
  input: ClassDividendsInput,
): Promise<Result<{ version: number }, OcfRefusal>> {
  const { ventureId, classId, ...answer } = input;
  const { table, dividends } = await getCapTable(actor, ventureId);
  if (!table?.classes.some(({ definition }) => definition.id === classId && definition.class_type === "PREFERRED"))
    return refuse("UNKNOWN_CLASS", [{ path: "classId", expected: "a preferred class of the imported cap table" }]);
  const now = clock.now();
  const version = await db.$transaction(async (tx) => {
    await lockDataset(tx, ventureId, now);
    const accruesFrom = answer.accruesFrom === null ? null : new Date(`${answer.accruesFrom}T00:00:00Z`);
    const row = { ...answer, accruesFrom, answeredBy: actor.ref, answeredAt: now };
    const key = { ventureId_classId: { ventureId, classId } };
    await tx.classDividends.upsert({ where: key, create: { ventureId, classId, ...row }, update: row });
    const bumped = await bumpDataset(tx, ventureId, now);
    await recordEvent(tx, {
      ...{ ventureId, type: "cap-table.dividends-answered", actor: actor.ref, at: now },
      subject: `venture:${ventureId}`,
      payload: { classId, before: dividends.get(classId) ?? null, after: answer, version: bumped },
    });
    return bumped;
  });
  return ok({ version });
}
