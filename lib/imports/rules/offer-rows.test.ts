import { expect, test } from "vitest";
import { mappingOptionsSchema } from "../schema";
import { suggestTargets } from "./mapping";
import { rowReader } from "./rows";

const GOOD: Readonly<Record<string, string>> = {
  ...{
    Bidder: "Nordwerk A.G.",
    Offer: "First bid",
    Dated: "2026-12-20",
    Source: "Letter",
    Basis: "cash-free debt-free",
  },
  ...{ Currency: "eur", Price: "30,000,000.50", Escrow: "10 %", "Escrow months": "12", Holdback: "0.05" },
  ...{ "Earn-out": "ARR of 20 M | 2000000 | 2028-01-31 | 60 %; Second goal|1000000||", Conditions: "Consents; A loan" },
  ...{ "Expected closing": "2027-04-01", "Working capital": "locked box" },
};
const headers = Object.keys(GOOD);
const { targets } = suggestTargets("offers", headers);
const options = mappingOptionsSchema.parse({ dateOrder: "ymd", decimalMark: "." });
const read = (change: Readonly<Record<string, string>> = {}) =>
  rowReader({ kind: "offers", mapping: { targets, options }, headers, date1904: false, asOfDay: "2027-01-01" })(
    headers.map((head) => ({ ...GOOD, ...change })[head] ?? ""),
    2,
  );

test("a row of a list of bids is an offer with its terms; what it does not say stays unsaid", () => {
  expect(targets).not.toContain("");
  const { facts, rejects } = read();
  expect(rejects).toEqual([]);
  const fields = facts[0]?.fields ?? [];
  expect(fields.slice(0, 3)).toEqual(["nordwerk a g", "First bid", "Nordwerk A.G."]);
  expect(fields).toEqual(
    expect.arrayContaining(["30000000.50", "0.1", "12", "0.05", "enterprise", "none", "2027-04-01"]),
  );
  expect(fields).toContain("ARR of 20 M | 2000000 | 2028-01-31 | 0.6; Second goal | 1000000 |  | ");
  expect(fields).toContain("Consents; A loan");
});

test("one offer that is written in two ways is a repeat, and a name of signs alone is none", () => {
  const keyOf = (change: Readonly<Record<string, string>>) => read(change).facts[0]?.key;
  expect(keyOf({ Bidder: "NORDWERK A.G", Offer: "first  bid." })).toBe(keyOf({}));
  expect(keyOf({ Offer: "Second bid" })).not.toBe(keyOf({}));
  expect(read({ Offer: "–" }).rejects).toMatchObject([{ code: "UNREADABLE_TEXT" }]);
});

test.each([
  [{ Escrow: "10" }, "Escrow", /write 10 % or 0.1/],
  [{ Escrow: "60 %", Holdback: "0.5" }, "Escrow", /no more than all/],
  [{ Price: "-5" }, "Price", /at least 0/],
  [{ Price: "much" }, "Price", /not a number/],
  [{ Basis: "per user" }, "Basis", /none of enterprise, equity/],
  [{ Basis: "" }, "Basis", /missing/],
  [{ Dated: "2027-01-02" }, "Dated", /after the date of the file/],
  [{ Currency: "Euros" }, "Currency", /ISO code/],
  [{ "Earn-out": "some day" }, "Earn-out", /\|/],
  [{ "Escrow months": "200" }, "Escrow months", /at most 120/],
  [{ Bidder: "…" }, "Bidder", /letters or digits/],
  [{ Price: "1000000" }, "Price", /earn-outs together/],
])("%j is rejected under %s", (change, column, message) => {
  const { facts, rejects } = read(change);
  expect(facts).toEqual([]);
  expect(rejects).toContainEqual(expect.objectContaining({ column, message: expect.stringMatching(message) }));
});

const ITEM: Readonly<Record<string, string>> = {
  ...{ Item: "Board resolution", Section: "Corporate", Responsible: "Target", Due: "2027-02-01", CP: "Buyer" },
  ...{ "Depends on": "Filing; Consents", Days: "5" },
};
const itemHeads = Object.keys(ITEM);
const itemTargets = suggestTargets("checklist", itemHeads).targets;
const readItem = (change: Readonly<Record<string, string>> = {}) =>
  rowReader({
    ...{ kind: "checklist", mapping: { targets: itemTargets, options }, headers: itemHeads, date1904: false },
    asOfDay: "2027-01-01",
  })(
    itemHeads.map((head) => ({ ...ITEM, ...change })[head] ?? ""),
    2,
  );

test("a row of counsel's checklist is an item, in our words", () => {
  expect(readItem().facts[0]?.fields).toEqual([
    ...["", "board resolution", null, "Board resolution", "corporate-approvals", "company", null, "2027-02-01"],
    ...["5", "theirs", "Filing; Consents"],
  ]);
  expect(readItem({ CP: "no" }).facts[0]?.fields).toContain("none");
  expect(readItem({ Section: "Cellar", Responsible: "Nobody", Days: "1.5", CP: "perhaps" }).rejects).toHaveLength(4);
});
