import { ok, type Result, refuse } from "@/lib/errors";
import { ACCOUNTS, type AccountKind } from "./accounts";

export type AccountRef = { kind: AccountKind; party: string; name: string; currency: string };

/** Debits above zero, credits below, in minor units. */
export type Line = { account: AccountRef; amountMinor: bigint };

export type Entry = {
  ventureId: string;
  kind: string;
  description: string;
  effectiveOn: string;
  /** The same key is the same entry, however often it is tried. */
  key: string;
  releaseId?: string | null;
  lines: readonly Line[];
};

export type EntryRefusal = "UNBALANCED" | "EMPTY" | "TOO_LARGE";

const MOST = 2n ** 63n - 1n;

export const accountKey = ({ kind, party, currency }: AccountRef): string => `${kind}|${party}|${currency}`;

/** Lines on one account become one, in the order of first mention; what cancels out is left away. */
export function merged(lines: readonly Line[]): Line[] {
  const sums = new Map<string, Line>();
  for (const { account, amountMinor } of lines) {
    const key = accountKey(account);
    const known = sums.get(key);
    sums.set(key, { account: known?.account ?? account, amountMinor: (known?.amountMinor ?? 0n) + amountMinor });
  }
  return [...sums.values()].filter(({ amountMinor }) => amountMinor !== 0n);
}

/** Double entry: at least two lines that add up to zero in each currency. The database checks the same at commit. */
export function checkEntry(lines: readonly Line[]): Result<Line[], EntryRefusal> {
  const whole = merged(lines);
  if (whole.length < 2) return refuse("EMPTY");
  const sums = new Map<string, bigint>();
  for (const { account, amountMinor } of whole) {
    if (amountMinor > MOST || amountMinor < -MOST) return refuse("TOO_LARGE");
    sums.set(account.currency, (sums.get(account.currency) ?? 0n) + amountMinor);
  }
  return [...sums.values()].some((sum) => sum !== 0n) ? refuse("UNBALANCED") : ok(whole);
}

/** What undoes an entry. */
export const mirrored = (lines: readonly Line[]): Line[] =>
  lines.map(({ account, amountMinor }) => ({ account, amountMinor: -amountMinor }));

/** The account that a line would take below zero on its own side; null where none is. `balances` are signed. */
export function overdrawn(lines: readonly Line[], balances: ReadonlyMap<string, bigint>): AccountRef | null {
  for (const { account, amountMinor } of lines) {
    const { side, floored } = ACCOUNTS[account.kind];
    const after = (balances.get(accountKey(account)) ?? 0n) + amountMinor;
    if (floored && amountMinor * BigInt(side) < 0n && after * BigInt(side) < 0n) return account;
  }
  return null;
}

export type TrialLine = { kind: AccountKind; currency: string; signedMinor: bigint };

/** Debits and credits by currency; equal where the books are whole. */
export function trialTotals(lines: readonly TrialLine[]): Map<string, { debit: bigint; credit: bigint }> {
  const totals = new Map<string, { debit: bigint; credit: bigint }>();
  for (const { currency, signedMinor } of lines) {
    const { debit, credit } = totals.get(currency) ?? { debit: 0n, credit: 0n };
    const next = signedMinor > 0n ? { debit: debit + signedMinor, credit } : { debit, credit: credit - signedMinor };
    totals.set(currency, next);
  }
  return totals;
}
