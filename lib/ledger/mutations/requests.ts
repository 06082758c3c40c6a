import "server-only";
import { randomUUID } from "node:crypto";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Prisma, type Tx } from "@/lib/db";
import { type ClosingRefusal, type ClosingSum, findClosingSum } from "@/lib/distribution/queries/closing-sum";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate, dayText, hasNotCome } from "@/lib/metrics/rules/periods";
import { STANDING } from "../queries/basis";
import { mayReverse, type ReversalRefusal } from "../rules/requests";
import type {
  AskClosing,
  AskProceeds,
  AskReversal,
  RequestContent,
  RequestKind,
  RequestRead,
} from "../schema/requests";
import { type DistributeRefusal, takenOf } from "./distribute";
import { lockLedger } from "./post";

export type RequestRow = Awaited<ReturnType<Tx["distributionRequest"]["findUniqueOrThrow"]>>;

/** The name under which the closing of a sale is distributed. */
export const CLOSING_LABEL = "Closing";

/** The request with the venture's ledger held: all that moves the money of a sale stands in one queue. */
export async function lockRequest(tx: Tx, actor: Actor, requestId: string): Promise<RequestRow> {
  const found = await tx.distributionRequest.findUnique({ where: { id: requestId } });
  if (!found || !maySeeVenture(actor, found.ventureId)) throw new AppError("NOT_FOUND");
  await lockLedger(tx, found.ventureId);
  return tx.distributionRequest.findUniqueOrThrow({ where: { id: requestId } });
}

type Asked = {
  ventureId: string;
  label: string;
  currency: string;
  amountMinor: bigint;
  paidOn: string;
  reason: string;
  content: RequestContent;
};
type AskedAnswer = Result<{ requestId: string }, "REQUEST_OPEN" | "LABEL_TAKEN">;

const asJson = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? one.toString() : one)),
  ) as Prisma.InputJsonObject;

async function keep(tx: Tx, actor: Actor, { content, paidOn, ...asked }: Asked, now: Date): Promise<AskedAnswer> {
  const { ventureId, label, currency, amountMinor, reason } = asked;
  if ((await tx.distributionRequest.count({ where: { ventureId, status: "open" } })) > 0) return refuse("REQUEST_OPEN");
  const standing = { label, basis: { ventureId, currency }, ...STANDING };
  if (content.kind !== "reversal" && (await tx.distribution.count({ where: standing })) > 0)
    return refuse("LABEL_TAKEN");
  const id = randomUUID();
  const kind: RequestKind = content.kind;
  await tx.distributionRequest.create({
    data: {
      ...{ id, ...asked, kind, content: asJson(content), paidOn: dayDate(paidOn), status: "open", version: 1 },
      ...{ requestedBy: actor.ref, requestedAt: now },
    },
  });
  const payload = { kind, label, currency, amountMinor: amountMinor.toString(), paidOn, reason };
  const subject = `distribution-request:${id}`;
  await recordEvent(tx, { ventureId, type: "distribution.asked", actor: actor.ref, at: now, subject, payload });
  return ok({ requestId: id });
}

export const closingContent = ({ planVersion, statement, charges, withholdings, holders, inKind }: ClosingSum) => ({
  ...{ kind: "closing" as const, planVersion, statementId: statement.id, charges, withholdings, holders, inKind },
});

export type AskClosingRefusal =
  | ClosingRefusal
  | "STALE_SPLIT"
  | "DAY_AHEAD"
  | "BEFORE_CLOSING"
  | "DISTRIBUTED_ALREADY"
  | "REQUEST_OPEN"
  | "LABEL_TAKEN";

