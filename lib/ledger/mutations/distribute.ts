import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db";
import { ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { type Basis, distributedMinor, findBasis, STANDING } from "../queries/basis";
import { carvedMinor } from "../rules/carve-out";
import type { Line } from "../rules/entry";
import { type InKind, inKindTotal, receivedInKind, settledInKind } from "../rules/in-kind";
import { type Share, type SharesRefusal, sharesOf } from "../rules/shares";
import { type Withheld, withheldLater, withheldOf } from "../rules/withheld";
import type { DistributeInput } from "../schema";
import { isFixed } from "./basis";
import { lockLedger, type PostRefusal, postTransaction } from "./post";

export type DistributeRefusal = "NO_BASIS" | "CHARGES_EXCEED" | "WITHHELD_EXCEEDS" | SharesRefusal | PostRefusal;
export type Distributed = { distributionId: string; transactionId: string; repeated: boolean };

export type Sum = {
  ventureId: string;
  currency: string;
  label: string;
  on: string;
  key: string;
  toHolders: bigint;
  /** Where it comes from: debits that add up to what the holders and the rest receive. */
  from: readonly Line[];
  others: readonly Line[];
  /** Amounts, or by the rates that were fixed with the basis. */
  withholdings: readonly Withheld[] | "by-rate";
  /** Of what holders receive: what comes in stock of the bidder or is rolled over. */
  inKind?: readonly InKind[];
  releaseId?: string;
};

type Split = { basis: Basis; ordinal: number; shares: Share[]; taxes: readonly Withheld[]; withheld: bigint[] };

/** The shares of a sum as if all that was distributed before and stands were one payment with it, and the tax of each. */
export async function splitSum(
  tx: Tx,
  sum: Pick<Sum, "ventureId" | "currency" | "toHolders" | "withholdings">,
): Promise<Result<Split, DistributeRefusal>> {
  const basis = await findBasis(tx, sum.ventureId, sum.currency);
  if (!basis) return refuse("NO_BASIS");
  const before = await tx.distribution.findMany({
    where: { basisId: basis.id, ...STANDING },
    orderBy: { ordinal: "asc" },
    include: { shares: true },
  });
  const earlier = before.map(({ amountMinor }) => amountMinor);
  const paid = before.flatMap(({ shares }) => shares);
  const shares = sharesOf({ ...basis, earlier, paid }, sum.toHolders);
  if (!shares.ok) return shares;
  const taxes = sum.withholdings === "by-rate" ? withheldLater(shares.value, basis.withholdings) : sum.withholdings;
  const withheld = withheldOf(shares.value, taxes);
  if (!withheld) return refuse("WITHHELD_EXCEEDS");
  const ordinal = (await tx.distribution.count({ where: { basisId: basis.id } })) + 1;
  return ok({ basis, ordinal, shares: shares.value, taxes, withheld });
}

function linesOf({ currency, from, others, inKind = [] }: Sum, { shares, taxes, withheld }: Split): Line[] {
  const names = new Map(shares.map(({ holderId, name }) => [holderId, name]));
  return [
    ...from,
    ...others,
    ...shares.map(
      ({ holderId, name, amountMinor }, index): Line => ({
        account: { kind: "payable", party: holderId, name, currency },
        amountMinor: (withheld[index] ?? 0n) - amountMinor,
      }),
    ),
    ...taxes.map(
      ({ party, name, amountMinor }): Line => ({
        account: { kind: "withholding", party, name, currency },
        amountMinor: -amountMinor,
      }),
    ),
    ...settledInKind(inKind, names, currency),
  ];
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
  const { ventureId, currency, label, on, key, toHolders, releaseId = null } = sum;
  await lockLedger(tx, ventureId);
  const known = await tx.ledgerTransaction.findUnique({ where: { key }, include: { distribution: true } });
  if (known?.distribution)
    return ok({ distributionId: known.distribution.id, transactionId: known.id, repeated: true });
  const split = await splitSum(tx, sum);
  if (!split.ok) return split;
  const { basis, ordinal, shares, withheld } = split.value;
  const entry = { ventureId, kind: "distribution", description: label, effectiveOn: on, key, releaseId };
  const posted = await postTransaction(tx, by, { ...entry, lines: linesOf(sum, split.value) }, now);
  if (!posted.ok) return posted;
  const { transactionId } = posted.value;
  const distributionId = randomUUID();
  const place = { basisId: basis.id, ordinal, label, paidOn: dayDate(on), amountMinor: toHolders, transactionId };
  await tx.distribution.create({ data: { id: distributionId, ...place } });
  await tx.distributionShare.createMany({
    data: shares.map(({ classId, holderId, amountMinor }, index) => ({
      ...{ distributionId, classId, holderId, amountMinor, withheldMinor: withheld[index] ?? 0n },
    })),
  });
  await recordEvent(tx, {
    ...{ ventureId, type: "distribution.recorded", actor: by, at: now, subject: `distribution:${distributionId}` },
    payload: { label, on, currency, amountMinor: toHolders.toString(), ordinal, transactionId },
  });
  return ok({ distributionId, transactionId, repeated: false });
}

export type Carved = { amountMinor: bigint; lines: Line[] };

/** What of a payment that comes after the closing goes to the agreed carve-out before the holders, and where it is owed. */
export async function carveOf(tx: Tx, ventureId: string, currency: string, paidMinor: bigint): Promise<Carved> {
  const basis = await findBasis(tx, ventureId, currency);
  if (!basis?.carveOut) return { amountMinor: 0n, lines: [] };
  const amountMinor = carvedMinor(basis, currency, await distributedMinor(tx, basis), paidMinor);
  const { party, name } = basis.carveOut;
  const account = { kind: "fees" as const, party, name, currency };
  return { amountMinor, lines: amountMinor > 0n ? [{ account, amountMinor: -amountMinor }] : [] };
}

type Coming = Pick<DistributeInput, "ventureId" | "currency" | "amountMinor" | "charges" | "withholdings">;
/** `byRate`: what was fixed with the closing is taken, and taken anew if the books have moved before it is carried out. */
export type Taken = Pick<Coming, "charges" | "withholdings"> & { byRate: boolean };

/**
 * What is taken of an amount that comes after the closing, the agreed carve-out and the fixed rates of tax with it. Before
 * the closing, and where tax was named, as it was said.
 */
export async function takenOf(tx: Tx, coming: Coming): Promise<Result<Taken, DistributeRefusal>> {
  const { ventureId, currency, amountMinor, withholdings } = coming;
  const asSaid = { withholdings, byRate: false };
  const basis = await findBasis(tx, ventureId, currency);
  if (!basis || !(await isFixed(tx, basis))) return ok({ charges: coming.charges, ...asSaid });
  const charges = coming.charges.filter(({ kind, party }) => kind !== "fees" || party !== basis.carveOut?.party);
  const left = charges.reduce((rest, charge) => rest - charge.amountMinor, amountMinor);
  const carved = await carveOf(tx, ventureId, currency, left);
  for (const { account, amountMinor: minor } of carved.lines)
    charges.push({ kind: "fees", party: account.party, name: account.name, amountMinor: -minor });
  if (withholdings.length > 0 || left <= carved.amountMinor) return ok({ charges, ...asSaid });
  const sum = { ventureId, currency, toHolders: left - carved.amountMinor, withholdings: "by-rate" as const };
  const split = await splitSum(tx, sum);
  return split.ok ? ok({ charges, withholdings: [...split.value.taxes], byRate: true }) : split;
}

/** A name is distributed once; after it was undone the same name is another distribution. */
async function keyOf(tx: Tx, { ventureId, currency, label }: DistributeInput): Promise<string> {
  const undone = await tx.distribution.count({
    where: { label, basis: { ventureId, currency }, transaction: { reversedBy: { isNot: null } } },
  });
  return [`distribution:${ventureId}:${currency}:${label}`, ...(undone > 0 ? [undone + 1] : [])].join(":");
}

/**
 * Distributes proceeds that were received: charges are owed first, the rest is the holders'. What of it came in kind was
 * never on the proceeds account and is payable to nobody. In the caller's transaction.
 */
export async function distributeProceeds(
  tx: Tx,
  by: string,
  input: DistributeInput & { inKind?: readonly InKind[] },
  now: Date,
): Promise<Result<Distributed, DistributeRefusal>> {
  const { ventureId, currency, label, paidOn, amountMinor, charges, withholdings, inKind = [] } = input;
  await lockLedger(tx, ventureId);
  const charged = charges.reduce((sum, charge) => sum + charge.amountMinor, 0n);
  if (charged >= amountMinor) return refuse("CHARGES_EXCEED");
  const others = charges.map(
    ({ kind, party, name, amountMinor: minor }): Line => ({
      account: { kind, party, name, currency },
      amountMinor: -minor,
    }),
  );
  const cash = amountMinor - inKindTotal(inKind);
  const proceeds = { kind: "proceeds" as const, party: "", name: "", currency };
  const from: Line[] = [{ account: proceeds, amountMinor: cash }, ...receivedInKind(inKind, currency)];
  const key = await keyOf(tx, input);
  const sum = { ventureId, currency, label, on: paidOn, key, toHolders: amountMinor - charged };
  return distributeSum(tx, by, { ...sum, from, others, withholdings, inKind }, now);
}
