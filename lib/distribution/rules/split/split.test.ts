import { expect, test } from "vitest";
import type { HolderParts } from "@/lib/deals/rules/holders";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { contextOf, plainTerms, prepared } from "@/lib/deals/test-support/offers";
import { shareClassSchema } from "../../schema";
import { goalPrice } from "./goal-seek";
import { plainPrice, type Split, splitOf } from "./split";

const M = 100_000_000n;
const rate = (more: object) => ({
  ...{ holderId: "founder", classId: null, on: "all" as const, ratio: "0.25", office: "Finanzamt", ...more },
});
function split(terms: Partial<OfferTerms>, rates: Parameters<typeof splitOf>[2] = [], context = {}): Split {
  const found = splitOf(plainTerms(terms), prepared(context), rates);
  if (!found.known) throw new Error(found.reason);
  return found;
}
const net = (found: Split) => Object.fromEntries(found.holders.map((line) => [line.id, line.net]));

/** Founder 6 M and group 2 M of 8 M common; Series A 2 M shares, 10 M at 1×, not participating, all the group's. By hand. */
test.each<[string, Partial<OfferTerms>, Record<string, bigint>, boolean]>([
  // 30 M: A holds 10 M against 6 M; 20 M to 8 M shares = 2.50; founder 15 M, group 5 M + 10 M
  ["below the conversion price A holds", { price: "30000000" }, { founder: 15n * M, group: 15n * M }, false],
  // 60 M: A converts, 6.00 a share: founder 36 M, group 12 M + 12 M
  ["above it A converts", { price: "60000000" }, { founder: 36n * M, group: 24n * M }, true],
  // 60 M + 2 M cash − 12 M debt = 50 M: the tie, 5.00 a share, A holds at the same payoff
  [
    "cash and debt move the equity to the tie",
    { price: "60000000", basis: "enterprise", cash: "2000000", debt: "12000000" },
    { founder: 30n * M, group: 20n * M },
    false,
  ],
  // peg 5 M, expected 4 M, collar 0.4 M, edge: −0.6 M; costs 1.4 M; 30 − 2 = 28: common 18 M, founder 13.5 M
  [
    "working capital below the collar and costs",
    {
      ...{ price: "30000000", basis: "enterprise", workingCapital: "peg", peg: "5000000" },
      ...{ expectedWorkingCapital: "4000000", collar: "400000", costs: "1400000" },
    },
    { founder: (135n * M) / 10n, group: (145n * M) / 10n },
    false,
  ],
  // carve-out 10 % of 30 M before preferences: 27 M, common 17 M
  [
    "carve-out before preferences",
    { price: "30000000", carveOut: "0.1" },
    { founder: (1275n * M) / 100n, group: (1425n * M) / 100n },
    false,
  ],
])("%s", (_name, terms, expected, converts) => {
  const found = split(terms);
  expect(net(found)).toEqual(expected);
  expect(found.classes.find(({ id }) => id === "a")?.converted).toBe(converts);
});

test("escrow is the part of the whole less the part of the closing: who holds a preference gives less of it (methods a1)", () => {
  // 30 M with 10 % escrow: closing 27 M, A 10 M, common 17 M, founder 12.75 M; whole: founder 15 M.
  const found = split({ price: "30000000", escrow: "0.1", escrowMonths: 12, escrowProbability: "1" });
  const of = Object.fromEntries(found.holders.map((line) => [line.id, line]));
  expect(of.founder).toMatchObject({ gross: 15n * M, held: (225n * M) / 100n, net: (1275n * M) / 100n });
  expect(of.group).toMatchObject({ gross: 15n * M, held: (75n * M) / 100n, preference: 10n * M, residual: 5n * M });
});

test("tax is kept of what closing pays a holder, each rate rounded half up", () => {
  const found = split({ price: "30000000.01" }, [rate({ ratio: "0.26375" })]);
  const founder = found.holders.find(({ id }) => id === "founder");
  // 20,000,000.01 to common: the founder has three quarters, 15,000,000.01 by largest remainder.
  expect(founder).toMatchObject({ gross: 15n * M + 1n, withheld: 395_625_000n, net: 1_104_375_001n });
});

test("an offer in another currency is split in that of the cap table", () => {
  const found = split({ price: "33000000", currency: "USD" }, [], { rates: { USD: "0.909090909090909090909091" } });
  expect(found.totals.gross).toBe(30n * M);
});

test("what is not stated, no rate and too little money have reasons", () => {
  const reason = (terms: Partial<OfferTerms>) => {
    const found = splitOf(plainTerms(terms), prepared());
    return found.known ? null : found.reason;
  };
  expect(reason({ escrow: null })).toBe("terms-missing");
  expect(reason({ currency: "USD" })).toBe("missing-fx-rate");
  expect(reason({ basis: "enterprise", debt: "40000000" })).toBe("no-proceeds");
});

const goal = (amount: string, holders = ["group"], terms: Partial<OfferTerms> = {}, reach: "closing" | "all" = "all") =>
  goalPrice(plainTerms(terms), prepared(), { amount, holders, reach });

test.each([
  ["12000000", { kind: "one", price: "18000000" }],
  ["20000000", { kind: "one", price: "50000000" }],
  ["24000000", { kind: "one", price: "60000000" }],
  ["5000000", { kind: "one", price: "5000000" }],
])("the price that gives the group %s", (amount, expected) => {
  expect(goal(amount)).toEqual(expected);
});

test("a flat stretch is said as a range of prices, and a founder gets nothing below the preference", () => {
  // The founder alone: nothing up to 10 M.
  expect(goal("0", ["founder"])).toEqual({ kind: "range", from: "0", to: "10000000" });
  // Series A alone gets its 10 M from 10 M up to the conversion at 50 M.
  const terms = plainPrice("EUR", null, "2027-01-01");
  const holders: HolderParts[] = [
    { id: "founder", name: "Founder", parts: { common: "1" } },
    { id: "fund", name: "Fund", parts: { a: "1" } },
  ];
  const of = (amount: string) =>
    goalPrice(terms, prepared({ holders, group: ["fund"] }), { amount, holders: ["fund"], reach: "all" });
  expect(of("10000000")).toEqual({ kind: "range", from: "10000000", to: "50000000" });
  expect(of("10000000.01")).toEqual({ kind: "one", price: "50000000.05" });
});

test("no price gives more than a preference that does not convert, and the least price may already bring more", () => {
  const classes = contextOf().classes.map((each) =>
    each.kind === "preferred" ? shareClassSchema.parse({ ...each, convertible: false }) : each,
  );
  const holders = [{ id: "fund", name: "Fund", parts: { a: "1" } }];
  const capped = prepared({ classes, holders, group: ["fund"] });
  const question = { holders: ["fund"], reach: "all" } as const;
  expect(goalPrice(plainTerms(), capped, { ...question, amount: "10000001" })).toEqual({
    kind: "above",
    most: "10000000",
  });
  expect(goalPrice(plainTerms(), capped, { ...question, amount: "10000000" })).toEqual({
    ...{ kind: "range", from: "10000000", to: null },
  });
  const stocked = plainTerms({ stock: "20000000", stockDiscount: "0" });
  expect(goalPrice(stocked, capped, { ...question, amount: "1" })).toEqual({ kind: "below", least: "10000000" });
});

test("the carve-out counts: 20 M for the group takes the price whose rest after 10 % is 50 M", () => {
  expect(goal("20000000", ["group"], { carveOut: "0.1" })).toEqual({ kind: "one", price: "55555555.56" });
});
