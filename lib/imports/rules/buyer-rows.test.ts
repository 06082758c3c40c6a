import { expect, test } from "vitest";
import { mappingOptionsSchema } from "../schema";
import { suggestTargets } from "./mapping";
import { rowReader } from "./rows";

const HEAD =
  "Company,Buyer type,HQ country,URL,Industries,Ccy,Dry powder,Debt,EBITDA,Deals,As of,Reference,Strategic fit,Strategic fit reason,Strategic fit evidence";
const headers = HEAD.split(",");
const { targets } = suggestTargets("buyers", headers);
const options = mappingOptionsSchema.parse({ dateOrder: "ymd", decimalMark: "." });
const read = (cells: string[]) =>
  rowReader({ kind: "buyers", mapping: { targets, options }, headers, date1904: false, asOfDay: "2026-11-22" })(
    cells,
    2,
  );

const row = (change: Readonly<Record<string, string>> = {}): string[] =>
  headers.map((head) => ({ ...GOOD, ...change })[head] ?? "");
const GOOD: Readonly<Record<string, string>> = {
  ...{ Company: " Nördwerk A.G. ", "Buyer type": "Private Equity", "HQ country": "se", URL: "nordwerk.example" },
  ...{
    Industries: "robots; logistics",
    Ccy: "eur",
    "Dry powder": "2,000,000,000.5",
    Deals: "7",
    "As of": "2026-06-30",
  },
  ...{
    Reference: "Fund report",
    "Strategic fit": "3",
    "Strategic fit reason": "Next door",
    "Strategic fit evidence": "b",
  },
};

test("headers of other systems are known, and a row is read in its words", () => {
  const [fact] = read(row()).facts;
  expect(fact?.key).toBe("nördwerk a g");
  expect(fact?.fields.slice(0, 16)).toEqual([
    ...["nördwerk a g", "Nördwerk A.G.", "financial", "SE", "https://nordwerk.example", "robots;logistics", "EUR"],
    ...["2000000000.5", null, null, "7", "2026-06-30", "Fund report", "3", "Next door", "B"],
  ]);
});

test.each<[string, Readonly<Record<string, string>>, string, string]>([
  ["no name", { Company: "" }, "Company", "MISSING_VALUE"],
  ["a name without letters", { Company: "---" }, "Company", "UNREADABLE_TEXT"],
  ["another kind", { "Buyer type": "pirate" }, "Buyer type", "UNKNOWN_CHOICE"],
  ["a country in words", { "HQ country": "Sweden" }, "HQ country", "UNKNOWN_CHOICE"],
  ["no web site", { URL: "not one" }, "URL", "UNREADABLE_TEXT"],
  ["no currency", { Ccy: "" }, "Ccy", "CURRENCY"],
  ["a made-up currency", { Ccy: "XXQ" }, "Ccy", "CURRENCY"],
  ["half a deal", { Deals: "1.5" }, "Deals", "UNREADABLE_NUMBER"],
  ["a day to come", { "As of": "2026-11-23" }, "As of", "FUTURE_ACTUAL"],
  ["no source", { Reference: "" }, "Reference", "MISSING_VALUE"],
  ["a score above 4", { "Strategic fit": "5" }, "Strategic fit", "UNREADABLE_NUMBER"],
  ["a score without words", { "Strategic fit reason": "" }, "Strategic fit reason", "MISSING_VALUE"],
  ["another tier", { "Strategic fit evidence": "D" }, "Strategic fit evidence", "UNKNOWN_CHOICE"],
])("%s is rejected by its column", (_name, change, column, code) => {
  const { facts, rejects } = read(row(change));
  expect([facts, rejects.map((reject) => [reject.column, reject.code])]).toEqual([[], [[column, code]]]);
});

test("words without a score claim nothing, and evidence that is not named is the weakest", () => {
  const claim = (change: Readonly<Record<string, string>>) => read(row(change)).facts[0]?.fields.slice(13, 16);
  expect(claim({ "Strategic fit": "" })).toEqual([null, null, null]);
  expect(claim({ "Strategic fit evidence": "" })).toEqual(["3", "Next door", "C"]);
});
