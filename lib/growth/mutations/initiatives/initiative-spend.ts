import "server-only";
import { recordEvent } from "@/lib/audit/mutations";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db";
import { AppError, ok, type Result, refuse } from "@/lib/errors";
import { dayDate } from "@/lib/metrics/rules/periods";
import { Exact, fromMinor, minorDigits, toMinor } from "@/lib/money";
import { fencedTransaction } from "@/lib/workflows/fence";
import { listLedger } from "../../queries/initiatives/initiative-standing";
import {
  type BudgetUse,
  budgetUse,
  mayReverse,
  maySpend,
  type SpendRefusal,
} from "../../rules/initiatives/initiative-budget";
import { ledgerDataset } from "../../rules/initiatives/initiative-figures";
import { isOpenInitiative } from "../../rules/initiatives/initiative-state";
import type { ReverseSpend, SpendInput } from "../../schema/initiatives";
import { bumpDataset, type LockedInitiative, lockVisible, storeMoney } from "./initiative-row";

export type Recorded = { entryId: string; overMinor: string };
type Refusal = SpendRefusal | "TOO_PRECISE" | "ANOTHER_ENTRY";

type Entry = {
  kind: "spent" | "committed" | "reversal";
  amountMinor: bigint;
  spentOn: string;
  what: string;
  closesId: string | null;
  entryKey: string;
};

/** A payment or a promise. The same key sent again is the entry that it made; a promise beyond the budget is refused. */
export async function recordSpend(actor: Actor, input: SpendInput, now: Date): Promise<Result<Recorded, Refusal>> {
  if (!isPermitted(actor.role, "initiative:edit")) throw new AppError("FORBIDDEN");
  return fencedTransaction(async (tx) => {
    const initiative = await lockVisible(tx, actor, input.initiativeId, now);
    const known = await findByKey(tx, initiative, input.entryKey);
    if (known) return known;
    const { currency, budgetMinor, today, status } = initiative;
    if (new Exact(input.amount).decimalPlaces() > minorDigits(currency)) return refuse("TOO_PRECISE");
    const amountMinor = toMinor(input.amount, currency);
    const { kind, spentOn, what, settlesId, entryKey } = input;
    const ledger = await listLedger(tx, initiative.id);
    const allowed = maySpend(
      { kind, amountMinor, spentOn, settlesId },
      ledger,
      { budgetMinor, ended: !isOpenInitiative(status) },
      today,
    );
    if (!allowed.ok) return allowed;
    return ok(
      await write(tx, actor, initiative, { kind, amountMinor, spentOn, what, closesId: settlesId, entryKey }, now),
    );
  });
}

/** Takes an entry back by another one; both stay. */
export async function reverseSpend(actor: Actor, input: ReverseSpend, now: Date): Promise<Result<Recorded, Refusal>> {
  if (!isPermitted(actor.role, "initiative:edit")) throw new AppError("FORBIDDEN");
  return fencedTransaction(async (tx) => {
    const initiative = await lockVisible(tx, actor, input.initiativeId, now);
    const known = await findByKey(tx, initiative, input.entryKey);
    if (known) return known;
    const allowed = mayReverse(input.entryId, await listLedger(tx, initiative.id));
    if (!allowed.ok) return allowed;
    const { amountMinor, id: closesId } = allowed.value;
    const { reason: what, entryKey } = input;
    const entry = { kind: "reversal" as const, amountMinor, spentOn: initiative.today, what, closesId, entryKey };
    return ok(await write(tx, actor, initiative, entry, now));
  });
}

async function findByKey(tx: Tx, { id, budgetMinor }: LockedInitiative, entryKey: string) {
  const known = await tx.initiativeSpend.findUnique({ where: { entryKey } });
  if (!known) return null;
  if (known.initiativeId !== id) return refuse("ANOTHER_ENTRY" as const);
  return ok({ entryId: known.id, overMinor: budgetUse(await listLedger(tx, id), budgetMinor).overMinor.toString() });
}

const EVENTS = { spent: "initiative.spent", committed: "initiative.committed", reversal: "initiative.spend-reversed" };

async function write(tx: Tx, actor: Actor, initiative: LockedInitiative, entry: Entry, now: Date): Promise<Recorded> {
  const { id, ventureId, currency, title, today } = initiative;
  const { spentOn, ...rest } = entry;
  const made = { initiativeId: id, currency, spentOn: dayDate(spentOn), recordedBy: actor.ref, recordedAt: now };
  const row = await tx.initiativeSpend.create({ data: { ...rest, ...made } });
  await bumpDataset(tx, ventureId, ledgerDataset(id), now);
  const { use } = await storeMoney(tx, initiative, today, now);
  await markOverBudget(tx, initiative, use, now);
  await recordEvent(tx, {
    ventureId,
    type: EVENTS[entry.kind],
    actor: actor.ref,
    subject: `initiative:${id}`,
    payload: {
      ...{ title, currency, amountMinor: entry.amountMinor.toString(), what: entry.what, spentOn },
      ...{ closesId: entry.closesId, overMinor: use.overMinor.toString() },
    },
    at: now,
  });
  return { entryId: row.id, overMinor: use.overMinor.toString() };
}

const overBudgetCause = (initiativeId: string): string => `over-budget:${initiativeId}`;

/** An alert stands while more is used than was approved. */
export async function markOverBudget(
  tx: Tx,
  { id, ventureId, title, currency }: Pick<LockedInitiative, "id" | "ventureId" | "title" | "currency">,
  { overMinor }: BudgetUse,
  now: Date,
): Promise<void> {
  const causeKey = overBudgetCause(id);
  if (overMinor === 0n) {
    await tx.alert.updateMany({ where: { causeKey, clearedAt: null }, data: { clearedAt: now } });
    return;
  }
  const said = {
    title: `“${title}” is over its budget`,
    detail: `${fromMinor(overMinor, currency).toFixed()} ${currency} more than approved is spent or committed.`,
  };
  await tx.alert.upsert({
    where: { causeKey },
    create: { causeKey, ventureId, kind: "over-budget", severity: "warning", raisedAt: now, ...said },
    update: { ...said, clearedAt: null },
  });
}
