import { ok, type Result, refuse } from "@/lib/errors";

export type LedgerEntry = {
  id: string;
  kind: "spent" | "committed" | "reversal";
  /** Above zero; a reversal carries the amount that it takes back. */
  amountMinor: bigint;
  closesId: string | null;
};

export type BudgetUse = {
  spentMinor: bigint;
  /** Promised and not yet paid. */
  committedMinor: bigint;
  /** Spent and committed beyond the budget; zero within it. */
  overMinor: bigint;
  leftMinor: bigint;
};

const total = (entries: readonly LedgerEntry[]): bigint => entries.reduce((sum, one) => sum + one.amountMinor, 0n);

/** What counts: entries that no reversal took back; a commitment counts until a payment settled it, for good. */
export function budgetUse(entries: readonly LedgerEntry[], budgetMinor: bigint): BudgetUse {
  const reversed = new Set(entries.filter((one) => one.kind === "reversal").map((one) => one.closesId));
  const standing = entries.filter((one) => one.kind !== "reversal" && !reversed.has(one.id));
  const settled = new Set(entries.filter((one) => one.kind === "spent").map((one) => one.closesId));
  const spentMinor = total(standing.filter((one) => one.kind === "spent"));
  const committedMinor = total(standing.filter((one) => one.kind === "committed" && !settled.has(one.id)));
  const used = spentMinor + committedMinor;
  const overMinor = used > budgetMinor ? used - budgetMinor : 0n;
  return { spentMinor, committedMinor, overMinor, leftMinor: used > budgetMinor ? 0n : budgetMinor - used };
}

export type SpendRefusal =
  | "NOT_POSITIVE"
  | "IN_THE_FUTURE"
  | "NOT_A_COMMITMENT"
  | "ALREADY_CLOSED"
  | "OVER_BUDGET"
  | "HAS_ENDED";

type Draft = { kind: "spent" | "committed"; amountMinor: bigint; spentOn: string; settlesId: string | null };

/**
 * May it be written down? What was paid is a fact and always may, even beyond the budget, which is then said; a new
 * promise beyond the approved budget is refused, because that is the chairman's to decide.
 */
export function maySpend(
  draft: Draft,
  entries: readonly LedgerEntry[],
  initiative: { budgetMinor: bigint; ended: boolean },
  today: string,
): Result<null, SpendRefusal> {
  if (draft.amountMinor <= 0n) return refuse("NOT_POSITIVE");
  if (draft.kind === "spent" && draft.spentOn > today) return refuse("IN_THE_FUTURE");
  if (draft.kind === "committed" && initiative.ended) return refuse("HAS_ENDED");
  if (draft.settlesId !== null) {
    const settled = entries.find((one) => one.id === draft.settlesId);
    if (settled?.kind !== "committed" || draft.kind !== "spent") return refuse("NOT_A_COMMITMENT");
    if (isClosed(settled.id, entries)) return refuse("ALREADY_CLOSED");
  }
  if (draft.kind === "committed") {
    const { leftMinor } = budgetUse(entries, initiative.budgetMinor);
    if (draft.amountMinor > leftMinor) return refuse("OVER_BUDGET");
  }
  return ok(null);
}

/** Taken back, or paid: nothing more can happen to it. */
export function isClosed(entryId: string, entries: readonly LedgerEntry[]): boolean {
  return entries.some((one) => one.closesId === entryId);
}

/** May this entry be taken back? */
export function mayReverse(entryId: string, entries: readonly LedgerEntry[]): Result<LedgerEntry, SpendRefusal> {
  const entry = entries.find((one) => one.id === entryId);
  if (!entry || entry.kind === "reversal") return refuse("NOT_A_COMMITMENT");
  return isClosed(entryId, entries) ? refuse("ALREADY_CLOSED") : ok(entry);
}
