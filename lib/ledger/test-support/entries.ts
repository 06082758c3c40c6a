import type { AccountKind } from "../rules/accounts";
import type { Entry, Line } from "../rules/entry";

export const line = (kind: AccountKind, amountMinor: bigint, party = "", currency = "EUR"): Line => ({
  account: { kind, party, name: party, currency },
  amountMinor,
});

/** One of many receipts that go at once to one of seven holders. */
export const sale = (ventureId: string, number: number): Entry => {
  const amount = BigInt(100 + number);
  return {
    ...{ ventureId, kind: "receipt", description: `Receipt ${number}`, effectiveOn: "2026-11-23" },
    key: `receipt:${ventureId}:${number}`,
    lines: [line("bank", amount, "main"), line("payable", -amount, `holder-${number % 7}`)],
  };
};
