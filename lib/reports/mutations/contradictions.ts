import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { type Cause, tellCauses } from "@/lib/stage/mutations/alert-cause";
import { fencedTransaction } from "@/lib/workflows/fence";
import { type FoundContradiction, loadContradictions } from "../queries/contradictions";
import { heldReports, quarrels } from "../rules/contradictions";
import { kindWords } from "../schema";
import type { Explain } from "../schema/contradictions";

const KIND = "artefact-contradiction";
const NAMED = 3;

/** One alert for the reports that disagree, however many values they disagree on. */
function causesOf(ventureId: string, open: readonly FoundContradiction[]): Cause[] {
  return [...quarrels(open)].map(([kinds, all]): Cause => {
    const titles = kinds.split("|").map(kindWords);
    const labels = [...new Set(all.map(({ label }) => label))];
    const named = labels.slice(0, NAMED).join("; ");
    const others = labels.length > NAMED ? " and others" : "";
    const apart = titles.length > 1;
    return {
      ...{ causeKey: `${KIND}:${ventureId}:${kinds}`, ventureId, kind: KIND, severity: "warning" },
      title: apart
        ? `Reports contradict each other: ${titles.join(", ")}`
        : `A report is no longer right: ${titles[0]}`,
      detail: `${apart ? "They give two values for" : "Corrected since it was written"}: ${named}${others}. No file of ${apart ? "them" : "it"} is made before the older one is written anew or the difference is explained.`,
    };
  });
}

/** Looks at the newest reports of a venture: holds those that contradict each other, releases the others, tells of it. */
export async function holdContradictions(tx: Tx, ventureId: string, by: string, now: Date): Promise<void> {
  const open = (await loadContradictions(tx, ventureId)).filter(({ explanation }) => explanation === null);
  const held = [...heldReports(open)];
  await tx.artefact.updateMany({
    where: { ventureId, heldSince: { not: null }, id: { notIn: held } },
    data: { heldSince: null },
  });
  await tx.artefact.updateMany({ where: { id: { in: held }, heldSince: null }, data: { heldSince: now } });
  await tellCauses(tx, { ventureId, kind: KIND }, causesOf(ventureId, open), { by, now });
}

/** The night's look: a correction contradicts a report without anybody writing one. */
export const watchContradictions = (ventureId: string, now: Date): Promise<void> =>
  fencedTransaction((tx) => holdContradictions(tx, ventureId, "system:watch", now));

/** A person says why the values may stand side by side; said of other values it no longer counts. All of them or none. */
export async function explainContradictions(
  actor: Actor,
  { ventureId, keys, reason }: Explain,
  now: Date,
): Promise<Result<null, "SOLVED">> {
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`contradictions:${ventureId}`}, 4))`;
    const open = (await loadContradictions(tx, ventureId)).filter(({ explanation }) => explanation === null);
    const found = open.filter(({ key }) => keys.includes(key));
    if (found.length < new Set(keys).size) return refuse("SOLVED");
    for (const one of found) await explainOne(tx, actor, ventureId, one, reason, now);
    await holdContradictions(tx, ventureId, actor.ref, now);
    return ok(null);
  });
}

async function explainOne(
  tx: Tx,
  actor: Actor,
  ventureId: string,
  { key, label, sides }: FoundContradiction,
  reason: string,
  at: Date,
): Promise<void> {
  await tx.artefactExplanation.create({ data: { ventureId, key, label, reason, by: actor.ref, at } });
  await recordEvent(tx, {
    ...{ ventureId, type: "artefact.contradiction-explained", actor: actor.ref, subject: `contradiction:${key}`, at },
    payload: { label, reason, reports: sides.map(({ id }) => id) },
  });
}
