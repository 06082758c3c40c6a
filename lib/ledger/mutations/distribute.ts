import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { type ShareClass, shareClassSchema } from "@/lib/distribution/schema";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { type BasisRefusal, basisFromCapTable } from "../queries/basis";
import type { Line } from "../rules/entry";
import { type Share, type SharesRefusal, sharesOf } from "../rules/shares";
import { type BasisInput, type DistributeInput, type Holding, holdingSchema } from "../schema";
import { lockLedger, type PostRefusal, postTransaction } from "./post";

type Basis = { id: string; ventureId: string; currency: string; classes: ShareClass[]; holdings: Holding[] };

async function findBasis(tx: Tx, ventureId: string, currency: string): Promise<Basis | null> {
  const row = await tx.distributionBasis.findUnique({ where: { ventureId_currency: { ventureId, currency } } });
  if (!row) return null;
  const [classes, holdings] = [shareClassSchema.array().parse(row.classes), holdingSchema.array().parse(row.holdings)];
  return { id: row.id, ventureId, currency, classes, holdings };
}

/** Who shares in the proceeds, fixed once for a venture and currency: later releases are split by the same terms. */
export async function recordBasis(
  actor: Actor,
  input: BasisInput,
  now: Date,
): Promise<Result<{ basisId: string }, "ALREADY_FIXED">> {
  const { ventureId, currency, classes, holdings } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await lockLedger(tx, ventureId);
    if (await findBasis(tx, ventureId, currency)) return refuse("ALREADY_FIXED");
    const basisId = randomUUID();
    await tx.distributionBasis.create({
      data: {
        ...{ id: basisId, ventureId, currency, recordedBy: actor.ref, recordedAt: now },
        classes: JSON.parse(JSON.stringify(classes)) as Prisma.InputJsonArray,
        holdings: JSON.parse(JSON.stringify(holdings)) as Prisma.InputJsonArray,
      },
    });
    await recordEvent(tx, {
      ...{ ventureId, type: "distribution.basis-fixed", actor: actor.ref, at: now },
      subject: `distribution-basis:${basisId}`,
      payload: { currency, classes: classes.length, holders: new Set(holdings.map(({ holderId }) => holderId)).size },
    });
    return ok({ basisId });
  });
}

export type DistributeRefusal = "NO_BASIS" | "CHARGES_EXCEED" | "WITHHELD_EXCEEDS" | SharesRefusal | PostRefusal;
export type Distributed = { distributionId: string; transactionId: string; repeated: boolean };

type Sum = {
  ventureId: string;
  currency: string;
  label: string;
  on: string;
  key: string;
  toHolders: bigint;
  /** Where it comes from: debits that add up to what the holders and the rest receive. */
  from: readonly Line[];
  others: readonly Line[];
  withholdings: DistributeInput["withholdings"];
  releaseId?: string;
};

const payableTo = (currency: string, { holderId, name }: Pick<Share, "holderId" | "name">, minor: bigint): Line => ({
  account: { kind: "payable", party: holderId, name, currency },
  amountMinor: -minor,
});

/** Tax is kept of a holder's share in the order of the classes; more than the share is refused. */
function withheldOf(shares: readonly Share[], withholdings: Sum["withholdings"]): bigint[] | null {
  const open = new Map<string, bigint>();
  for (const { holderId, amountMinor } of withholdings) open.set(holderId, (open.get(holderId) ?? 0n) + amountMinor);
  const kept = shares.map(({ holderId, amountMinor }) => {
    const left = open.get(holderId) ?? 0n;
    const part = left < amountMinor ? left : amountMinor;
    open.set(holderId, left - part);
    return part;
  });
  return [...open.values()].some((left) => left > 0n) ? null : kept;
}

/**
 * Splits an amount among the holders as if all so far were one payment, and owes it to them: one entry of the ledger, the
 * shares and their event, in the caller's transaction. The same key again is the first one's distribution.
 */
