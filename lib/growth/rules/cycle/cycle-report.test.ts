import { describe, expect, test } from "vitest";
import { reportBlockSchema } from "@/lib/reports/schema";
import { type CycleReportFacts, cycleReport } from "./cycle-report";

const figure = (digit: string) => ({ figure: digit.repeat(16) });
const unknown = { unknown: "unknown: no month has come" };

const full: CycleReportFacts = {
  openedOn: "2026-08-22",
  reviewOn: "2026-11-22",
  comparisons: [
    {
      metric: "Revenue [net]",
      month: "2026-10",
      forecast: figure("1"),
      low: figure("2"),
      high: figure("3"),
      actual: figure("4"),
      error: figure("5"),
      inside: false,
    },
  ],
  unforecast: [{ metric: "Cash", reason: "months are missing" }],
  calibration: { coverage: figure("6"), sample: figure("7"), brier: figure("8"), calls: figure("9") },
  initiatives: [
    {
      title: "Raise retention of small customers",
      status: "running",
      spent: figure("8"),
      gain: figure("9"),
      effect: unknown,
      low: unknown,
      high: unknown,
      roi: unknown,
      verdict: "cannot tell",
    },
  ],
  decisions: [{ title: "Raise retention of small customers", verdict: "approved" }],
  undecided: ["Align prices"],
  analysis: "succeeded",
};

describe("the report of a turn", () => {
  test("compares, measures, and names what nobody answered; each number is a figure", () => {
    const blocks = cycleReport(full);
    for (const block of blocks) expect(reportBlockSchema.safeParse(block).success).toBe(true);
    const tables = blocks.flatMap((block) => (block.kind === "table" ? [block] : []));
    expect(tables.map((table) => table.rows[0])).toEqual([
      [
        "Revenue  net ",
        "2026-10",
        ...["1", "2", "3", "4", "5"].map((digit) => `[[fig:${digit.repeat(16)}]]`),
        "outside the interval",
      ],
      [
        "[[name:Raise retention of small customers]]",
        "running",
        ...["effect", "low", "high"].map(() => unknown.unknown),
        `[[fig:${"9".repeat(16)}]]`,
        `[[fig:${"8".repeat(16)}]]`,
        unknown.unknown,
        "cannot tell",
      ],
    ]);
    for (const table of tables) for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    expect(JSON.stringify(blocks)).toContain("Align prices]]: not answered");
  });

  test("an empty turn says so, line by line", () => {
    const blocks = cycleReport({
      ...full,
      comparisons: [],
      unforecast: [],
      initiatives: [],
      decisions: [],
      undecided: [],
      analysis: "none",
    });
    expect(blocks.flatMap((block) => (block.kind === "paragraph" ? [block.text] : []))).toEqual([
      "The turn was opened on 2026-08-22 and reviewed on 2026-11-22. It was reviewed before an analysis was made.",
      "Nothing was forecast when the turn was opened.",
      "No initiative was under way long enough to be measured.",
      "Nothing was proposed.",
    ]);
  });

  test("calibration without a sample is unknown, not perfect", () => {
    const blocks = cycleReport({
      ...full,
      calibration: { coverage: { unknown: "no month has come" }, sample: unknown, brier: unknown, calls: unknown },
    });
    expect(JSON.stringify(blocks)).toContain("not known yet: no month has come.");
  });

  test("coverage and Brier score stand beside each other, each with its sample size", () => {
    const said = JSON.stringify(cycleReport(full));
    for (const digit of ["6", "7", "8", "9"]) expect(said).toContain(`[[fig:${digit.repeat(16)}]]`);
    expect(said).toMatch(/Of \[\[fig:9+\]\] calls of higher or not, the Brier score is \[\[fig:8+\]\]/);
  });
});
