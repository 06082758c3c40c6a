import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { budgetUse, type LedgerEntry, mayReverse, maySpend } from "./initiative-budget";

const entry = (id: string, kind: LedgerEntry["kind"], amount: number, closesId: string | null = null): LedgerEntry => ({
  ...{ id, kind, amountMinor: BigInt(amount), closesId },
});
const use = (entries: LedgerEntry[], budget = 1_000) => {
  const { spentMinor, committedMinor, overMinor, leftMinor } = budgetUse(entries, BigInt(budget));
  return [spentMinor, committedMinor, overMinor, leftMinor].map(Number);
};

test.each<[string, LedgerEntry[], number[]]>([
  ["nothing", [], [0, 0, 0, 1_000]],
  ["paid and committed", [entry("a", "spent", 300), entry("b", "committed", 200)], [300, 200, 0, 500]],
  ["a payment taken back", [entry("a", "spent", 300), entry("r", "reversal", 300, "a")], [0, 0, 0, 1_000]],
  ["a commitment that was paid", [entry("b", "committed", 200), entry("p", "spent", 250, "b")], [250, 0, 0, 750]],
  [
    "its payment taken back: the commitment is gone with it",
    [entry("b", "committed", 200), entry("p", "spent", 200, "b"), entry("r", "reversal", 200, "p")],
    [0, 0, 0, 1_000],
  ],
  ["exactly the budget", [entry("a", "spent", 1_000)], [1_000, 0, 0, 0]],
  ["one above it", [entry("a", "spent", 900), entry("b", "committed", 101)], [900, 101, 1, 0]],
])("%s", (_case, entries, expected) => {
  expect(use(entries)).toEqual(expected);
});

describe("what may be written", () => {
  const at = { budgetMinor: 1_000n, ended: false };
  const draft = { kind: "committed" as const, amountMinor: 100n, spentOn: "2026-06-01", settlesId: null };
  const today = "2026-06-15";
  const used = [entry("a", "spent", 900), entry("c", "committed", 50)];

  test.each<[string, Partial<Parameters<typeof maySpend>[0]>, boolean, string]>([
    ["a promise within the budget", { amountMinor: 50n }, false, "ok"],
    ["a promise beyond it", { amountMinor: 51n }, false, "OVER_BUDGET"],
    ["a payment beyond it is a fact", { kind: "spent", amountMinor: 5_000n }, false, "ok"],
    ["nothing", { amountMinor: 0n }, false, "NOT_POSITIVE"],
    ["a payment of tomorrow", { kind: "spent", spentOn: "2026-06-16" }, false, "IN_THE_FUTURE"],
    ["a promise for a later day", { amountMinor: 10n, spentOn: "2027-01-01" }, false, "ok"],
    ["a promise after the end", { amountMinor: 10n }, true, "HAS_ENDED"],
    ["the payment of a promise", { kind: "spent", amountMinor: 60n, settlesId: "c" }, false, "ok"],
    ["the payment of a payment", { kind: "spent", settlesId: "a" }, false, "NOT_A_COMMITMENT"],
    ["the payment of nothing", { kind: "spent", settlesId: "zz" }, false, "NOT_A_COMMITMENT"],
  ])("%s", (_case, more, ended, expected) => {
    const answer = maySpend({ ...draft, ...more }, used, { ...at, ended }, today);
    expect(answer.ok ? "ok" : answer.refusal).toBe(expected);
  });

  test("what is closed is closed", () => {
    const closed = [...used, entry("p", "spent", 50, "c"), entry("r", "reversal", 900, "a")];
    expect(maySpend({ ...draft, kind: "spent", settlesId: "c" }, closed, at, today)).toMatchObject({
      refusal: "ALREADY_CLOSED",
    });
    expect(mayReverse("a", closed)).toMatchObject({ refusal: "ALREADY_CLOSED" });
    expect(mayReverse("r", closed)).toMatchObject({ refusal: "NOT_A_COMMITMENT" });
    expect(mayReverse("p", closed)).toMatchObject({ ok: true });
  });
});

test("whatever is written, promises alone never pass the budget, and taking everything back leaves nothing", () => {
  const amounts = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 400 })), { maxLength: 20 });
  fc.assert(
    fc.property(amounts, (drafts) => {
      const ledger: LedgerEntry[] = [];
      for (const [index, [paid, amount]] of drafts.entries()) {
        const kind = paid ? ("spent" as const) : ("committed" as const);
        const draft = { kind, amountMinor: BigInt(amount), spentOn: "2026-01-01", settlesId: null };
        const before = budgetUse(ledger, 1_000n);
        const allowed = maySpend(draft, ledger, { budgetMinor: 1_000n, ended: false }, "2026-01-01").ok;
        if (allowed) ledger.push(entry(String(index), kind, amount));
        if (!paid) expect(budgetUse(ledger, 1_000n).overMinor).toBe(before.overMinor);
      }
      const undone = [
        ...ledger,
        ...ledger.map(({ id, amountMinor }) => entry(`r${id}`, "reversal", Number(amountMinor), id)),
      ];
      expect(use(undone)).toEqual([0, 0, 0, 1_000]);
    }),
  );
});