export async function distributeSum(
  tx: Tx,
  by: string,
  sum: Sum,
  now: Date,
): Promise<Result<Distributed, DistributeRefusal>> {
  const { ventureId, currency, label, on, key, toHolders } = sum;
  await lockLedger(tx, ventureId);
  const known = await tx.ledgerTransaction.findUnique({ where: { key } });
  const done = known && (await tx.distribution.findUnique({ where: { transactionId: known.id } }));
  if (known && done) return ok({ distributionId: done.id, transactionId: known.id, repeated: true });
  const basis = await findBasis(tx, ventureId, currency);
  if (!basis) return refuse("NO_BASIS");
  const before = await tx.distribution.findMany({
    where: { basisId: basis.id },
    orderBy: { ordinal: "asc" },
    include: { shares: true },
  });
  const earlier = before.map(({ amountMinor }) => amountMinor);
  const paid = before.flatMap(({ shares }) => shares);
  const shares = sharesOf({ ...basis, earlier, paid }, toHolders);
  if (!shares.ok) return shares;
  const withheld = withheldOf(shares.value, sum.withholdings);
  if (!withheld) return refuse("WITHHELD_EXCEEDS");
  const lines: Line[] = [
    ...sum.from,
    ...sum.others,
    ...shares.value.map((share, index) => payableTo(currency, share, share.amountMinor - (withheld[index] ?? 0n))),
    ...sum.withholdings.map(
      ({ party, name, amountMinor }): Line => ({
        account: { kind: "withholding", party, name, currency },
        amountMinor: -amountMinor,
      }),
    ),
  ];
  const { releaseId = null } = sum;
  const entry = { ventureId, kind: "distribution", description: label, effectiveOn: on, key, releaseId, lines };
  const posted = await postTransaction(tx, by, entry, now);
  if (!posted.ok) return posted;
  const { transactionId } = posted.value;
  const distributionId = randomUUID();
  const place = { basisId: basis.id, ordinal: before.length + 1, label, paidOn: dayDate(on) };
  await tx.distribution.create({ data: { id: distributionId, ...place, amountMinor: toHolders, transactionId } });
  await tx.distributionShare.createMany({
    data: shares.value.map(({ classId, holderId, amountMinor }, index) => ({
      ...{ distributionId, classId, holderId, amountMinor, withheldMinor: withheld[index] ?? 0n },
    })),
  });
  await recordEvent(tx, {
    ...{ ventureId, type: "distribution.recorded", actor: by, at: now, subject: `distribution:${distributionId}` },
    payload: { label, on, currency, amountMinor: toHolders.toString(), ordinal: place.ordinal, transactionId },
  });
  return ok({ distributionId, transactionId, repeated: false });
}

/** Distributes proceeds that were received: charges are owed first, the rest is the holders'. `key` makes it once. */
export async function distributeProceeds(
  actor: Actor,
  input: DistributeInput,
  now: Date,
): Promise<Result<Distributed, DistributeRefusal>> {
  const { ventureId, currency, label, paidOn, amountMinor, charges, withholdings } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const charged = charges.reduce((sum, charge) => sum + charge.amountMinor, 0n);
  if (charged >= amountMinor) return refuse("CHARGES_EXCEED");
  const others = charges.map(
    ({ kind, party, name, amountMinor: minor }): Line => ({
      account: { kind, party, name, currency },
      amountMinor: -minor,
    }),
  );
  const from: Line[] = [{ account: { kind: "proceeds", party: "", name: "", currency }, amountMinor }];
  const toHolders = amountMinor - charged;
  const key = `distribution:${ventureId}:${currency}:${label}`;
  const sum = { ventureId, currency, label, on: paidOn, key, toHolders, from, others, withholdings };
  return db.$transaction((tx) => distributeSum(tx, actor.ref, sum, now), { timeout: 30_000 });
}

/** The same, with the cap table of that day as the basis where none has been fixed yet. */
export async function distributeByCapTable(
  actor: Actor,
  input: DistributeInput,
  now: Date,
): Promise<Result<Distributed, DistributeRefusal | BasisRefusal>> {
  const { ventureId, currency, paidOn } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  const fixed = await db.distributionBasis.count({ where: { ventureId, currency } });
  if (fixed === 0) {
    const basis = await db.$transaction((tx) => basisFromCapTable(tx, ventureId, currency, paidOn));
    if (!basis.ok) return basis;
    // Of two at once the first one's stands: it is what both are split by.
    await recordBasis(actor, { ventureId, currency, ...basis.value }, now);
  }
  return distributeProceeds(actor, input, now);
}
