import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { encryptSecret, signWith } from "@/lib/auth/secrets";
import { requireStepUp } from "@/lib/auth/step-up";
import { db, type Prisma, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { lockLedger } from "@/lib/ledger/mutations/post";
import { type Checked, checkDetails, RAIL_CURRENCY } from "../rules/bank-details";
import type { BankAccountInput, CallbackInput, DetailsInput, PayeeInput } from "../schema";

/** Sealed for its row: a number copied to another payee does not open. */
export const sealNumber = (owner: string, number: Checked): string =>
  encryptSecret("bank-details", owner, JSON.stringify(number));

const fingerprintOf = (comparable: string): string => signWith("bank-details", comparable);

type Said = { type: string; subject: string; payload: Prisma.InputJsonObject };
const record = (tx: Tx, ventureId: string, by: string, said: Said, at: Date) =>
  recordEvent(tx, { ventureId, actor: by, at, ...said });

/** An account of ours that payments leave from, and that statements are of. */
export async function addBankAccount(
  actor: Actor,
  input: BankAccountInput,
  now: Date,
): Promise<Result<{ bankAccountId: string }, "INVALID_ACCOUNT" | "KNOWN_ACCOUNT" | "WRONG_CURRENCY">> {
  const { ventureId, name, holder, bankName, currency, number, companyId } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  requireStepUp(actor, now);
  const checked = checkDetails(number);
  if (!checked.ok) return checked;
  if (RAIL_CURRENCY[number.rail] !== currency) return refuse("WRONG_CURRENCY");
  if (number.rail === "ach" && companyId === null)
    return refuse("INVALID_ACCOUNT", [{ path: "companyId", expected: "the originator's identification" }]);
  const { masked, comparable, number: account } = checked.value;
  const id = randomUUID();
  const fingerprint = fingerprintOf(comparable);
  return db.$transaction(async (tx) => {
    await lockLedger(tx, ventureId);
    if ((await tx.bankAccount.count({ where: { ventureId, fingerprint } })) > 0) return refuse("KNOWN_ACCOUNT");
    await tx.bankAccount.create({
      data: {
        ...{ id, ventureId, name, holder, bankName, currency, masked, fingerprint, companyId, rail: number.rail },
        ...{ sealed: sealNumber(id, account), bic: account.rail === "sepa" ? account.bic : null },
        ...{ addedBy: actor.ref, addedAt: now },
      },
    });
    const payload = { name, masked, currency };
    await record(tx, ventureId, actor.ref, { type: "bank-account.added", subject: `bank-account:${id}`, payload }, now);
    return ok({ bankAccountId: id });
  });
}

export async function addPayee(
  actor: Actor,
  input: PayeeInput,
  now: Date,
): Promise<Result<{ payeeId: string }, "KNOWN_PAYEE">> {
  const { ventureId, party, name, kind } = input;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  return db.$transaction(async (tx) => {
    await lockLedger(tx, ventureId);
    const known = await tx.payee.findUnique({ where: { ventureId_party: { ventureId, party } } });
    if (known) return refuse("KNOWN_PAYEE");
    const id = randomUUID();
    await tx.payee.create({
      data: { id, ventureId, party, name, kind, version: 1, addedBy: actor.ref, addedAt: now },
    });
    const payload = { party, name, kind };
    await record(tx, ventureId, actor.ref, { type: "payee.added", subject: `payee:${id}`, payload }, now);
    return ok({ payeeId: id });
  });
}

/**
 * Bank details of a payee: the first, or changed ones, which freeze everything that was not sent yet. The number itself is
 * sealed, and nothing but its last four is in the record.
 */
export async function enterDetails(
  actor: Actor,
  input: DetailsInput,
  now: Date,
): Promise<Result<{ detailsId: string; frozen: boolean }, "INVALID_ACCOUNT" | "CONFLICT" | "UNCHANGED">> {
  const { payeeId, version, holder, number, reason } = input;
  const checked = checkDetails(number);
  if (!checked.ok) return checked;
  const { country, masked, comparable, number: account } = checked.value;
  return db.$transaction(async (tx) => {
    const payee = await locked(tx, actor, payeeId);
    if (payee.version !== version) return refuse("CONFLICT");
    const last = await tx.payeeDetails.findFirst({ where: { payeeId }, orderBy: { version: "desc" } });
    const fingerprint = fingerprintOf(comparable);
    if (last?.fingerprint === fingerprint && last.holder === holder) return refuse("UNCHANGED");
    const [detailsId, next] = [randomUUID(), (last?.version ?? 0) + 1];
    await tx.payeeDetails.create({
      data: {
        ...{ id: detailsId, payeeId, version: next, rail: number.rail, holder, country, masked, fingerprint, reason },
        ...{ sealed: sealNumber(detailsId, account), bic: account.rail === "sepa" ? account.bic : null },
        ...{ enteredBy: actor.ref, enteredAt: now },
      },
    });
    await tx.payee.update({ where: { id: payeeId }, data: { version: { increment: 1 } } });
    const payload = { name: payee.name, version: next, masked, before: last?.masked ?? null, reason };
    const type = last ? "payee.details-changed" : "payee.details-entered";
    await record(tx, payee.ventureId, actor.ref, { type, subject: `payee:${payeeId}`, payload }, now);
    return ok({ detailsId, frozen: last !== null });
  });
}

async function locked(tx: Tx, actor: Actor, payeeId: string) {
  const found = await tx.payee.findUnique({ where: { id: payeeId } });
  if (!found || !maySeeVenture(actor, found.ventureId)) throw new AppError("NOT_FOUND");
  await lockLedger(tx, found.ventureId);
  return tx.payee.findUniqueOrThrow({ where: { id: payeeId } });
}

async function lockedDetails(tx: Tx, actor: Actor, detailsId: string) {
  const found = await tx.payeeDetails.findUnique({ where: { id: detailsId } });
  if (!found) throw new AppError("NOT_FOUND");
  const payee = await locked(tx, actor, found.payeeId);
  const newest = await tx.payeeDetails.findFirstOrThrow({
    where: { payeeId: payee.id },
    orderBy: { version: "desc" },
    include: { callback: { include: { release: true } } },
  });
  return { payee, details: newest, isNewest: newest.id === detailsId };
}

export type CallbackRefusal = "OWN_ENTRY" | "ALREADY_CALLED" | "REPLACED" | "IN_FUTURE" | "BEFORE_ENTRY";

/** The payee was called under a number known from elsewhere and confirmed the account; never by who entered it. */
export async function recordCallback(
  actor: Actor,
  input: CallbackInput,
  now: Date,
): Promise<Result<null, CallbackRefusal>> {
  const { detailsId, numberCalled, numberSource, confirmedBy } = input;
  const calledAt = new Date(input.calledAt);
  return db.$transaction(async (tx) => {
    const { payee, details, isNewest } = await lockedDetails(tx, actor, detailsId);
    if (!isNewest) return refuse("REPLACED");
    if (details.enteredBy === actor.ref) return refuse("OWN_ENTRY");
    if (details.callback) return refuse("ALREADY_CALLED");
    if (calledAt > now) return refuse("IN_FUTURE");
    // A minute is written without its seconds: the call may be in the minute of the entry.
    if (calledAt.getTime() < details.enteredAt.getTime() - 60_000) return refuse("BEFORE_ENTRY");
    const call = { numberCalled, numberSource, confirmedBy, calledAt };
    const { enteredBy } = details;
    await tx.payeeCallback.create({
      data: { detailsId, enteredBy, calledBy: actor.ref, ...call, recordedAt: now },
    });
    await tx.payee.update({ where: { id: payee.id }, data: { version: { increment: 1 } } });
    const payload = { name: payee.name, version: details.version, masked: details.masked, confirmedBy, numberSource };
    const said = { type: "payee.called-back", subject: `payee:${payee.id}`, payload };
    await record(tx, payee.ventureId, actor.ref, said, now);
    return ok(null);
  });
}

export type ReleaseRefusal = "REPLACED" | "NOT_CALLED" | "OWN_ENTRY" | "OWN_CALL" | "NOT_FROZEN";

/** A changed account is paid again: by proof of presence of somebody who neither entered it nor called. */
export async function releasePayee(actor: Actor, detailsId: string, now: Date): Promise<Result<null, ReleaseRefusal>> {
  requireStepUp(actor, now);
  return db.$transaction(async (tx) => {
    const { payee, details, isNewest } = await lockedDetails(tx, actor, detailsId);
    if (!isNewest) return refuse("REPLACED");
    const { callback, enteredBy } = details;
    if (details.version === 1 || callback?.release) return refuse("NOT_FROZEN");
    if (!callback) return refuse("NOT_CALLED");
    if (enteredBy === actor.ref) return refuse("OWN_ENTRY");
    if (callback.calledBy === actor.ref) return refuse("OWN_CALL");
    const { calledBy } = callback;
    await tx.payeeRelease.create({
      data: { detailsId, enteredBy, calledBy, releasedBy: actor.ref, releasedAt: now },
    });
    await tx.payee.update({ where: { id: payee.id }, data: { version: { increment: 1 } } });
    const payload = { name: payee.name, version: details.version, masked: details.masked };
    await record(
      tx,
      payee.ventureId,
      actor.ref,
      { type: "payee.released", subject: `payee:${payee.id}`, payload },
      now,
    );
    return ok(null);
  });
}
