import type { BankView, OwedView } from "@/lib/payments/queries/payments-page";
import { MOST_PAYMENTS } from "@/lib/payments/schema";
import { amountText } from "./words";

/** What is to be paid of each account of the ledger, as typed. */
export type Chosen = Readonly<Record<string, string>>;

type Owed = Pick<OwedView, "accountId" | "standing" | "freeMinor" | "currency" | "rail">;

/** Can a payment of it leave from this account? */
export const isPayable = (
  one: Omit<Owed, "accountId">,
  bank: Pick<BankView, "currency" | "rail"> | undefined,
): boolean =>
  one.standing === "verified" && one.freeMinor > 0n && one.currency === bank?.currency && one.rail === bank.rail;

/** Everything that can be paid from an account, in full, up to what one memo and one file carry. */
export const allPayable = (owed: readonly Owed[], bank: Pick<BankView, "currency" | "rail"> | undefined): Chosen =>
  Object.fromEntries(
    owed
      .filter((one) => isPayable(one, bank))
      .slice(0, MOST_PAYMENTS)
      .map(({ accountId, freeMinor, currency }) => [accountId, amountText(freeMinor, currency)]),
  );
