import { expect, test } from "vitest";
import { MOST_PAYMENTS } from "@/lib/payments/schema";
import { allPayable } from "./draft-rows";

const owed = (accountId: string, more: object = {}) => ({
  ...{ accountId, standing: "verified" as const, freeMinor: 123_450n, currency: "USD", rail: "ach" as const },
  ...more,
});
const bank = { currency: "USD", rail: "ach" as const };

test("all that can be paid is chosen in full, and nothing that cannot", () => {
  const rows = [
    owed("a"),
    owed("b", { standing: "frozen" }),
    owed("c", { currency: "EUR" }),
    owed("d", { freeMinor: 0n }),
    owed("e", { rail: "sepa" }),
  ];
  expect(allPayable(rows, bank)).toEqual({ a: "1234.50" });
  expect(allPayable(rows, undefined)).toEqual({});
});

test("of more than one file carries the first are chosen, in their order", () => {
  const rows = Array.from({ length: MOST_PAYMENTS + 50 }, (_, index) => owed(`h${index}`));
  expect(Object.keys(allPayable(rows, bank))).toEqual(rows.slice(0, MOST_PAYMENTS).map(({ accountId }) => accountId));
});
