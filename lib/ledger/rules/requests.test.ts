import { describe, expect, test } from "vitest";
import { toWaterfallClasses } from "@/lib/cap-table/rules/classes";
import type { CapTable } from "@/lib/cap-table/rules/positions";
import { convertibleTermsSchema } from "@/lib/cap-table/schema";
import { whole } from "@/lib/distribution/rules/exact";
import { shareClassSchema } from "@/lib/distribution/schema";
import { withholdingRateSchema } from "@/lib/distribution/schema/split";
import { requestContentSchema } from "../schema/requests";
import { holdingsOf } from "./holdings";
import { differences, type Made, mayCarryOut, mayReverse } from "./requests";
import { sharesOf } from "./shares";
import { withheldOf } from "./withheld";

const made = (ordinal: number, reversed = false): Made => ({
  ...{ id: `d${ordinal}`, ordinal, paidOn: "2027-01-10", reversed },
});

test.each<[string, Made[], string, string, string | null]>([
  ["the last one", [made(1), made(2)], "d2", "2027-01-10", null],
  ["one that others were split after", [made(1), made(2)], "d1", "2027-02-01", "LATER_ONE"],
  ["the one before, once the last is undone", [made(1), made(2, true)], "d1", "2027-02-01", null],
  ["one that is undone", [made(1), made(2, true)], "d2", "2027-02-01", "REVERSED"],
  ["on a day before it", [made(1)], "d1", "2027-01-09", "BEFORE_IT"],
  ["one that is not of this sale", [made(1)], "d9", "2027-02-01", "REVERSED"],
])("undoing %s", (_case, all, id, on, refusal) => {
  const outcome = mayReverse(all, id, on);
  expect(outcome.ok ? null : outcome.refusal).toBe(refusal);
});

test.each([
  ["open", 1, "user:ada", "user:grace", null],
  ["open", 1, "user:grace", "user:grace", "OWN_REQUEST"],
  ["open", 2, "user:ada", "user:grace", "CONFLICT"],
  ["withdrawn", 1, "user:ada", "user:grace", "WITHDRAWN"],
])("a request that is %s, read at version %i, of %s, by %s: %s", (status, version, requestedBy, actor, refusal) => {
  const outcome = mayCarryOut({ status, version: 1, requestedBy }, version, actor);
  expect(outcome.ok ? null : outcome.refusal).toBe(refusal);
});

test("the ledger and the statement are held against each other holder by holder", () => {
  const expected = [{ id: "ada", name: "Ada", amountMinor: 700n }];
  expect(
    differences(
      [
        { holderId: "ada", amountMinor: 300n },
        { holderId: "ada", amountMinor: 400n },
      ],
      expected,
    ),
  ).toEqual([]);
  const other = [
    { holderId: "ada", amountMinor: 699n },
    { holderId: "eve", amountMinor: 1n },
  ];
  expect(differences(other, expected).map(({ path }) => path)).toEqual(["ada", "eve"]);
  expect(differences([], expected)).toHaveLength(1);
});

const share = (classId: string, amountMinor: bigint) => ({ classId, holderId: "ada", name: "Ada", amountMinor });
const tax = (amountMinor: bigint, classId: string | null = null) => ({
  ...{ holderId: "ada", classId, amountMinor, party: "tax", name: "Tax" },
});
test.each<[string, Parameters<typeof withheldOf>[1], bigint[] | null]>([
  ["in the order of the classes", [tax(110n)], [100n, 10n]],
  ["of one class first", [tax(60n), tax(30n, "option")], [60n, 30n]],
  ["of one class first, the rest of everything", [tax(110n), tax(40n, "option")], [100n, 50n]],
  ["more of a class than it pays", [tax(51n, "option")], null],
  ["more than everything", [tax(151n)], null],
])("tax is kept %s", (_case, withholdings, kept) => {
  expect(withheldOf([share("common", 100n), share("option", 50n)], withholdings)).toEqual(kept);
});

test("what was asked for is read again with an office as long as a split lets it be", () => {
  const office = "Tax office ".repeat(18);
  const rate = withholdingRateSchema.parse({ holderId: "ada", ratio: "0.25", office });
  const kept = { holderId: "ada", classId: null, amountMinor: "25", party: rate.office, name: rate.office };
  const read = requestContentSchema.safeParse({ kind: "proceeds", charges: [], withholdings: [kept] });
  expect(read.data).toMatchObject({ withholdings: [{ party: rate.office, amountMinor: 25n }] });
});

describe("a SAFE with a discount alone", () => {
  const security = (more: object) => ({
    ...{ customId: null, planId: null, instrument: null, price: null, currency: "USD", issuedOn: "2024-01-01" },
    ...{ expiresOn: null, classId: null, capAmount: null, discount: null, place: "x" },
    ...more,
  });
  const table = {
    ...{ asOf: "2027-01-01", lastTransactionOn: "2024-01-01", problems: [], plans: [] },
    holders: new Map([
      ["ada", "Ada"],
      ["angel", "Angel"],
    ]),
    classes: [{ definition: { id: "common", name: "Common", class_type: "COMMON", seniority: "0" }, ratio: null }],
    securities: [
      security({
        id: "s1",
        kind: "stock",
        classId: "common",
        holderId: "ada",
        outstanding: whole(1_000n),
        price: whole(1n),
      }),
      security({ id: "safe", kind: "convertible", instrument: "SAFE", holderId: "angel", outstanding: whole(800n) }),
    ],
  } as unknown as CapTable;
  const terms = convertibleTermsSchema.parse({
    ...{ ventureId: crypto.randomUUID(), securityId: "safe", kind: "safe", discountRatio: "0.2", onExit: "better" },
    evidence: "SAFE of 1 January 2024",
  });
  test("the holder of it is owed the top-up of the discount too", () => {
    const built = toWaterfallClasses(table, new Map(), { terms: new Map([["safe", terms]]), day: "2027-01-01" });
    if (!built.ok) throw new Error(built.refusal);
    const classes = built.value.map((one) => shareClassSchema.parse(one));
    expect(classes.map(({ id }) => id)).toEqual(["common", "safe", "safe:discount"]);
    const holdings = holdingsOf(table, classes);
    // 800 back, 200 on top for the discount of 20 %, the rest to common.
    const shares = sharesOf({ classes, holdings, currency: "USD", earlier: [], paid: [] }, 300_000n);
    if (!shares.ok) throw new Error(JSON.stringify(shares.problems));
    const of = (id: string) =>
      shares.value.reduce((all, one) => (one.holderId === id ? all + one.amountMinor : all), 0n);
    expect([of("angel"), of("ada")]).toEqual([100_000n, 200_000n]);
  });
});
