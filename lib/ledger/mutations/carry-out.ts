import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { requireStepUp } from "@/lib/auth/step-up";
import { db, type Tx } from "@/lib/db";
import { findClosingSum } from "@/lib/distribution/queries/closing-sum";
import type { WithholdingRate } from "@/lib/distribution/schema/split";
import { type FieldProblem, ok, type Result, refuse } from "@/lib/errors";
import { dayText } from "@/lib/metrics/rules/periods";
import { type BasisRefusal, basisFromCapTable, findBasis } from "../queries/basis";
import { type DecideRefusal, differences, mayCarryOut, mayReverse, type ReversalRefusal } from "../rules/requests";
import type { CarveOut } from "../schema";
import { type RequestContent, type RequestRead, requestContentSchema } from "../schema/requests";
import { fixBasis, isFixed } from "./basis";
import { type DistributeRefusal, distributeProceeds, takenOf } from "./distribute";
import { reverseTransaction } from "./post";
import { closingContent, lockRequest, madeIn, type RequestRow } from "./requests";

export type CarryOutRefusal =
  | DecideRefusal
  | ReversalRefusal
  | BasisRefusal
  | DistributeRefusal
  | "ALREADY_FIXED"
  | "LABEL_TAKEN"
  | "CHANGED"
  | "DIFFERS";
type Made = Result<{ distributionId: string }, CarryOutRefusal>;
type Of<Kind extends RequestContent["kind"]> = Extract<RequestContent, { kind: Kind }>;

/** Ends the transaction, so that nothing of a request that is refused half-way stays. */
class Refused extends Error {
  readonly refusal: CarryOutRefusal;
  readonly problems: readonly FieldProblem[];
  constructor(refusal: CarryOutRefusal, problems: readonly FieldProblem[] = []) {
    super(refusal);
    [this.refusal, this.problems] = [refusal, problems];
  }
}

/**
 * Carries out what another person asked for, once, by proof of presence: it is distributed, or a distribution is undone.
 * What is done twice finds the first. No money leaves by it: payments are drafted and approved apart.
 */
export async function carryOutRequest(
  actor: Actor,
  { requestId, version }: RequestRead,
  now: Date,
): Promise<Result<{ distributionId: string; repeated: boolean }, CarryOutRefusal>> {
  requireStepUp(actor, now);
  const run = async (tx: Tx) => {
    const request = await lockRequest(tx, actor, requestId);
    const { distributionId: done } = request;
    if (request.status === "done" && done) return ok({ distributionId: done, repeated: true });
    const allowed = mayCarryOut(request, version, actor.ref);
    if (!allowed.ok) return allowed;
    const made = await perform(tx, actor.ref, request, now);
    if (!made.ok) throw new Refused(made.refusal, made.problems);
    const { distributionId } = made.value;
    const data = { status: "done", decidedBy: actor.ref, decidedAt: now, version: version + 1, distributionId };
    await tx.distributionRequest.update({ where: { id: requestId }, data });
    const { ventureId, kind, label, requestedBy } = request;
    const payload = { kind, label, requestedBy, distributionId };
    const subject = `distribution-request:${requestId}`;
    await recordEvent(tx, { ventureId, type: "distribution.carried-out", actor: actor.ref, at: now, subject, payload });
    return ok({ distributionId, repeated: false });
  };
  return db.$transaction(run, { timeout: 60_000 }).catch((error: unknown) => {
    if (error instanceof Refused) return refuse(error.refusal, error.problems);
    throw error;
  });
}

function perform(tx: Tx, by: string, request: RequestRow, now: Date): Promise<Made> {
  const content = requestContentSchema.parse(request.content);
  switch (content.kind) {
    case "closing":
      return closing(tx, by, request, content, now);
    case "proceeds":
      return proceeds(tx, by, request, content, now);
    case "reversal":
      return reversal(tx, by, request, content, now);
  }
}

const asText = (value: unknown): string =>
  JSON.stringify(value, (_key, one: unknown) => (typeof one === "bigint" ? one.toString() : one));

/** As it would be stored and read again. */
const contentOf = (content: object) => requestContentSchema.parse(JSON.parse(asText(content)));

/** By the cap table and the terms of the kept split; every holder is owed what the statement says, or nothing is done. */
async function closing(tx: Tx, by: string, request: RequestRow, content: Of<"closing">, now: Date): Promise<Made> {
  const { ventureId, currency } = request;
  const venture = await tx.venture.findUniqueOrThrow({ where: { id: ventureId } });
  const found = await findClosingSum(tx, venture);
  if (!found.ok) return refuse("CHANGED", found.problems);
  if (asText(contentOf(closingContent(found.value))) !== asText(content)) return refuse("CHANGED");
  const { asOf, rates, carveOut } = found.value;
  const fixed = await fixByCapTable(tx, by, { ventureId, currency, day: asOf, upTo: null, rates, carveOut }, now);
  if (!fixed.ok) return fixed;
  const made = await distributed(tx, by, request, content, now);
  if (!made.ok) return made;
  const shares = await tx.distributionShare.findMany({ where: { distributionId: made.value.distributionId } });
  const problems = differences(shares, content.holders);
  return problems.length > 0 ? refuse("DIFFERS", problems.slice(0, 5)) : made;
}

