import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { line } from "../test-support/entries";
import { ACCOUNT_KINDS, ACCOUNTS } from "./accounts";
import { accountKey, checkEntry, mirrored, overdrawn, trialTotals } from "./entry";
import { calendarOf, dueReleases, mayRelease, releasable } from "./tranches";

test("there is no account for rounding", () => {
  expect(ACCOUNT_KINDS.filter((kind) => /round/i.test(kind + ACCOUNTS[kind].label))).toEqual([]);
});

test("property: an entry and its mirror leave every account as it was, and totals stay equal", () => {
  const kinds = fc.constantFrom(...ACCOUNT_KINDS);
  const lines = fc.array(fc.tuple(kinds, fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n })), {
    minLength: 1,
    maxLength: 9,
  });
  fc.assert(
    fc.property(lines, (parts) => {
      const sum = parts.reduce((all, [, amount]) => all + amount, 0n);
      const given = [...parts.map(([kind, amount]) => line(kind, amount)), line("bank", -sum, "rest")];
      const entry = checkEntry(given);
      if (!entry.ok) return expect(entry.refusal).toBe("EMPTY");
      const both = [...entry.value, ...mirrored(entry.value)];
      const left = new Map<string, bigint>();
      for (const { account, amountMinor } of both)
        left.set(accountKey(account), (left.get(accountKey(account)) ?? 0n) + amountMinor);
      expect([...left.values()].every((amount) => amount === 0n)).toBe(true);
      const trial = entry.value.map(({ account, amountMinor }) => ({ ...account, signedMinor: amountMinor }));
      for (const { debit, credit } of trialTotals(trial).values()) expect(debit).toBe(credit);
    }),
  );
});

test("currencies balance each for itself", () => {
  const mixed = [line("bank", 5n), line("proceeds", -5n, "", "USD")];
  expect(checkEntry(mixed)).toEqual({ ok: false, refusal: "UNBALANCED" });
});

test.each<[string, bigint, bigint, string | null]>([
  ["what is owed may be paid to the last cent", -100n, 100n, null],
  ["not a cent more", -100n, 101n, "payable"],
  ["an account that nothing stands on", 0n, 1n, "payable"],
  ["what adds is never asked", 0n, -1n, null],
])("%s", (_case, balance, amount, expected) => {
  const one = line("payable", amount, "ada");
  const short = overdrawn([one, line("bank", -amount)], new Map([[accountKey(one.account), balance]]));
  expect(short?.kind ?? null).toBe(expected);
});

const tranche = {
  status: "open",
  balanceMinor: 1_000n,
  claims: [{ status: "open", amountMinor: 300n }],
  opensOn: "2026-01-01",
};
const signed = { sellersMinor: 700n, buyerMinor: 0n, datedOn: "2026-06-30", recordedBy: "user:ada" };

describe("what lets money out of a tranche", () => {
  test.each<[string, object, object, string, string | null]>([
    ["what is free of claims", {}, {}, "user:grace", null],
    ["one cent of what is claimed", {}, { sellersMinor: 701n }, "user:grace", "CLAIMED"],
    [
      "a claim is settled by what goes back to the buyer",
      {},
      { sellersMinor: 700n, buyerMinor: 300n },
      "user:grace",
      null,
    ],
    ["more than there is", {}, { sellersMinor: 700n, buyerMinor: 301n }, "user:grace", "MORE_THAN_THERE_IS"],
    ["by who recorded it", {}, {}, "user:ada", "OWN_RECORD"],
    ["while it is disputed", { status: "frozen" }, {}, "user:grace", "FROZEN"],
    ["dated before it opened", {}, { datedOn: "2025-12-31" }, "user:grace", "BEFORE_IT_OPENED"],
    [
      "a claim that was withdrawn",
      { claims: [{ status: "withdrawn", amountMinor: 300n }] },
      { sellersMinor: 1_000n },
      "user:grace",
      null,
    ],
  ])("%s", (_case, state, instruction, by, refusal) => {
    const outcome = mayRelease({ ...tranche, ...state }, { ...signed, ...instruction }, by);
    expect(outcome.ok ? null : outcome.refusal).toBe(refusal);
  });

  test("claims never hold back more than there is", () => {
    expect(releasable({ ...tranche, claims: [{ status: "open", amountMinor: 5_000n }] })).toBe(0n);
  });

  test("the calendar lays what was released over its days, the last taking the rest", () => {
    const days = [
      { dueOn: "2026-12-31", amountMinor: 400n },
      { dueOn: "2027-06-30", amountMinor: null },
    ];
    expect(
      calendarOf(1_000n, days, 500n, "2027-01-15").map(({ amountMinor, coveredMinor, state }) => [
        amountMinor,
        coveredMinor,
        state,
      ]),
    ).toEqual([
      [400n, 400n, "released"],
      [600n, 100n, "later"],
    ]);
    expect(calendarOf(1_000n, days, 0n, "2027-06-30").map(({ state }) => state)).toEqual(["overdue", "due"]);
  });
});

test.each<[string, bigint, [string, bigint][]]>([
  ["2026-12-30", 0n, []],
  ["2026-12-31", 0n, [["2026-12-31", 400n]]],
  ["2027-01-01", 150n, [["2026-12-31", 250n]]],
  ["2027-07-01", 400n, [["2027-06-30", 600n]]],
  ["2027-07-01", 1_000n, []],
])("what is due on %s", (today, released, expected) => {
  const days = [
    { dueOn: "2026-12-31", amountMinor: 400n },
    { dueOn: "2027-06-30", amountMinor: null },
  ];
  const due = dueReleases({ label: "Escrow", currency: "EUR" }, calendarOf(1_000n, days, released, today));
  expect(due.map(({ dueOn, openMinor }) => [dueOn, openMinor])).toEqual(expected);
});
