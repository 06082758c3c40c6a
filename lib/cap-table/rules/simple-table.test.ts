import { describe, expect, test } from "vitest";
import type { ClassTerms } from "../schema";
import { holdings, openQuestions, ranks, toWaterfallClasses } from "./classes";
import { capTable } from "./positions";
import { simplePackage } from "./simple-table";

const about = { fileName: "holdings.csv", issuerName: "Brook Ltd", currency: "EUR", today: "2026-11-22" };
const read = (text: string, decimalMark: "." | "," = ".") =>
  simplePackage({ cells: text.split("\n").map((line) => line.split(";")), decimalMark }, about);

const TABLE = `Holder;Class;Kind;Shares;Invested;Date;Strike;Rank;Liquidation preference;Conversion ratio;Cap
Ann;Common;common;8000000;;2018-03-31;;;;;
Fund;Series A;preferred;1250000;2500000;2021-05-01;;2;1;1;
Fund;Series B;preferred;500000;5000000;2023-06-01;;1;1.5;1;
Lee;Options;option;200000;;2022-01-01;1.5;;;;
Angel;;SAFE;;400000;2024-02-29;;;;;10000000`;

describe("a list of holdings", () => {
  test("becomes positions with their rows, classes with their ranks, and what the charter must answer", () => {
    const { objects, problems, asOf } = read(TABLE);
    expect(problems).toEqual([]);
    expect(asOf).toBe("2024-02-29");
    const table = capTable(objects, null);
    expect(table.problems).toEqual([]);
    expect(holdings(table).map(({ name, classId, quantity }) => [name, classId, quantity.toString()])).toEqual([
      ["Angel", "SAFE", "400000"],
      ["Ann", "Common", "8000000"],
      ["Fund", "Series A", "1250000"],
      ["Fund", "Series B", "500000"],
      ["Lee", "OPTION", "200000"],
    ]);
    expect([...ranks(table)].sort()).toEqual([
      ["Series A", 2],
      ["Series B", 1],
    ]);
    expect(openQuestions(table, new Map()).map(({ classId, topic }) => [classId, topic])).toEqual([
      ["Series A", "participation"],
      ["Series B", "participation"],
    ]);
    const answer = (classId: string): [string, ClassTerms] => [
      classId,
      {
        classId,
        participation: "none",
        capMultiple: null,
        liquidationMultiple: null,
        conversionRatio: null,
        evidence: "x",
      },
    ];
    const classes = toWaterfallClasses(table, new Map([answer("Series A"), answer("Series B")]));
    expect(classes).toMatchObject({
      ok: true,
      value: [
        { id: "Common", kind: "common", shares: 8_000_000 },
        { id: "Series A", invested: 2_500_000, multiple: "1", seniority: 2 },
        { id: "Series B", invested: 5_000_000, multiple: "1.5", seniority: 1 },
        { kind: "option", shares: 200_000, strike: 1.5 },
        { kind: "safe", purchaseAmount: 400_000, valuationCap: 10_000_000, capitalization: 9_950_000 },
      ],
    });
    expect(objects.at(-1)).toMatchObject({ fileName: "holdings.csv", itemIndex: 6, date: "2024-02-29" });
  });

  test.each([
    ["no kind", "Holder;Shares\nAnn;5", "row 1", 'a column "kind" was expected'],
    ["an unknown kind", "Holder;Kind;Shares\nAnn;wine;5", "row 2", 'kind "wine" is none of common, preferred'],
    ["no holder", "Holder;Kind;Shares\n;common;5", "row 2", "who holds it"],
    ["a number that is none", "Holder;Kind;Shares\nAnn;common;many", "row 2", 'shares "many" is not a number'],
    ["a negative number", "Holder;Kind;Shares\nAnn;common;-5", "row 2", 'shares "-5" is not a number of at least 0'],
    ["an option without strike", "Holder;Kind;Shares\nAnn;option;5", "row 2", "its strike"],
    ["preferred without what was paid", "Holder;Kind;Shares\nAnn;preferred;5", "row 2", "its invested"],
    ["a date read two ways", "Holder;Kind;Shares;Date\nAnn;common;5;03/04/2026", "row 2", '"03/04/2026" is not a date'],
    [
      "two classes without rank",
      "Holder;Class;Kind;Shares;Invested\nA;X;preferred;5;5\nB;Y;preferred;5;5",
      "row 2",
      "its rank",
    ],
  ])("with %s says so at its place", (_, text, place, message) => {
    const [problem] = read(text).problems;
    expect(problem?.path).toBe(`holdings.csv#${place}`);
    expect(problem?.message).toContain(message);
  });

  test("with decimal commas is read by them", () => {
    const table = capTable(read("Holder;Kind;Shares;Invested\nAnn;preferred;1.000;2.500,50", ",").objects, null);
    expect(table.securities[0]?.price?.mul(1000).toString()).toBe("2500.5");
  });
});