/** The basis of the first one stands for all that come after; without one, the cap table of the day is fixed. */
async function proceeds(tx: Tx, by: string, request: RequestRow, content: Of<"proceeds">, now: Date): Promise<Made> {
  const { ventureId, currency } = request;
  const basis = await findBasis(tx, ventureId, currency);
  const undone = basis !== null && !(await isFixed(tx, basis)) && (await wasUsed(tx, basis.id));
  if (!basis || undone) {
    const day = dayText(request.paidOn);
    const { withholdings: rates, carveOut } = basis ?? { withholdings: [], carveOut: null };
    const fixed = await fixByCapTable(tx, by, { ventureId, currency, day, upTo: day, rates, carveOut }, now);
    if (!fixed.ok) return fixed;
  }
  if (!(await isAsAsked(tx, request, content))) return refuse("CHANGED");
  return distributed(tx, by, request, content, now);
}

/** What was taken by the terms of the closing is what they take now: nothing was released or undone in between. */
async function isAsAsked(tx: Tx, request: RequestRow, content: Of<"proceeds">): Promise<boolean> {
  if (!content.byRate) return true;
  const { ventureId, currency, amountMinor } = request;
  const { kind, charges } = content;
  const taken = await takenOf(tx, { ventureId, currency, amountMinor, charges, withholdings: [] });
  return taken.ok && asText(contentOf({ kind, ...taken.value })) === asText(content);
}

const wasUsed = async (tx: Tx, basisId: string): Promise<boolean> =>
  (await tx.distribution.count({ where: { basisId } })) > 0;

type Fixing = {
  ventureId: string;
  currency: string;
  day: string;
  upTo: string | null;
  rates: readonly WithholdingRate[];
  carveOut: CarveOut | null;
};

async function fixByCapTable(tx: Tx, by: string, fixing: Fixing, now: Date) {
  const { ventureId, currency, day, upTo, rates, carveOut } = fixing;
  const basis = await basisFromCapTable(tx, ventureId, currency, { day, upTo });
  if (!basis.ok) return basis;
  return fixBasis(tx, by, { ventureId, currency, ...basis.value, withholdings: [...rates], carveOut }, now);
}

type Money = Pick<Of<"closing">, "charges" | "withholdings"> & Partial<Pick<Of<"closing">, "inKind">>;

const moneyOf = ({ charges, withholdings, inKind = [] }: Money) => ({ charges, withholdings, inKind });

async function distributed(tx: Tx, by: string, request: RequestRow, money: Money, now: Date): Promise<Made> {
  const { ventureId, currency, label, amountMinor } = request;
  const input = { ventureId, currency, label, amountMinor, ...moneyOf(money), paidOn: dayText(request.paidOn) };
  const made = await distributeProceeds(tx, by, input, now);
  if (!made.ok) return made;
  return made.value.repeated ? refuse("LABEL_TAKEN") : ok({ distributionId: made.value.distributionId });
}

/** By its mirror. What it had made payable and was ordered since stands in the way: such payments are taken out first. */
async function reversal(tx: Tx, by: string, request: RequestRow, content: Of<"reversal">, now: Date): Promise<Made> {
  const { ventureId, currency, reason } = request;
  const { distributionId } = content;
  const on = dayText(request.paidOn);
  const allowed = mayReverse(await madeIn(tx, ventureId, currency), distributionId, on);
  if (!allowed.ok) return allowed;
  const { transaction } = await tx.distribution.findUniqueOrThrow({
    where: { id: distributionId },
    include: { transaction: { include: { release: true } } },
  });
  const undone = await reverseTransaction(tx, by, { key: transaction.key, effectiveOn: on, reason }, now);
  if (!undone.ok)
    return refuse(undone.refusal === "NO_SUCH_TRANSACTION" ? "REVERSED" : undone.refusal, undone.problems);
  if (transaction.release) {
    const { trancheId } = transaction.release;
    const where = { id: trancheId, status: "closed" };
    await tx.deferredTranche.updateMany({ where, data: { status: "open", version: { increment: 1 } } });
  }
  await recordEvent(tx, {
    ...{ ventureId, type: "distribution.reversed", actor: by, at: now, subject: `distribution:${distributionId}` },
    payload: { distributionId, transactionId: undone.value.transactionId, on, reason },
  });
  return ok({ distributionId });
}
