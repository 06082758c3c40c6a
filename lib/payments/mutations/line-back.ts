import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import { type Actor, maySeeVenture } from "@/lib/auth/actor";
import { db, type Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { lockLedger, reverseTransaction } from "@/lib/ledger/mutations/post";
import { dayText } from "@/lib/metrics/rules/periods";
import type { LineBackInput } from "../schema";

const ofLine = (lineId: string) => ({ startsWith: `bank-line:${lineId}` });

/** Under which a line of the bank is booked: once, and once more each time that its explanation was taken back. */
export async function lineKey(tx: Tx, lineId: string): Promise<string> {
  const undone = await tx.ledgerTransaction.count({
    where: { key: ofLine(lineId), reversesId: null, reversedBy: { isNot: null } },
  });
  return undone === 0 ? `bank-line:${lineId}` : `bank-line:${lineId}:${undone + 1}`;
}

export type LineBackRefusal = "NOT_SETTLED" | "BUILT_UPON";

/**
 * A line that was explained wrongly waits for a person again: what was booked by it is undone by its mirror, unless the
 * money has gone on since. What a payment explains is not taken back here.
 */
export async function takeBackLine(
  actor: Actor,
  { lineId, reason }: LineBackInput,
  now: Date,
): Promise<Result<null, LineBackRefusal>> {
  return db.$transaction(async (tx) => {
    const found = await tx.bankStatementLine.findUnique({ where: { id: lineId }, include: { statement: true } });
    if (!found || !maySeeVenture(actor, found.statement.ventureId)) throw new AppError("NOT_FOUND");
    const { ventureId } = found.statement;
    await lockLedger(tx, ventureId);
    const line = await tx.bankStatementLine.findUniqueOrThrow({ where: { id: lineId } });
    if (line.status !== "settled") return refuse("NOT_SETTLED");
    const entry = await tx.ledgerTransaction.findFirst({
      where: { key: ofLine(lineId), reversesId: null, reversedBy: null },
    });
    if (entry) {
      // Never before it was booked.
      const [, effectiveOn = ""] = [dayText(line.bookedOn), dayText(now)].toSorted();
      const undone = await reverseTransaction(tx, actor.ref, { key: entry.key, effectiveOn, reason }, now);
      if (!undone.ok) return refuse("BUILT_UPON", undone.problems);
    }
    const { settledAs: as } = line;
    const data = { status: "open", reason: null, settledAs: null, settledBy: null, settledAt: null };
    await tx.bankStatementLine.update({ where: { id: lineId }, data });
    await recordEvent(tx, {
      ...{ ventureId, type: "bank-line.taken-back", actor: actor.ref, at: now },
      ...{ subject: `bank-account:${line.bankAccountId}`, payload: { lineId, as, reason } },
    });
    return ok(null);
  });
}