/** Asks to hand the closing over to the ledger, as the written funds-flow statement has it. Moves nothing yet. */
export async function askClosing(
  actor: Actor,
  { ventureId, planVersion, paidOn, reason }: AskClosing,
  now: Date,
): Promise<Result<{ requestId: string }, AskClosingRefusal>> {
  return db.$transaction(
    async (tx) => {
      const venture = await tx.venture.findUnique({ where: { id: ventureId } });
      if (!venture || !maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
      await lockLedger(tx, ventureId);
      const closing = await findClosingSum(tx, venture);
      if (!closing.ok) return closing;
      const { currency, amountMinor, closedOn } = closing.value;
      if (hasNotCome(paidOn, now)) return refuse("DAY_AHEAD");
      if (closedOn !== null && paidOn < closedOn) return refuse("BEFORE_CLOSING");
      if (closing.value.planVersion !== planVersion) return refuse("STALE_SPLIT");
      const before = await tx.distribution.count({ where: { basis: { ventureId, currency }, ...STANDING } });
      if (before > 0) return refuse("DISTRIBUTED_ALREADY");
      const asked = { ventureId, label: CLOSING_LABEL, currency, amountMinor, paidOn, reason };
      return keep(tx, actor, { ...asked, content: closingContent(closing.value) }, now);
    },
    { timeout: 60_000 },
  );
}

/**
 * Asks to distribute an amount that was received by the cap table. After the closing the agreed carve-out and the fixed
 * rates of tax are taken of it, to be read by who carries it out. Moves nothing yet.
 */
export async function askProceeds(
  actor: Actor,
  { charges, withholdings, ...asked }: AskProceeds,
  now: Date,
): Promise<Result<{ requestId: string }, DistributeRefusal | "DAY_AHEAD" | "REQUEST_OPEN" | "LABEL_TAKEN">> {
  const { ventureId, amountMinor } = asked;
  if (!maySeeVenture(actor, ventureId)) throw new AppError("NOT_FOUND");
  if (charges.reduce((sum, charge) => sum + charge.amountMinor, 0n) >= amountMinor) return refuse("CHARGES_EXCEED");
  return db.$transaction(async (tx) => {
    await lockLedger(tx, ventureId);
    if (hasNotCome(asked.paidOn, now)) return refuse("DAY_AHEAD");
    const taken = await takenOf(tx, { ...asked, charges, withholdings });
    if (!taken.ok) return taken;
    return keep(tx, actor, { ...asked, content: { kind: "proceeds", ...taken.value } }, now);
  });
}

/** The distributions of a venture in one currency, oldest first. */
export async function madeIn(tx: Tx, ventureId: string, currency: string) {
  const rows = await tx.distribution.findMany({
    where: { basis: { ventureId, currency } },
    orderBy: [{ basis: { version: "asc" } }, { ordinal: "asc" }],
    include: { transaction: { include: { reversedBy: { select: { id: true } } } } },
  });
  return rows.map(({ id, paidOn, transaction }, index) => ({
    ...{ id, ordinal: index + 1, paidOn: dayText(paidOn), reversed: transaction.reversedBy !== null },
  }));
}

/** Asks to undo a distribution that was wrong: by its mirror, never by deleting. Moves nothing yet. */
export async function askReversal(
  actor: Actor,
  { distributionId, paidOn, reason }: AskReversal,
  now: Date,
): Promise<Result<{ requestId: string }, ReversalRefusal | "REQUEST_OPEN" | "LABEL_TAKEN">> {
  return db.$transaction(async (tx) => {
    const found = await tx.distribution.findUnique({ where: { id: distributionId }, include: { basis: true } });
    if (!found || !maySeeVenture(actor, found.basis.ventureId)) throw new AppError("NOT_FOUND");
    const { ventureId, currency } = found.basis;
    await lockLedger(tx, ventureId);
    const allowed = mayReverse(await madeIn(tx, ventureId, currency), distributionId, paidOn);
    if (!allowed.ok) return allowed;
    const { label, amountMinor } = found;
    const content = { kind: "reversal" as const, distributionId };
    return keep(tx, actor, { ventureId, label, currency, amountMinor, paidOn, reason, content }, now);
  });
}

/** Takes back what was asked for and not carried out. */
export async function withdrawRequest(
  actor: Actor,
  { requestId, version }: RequestRead,
  now: Date,
): Promise<Result<null, "CONFLICT">> {
  return db.$transaction(async (tx) => {
    const request = await lockRequest(tx, actor, requestId);
    if (request.status !== "open" || request.version !== version) return refuse("CONFLICT");
    const data = { status: "withdrawn", decidedBy: actor.ref, decidedAt: now, version: version + 1 };
    await tx.distributionRequest.update({ where: { id: requestId }, data });
    const { ventureId, kind, label } = request;
    const said = { type: "distribution.request-withdrawn", subject: `distribution-request:${requestId}` };
    await recordEvent(tx, { ventureId, ...said, actor: actor.ref, at: now, payload: { kind, label } });
    return ok(null);
  });
}
