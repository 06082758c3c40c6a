import { describe, expect, test } from "vitest";
import { columnsOf, readSeriesFile } from "./series-file";
import { asKnownOn, changesOf, mergeValues } from "./vintages";

const TODAY = "2026-11-22";
const MARKET = { publishedAfter: 1, revised: false, zeroIsGap: true };
const MACRO = { publishedAfter: 30, revised: true, zeroIsGap: true };
const COLUMNS = { day: "Date", value: "Rate", knownOn: null };

function read(csv: string, terms = MARKET, columns: { day: string; value: string; knownOn: string | null } = COLUMNS) {
  const found = readSeriesFile({ csv, columns }, terms, TODAY);
  if (!found.ok) throw new Error(JSON.stringify(found));
  return found.value;
}

describe("a file of a series", () => {
  // The shapes of datasets/bond-yields-us-10y (Date,Rate) and of Shiller's file, whose newest rows hold 0.0 for "not yet".
  test("zeros that stand for a missing month are gaps and not zeros", () => {
    const csv = "Date,SP500,PE10\n2026-05-01,5900.1,36.2\n2026-06-01,6010.5,0.0\n2026-07-01,6100.9,\n";
    const found = read(csv, MARKET, { day: "Date", value: "PE10", knownOn: null });
    expect(found.values).toEqual([{ row: 2, day: "2026-05-01", knownOn: "2026-05-02", value: "36.2" }]);
    expect(found).toMatchObject({ rows: 3, gaps: 2, rejected: 0 });
    expect(read("Date,Rate\n2026-05-01,0\n", { ...MARKET, zeroIsGap: false }).values).toHaveLength(1);
  });

  test("what cannot be read is named by its line, and the rest is read", () => {
    const rows = ["2026-13-01,4", "2026-05-01,4.1", "2026-05-01,4.2", "2027-01-01,4", "2026-06-01,n/a", "2026-02-30,4"];
    const found = read(`Date,Rate\n${rows.join("\n")}\n`);
    expect(found.values.map(({ day, value }) => [day, value])).toEqual([["2026-05-01", "4.1"]]);
    expect(found.rejects.map(({ row }) => row)).toEqual([2, 4, 5, 6, 7]);
  });

  test("months, a byte-order mark and other line ends are read", () => {
    const found = read("\uFEFFDate,Rate\r\n2026-04,4.3\r\n");
    expect(found.values[0]).toMatchObject({ day: "2026-04-01", value: "4.3" });
    expect(read("Date,Rate\n2026-04-01,4.2599999999999998\n").values[0]?.value).toBe("4.26");
    expect(columnsOf('\uFEFF"Long Rate",x\n')).toEqual(["Long Rate", "x"]);
  });

  test("a column that is not there is said", () => {
    const found = readSeriesFile({ csv: "Day,Rate\n2026-04-01,4\n", columns: COLUMNS }, MARKET, TODAY);
    expect(found).toMatchObject({ ok: false, problems: [{ expected: "the column Date" }] });
  });

  test("a series that is revised is known from the day of its vintage, or from today", () => {
    expect(read("Date,Rate\n2026-01-01,4\n", MACRO).values[0]?.knownOn).toBe(TODAY);
    const dated = { day: "Date", value: "Rate", knownOn: "Vintage" };
    const found = read("Date,Rate,Vintage\n2026-01-01,4,2026-02-10\n2026-02-01,4,2026-01-10\n", MACRO, dated);
    expect(found.values[0]?.knownOn).toBe("2026-02-10");
    expect(found.rejects).toEqual([{ row: 3, problem: "Vintage: not before the day of the value" }]);
    // Published 30 days later as a rule; a file that holds it sooner shows that it is out.
    expect(read("Date,Rate\n2026-11-10,4\n", { ...MACRO, revised: false }).values[0]?.knownOn).toBe(TODAY);
  });
});

describe("vintages", () => {
  const first = { day: "2026-01-01", knownOn: "2026-02-01", value: "2.0" };
  const later = { day: "2026-01-01", knownOn: "2026-05-01", value: "1.4" };
  const next = { day: "2026-02-01", knownOn: "2026-03-01", value: "2.1" };

  test.each([
    { on: "2026-01-31", values: [] },
    { on: "2026-02-01", values: ["2.0"] },
    { on: "2026-04-30", values: ["2.0", "2.1"] },
    { on: "2026-05-01", values: ["1.4", "2.1"] },
  ])("as of $on nothing of later is seen", ({ on, values }) => {
    expect(asKnownOn([next, later, first], on).map(({ value }) => value)).toEqual(values);
  });

  test("another value of the same vintage corrects, of a later one revises, and the same says nothing new", () => {
    const row = (day: string, knownOn: string, value: string) => ({ row: 2, day, knownOn, value });
    const merged = mergeValues(
      [first, next],
      [
        row("2026-01-01", "2026-02-01", "2.00"),
        row("2026-02-01", "2026-03-01", "2.2"),
        row("2026-01-01", "2026-05-01", "1.4"),
        row("2026-02-01", "2026-05-01", "2.1"),
        row("2026-03-01", "2026-04-01", "2.3"),
      ],
    );
    expect([merged.added.length, merged.corrected.length, merged.revised.length, merged.same]).toEqual([1, 1, 1, 2]);
    expect(changesOf([first, next], merged)).toEqual([
      { day: "2026-02-01", before: "2.1", after: "2.2" },
      { day: "2026-01-01", before: "2.0", after: "1.4" },
    ]);
  });
});
