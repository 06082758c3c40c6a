import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { type Basis, findBasis, STANDING } from "../queries/basis";
import type { BasisInput } from "../schema";
import { lockLedger } from "./post";

/** May another basis follow? Only where nothing stands that was split by the one before. */
export async function isFixed(tx: Tx, basis: Basis): Promise<boolean> {
  return (await tx.distribution.count({ where: { basisId: basis.id, ...STANDING } })) > 0;
}

const asJson = (value: unknown) => JSON.parse(JSON.stringify(value)) as Prisma.InputJsonArray;

/** Fixes who shares in the proceeds, in the caller's transaction; the ledger is locked. */
export async function fixBasis(
  tx: Tx,
  by: string,
  { ventureId, currency, classes, holdings, withholdings, carveOut }: BasisInput,
  now: Date,
): Promise<Result<{ basisId: string }, "ALREADY_FIXED">> {
  const before = await findBasis(tx, ventureId, currency);
  if (before && (await isFixed(tx, before))) return refuse("ALREADY_FIXED");
  const [basisId, version] = [randomUUID(), (before?.version ?? 0) + 1];
  await tx.distributionBasis.create({
    data: {
      ...{ id: basisId, ventureId, currency, version, recordedBy: by, recordedAt: now },
      ...{ classes: asJson(classes), holdings: asJson(holdings), withholdings: asJson(withholdings) },
      ...(carveOut ? { carveOut } : {}),
    },
  });
  const holders = new Set(holdings.map(({ holderId }) => holderId)).size;
  await recordEvent(tx, {
    ...{ ventureId, type: "distribution.basis-fixed", actor: by, at: now, subject: `distribution-basis:${basisId}` },
    payload: { currency, version, classes: classes.length, holders, withholdings: withholdings.length, carveOut },
  });
  return ok({ basisId });
}

/** Who shares in the proceeds, fixed once for a venture and currency: later releases are split by the same terms. */
export async function recordBasis(
  actor: Actor,
  input: BasisInput,
  now: Date,
): Promise<Result<{ basisId: string }, "ALREADY_FIXED">> {
  const { ventureId, currency } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await lockLedger(tx, ventureId);
    return (await findBasis(tx, ventureId, currency)) ? refuse("ALREADY_FIXED") : fixBasis(tx, actor.ref, input, now);
  });
}
