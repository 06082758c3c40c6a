import { describe, expect, test } from "vitest";
import type { ExportCell } from "@/lib/reports/rules/export-table";
import { type ColumnKey, MEASURES, PLAIN_COLUMNS } from "@/lib/reports/schema/portfolio";
import { lineOf } from "../test-support/lines";
import { worstLevel } from "../venture-line";
import { figureIn, type PackedFigure, packPage } from "./cells";
import { factLines, figureLines } from "./comparison";
import { moved } from "./moved";
import { portfolioSheet } from "./portfolio-export";

const NOW = new Date("2026-11-23T12:00:00Z");
const LINES = [
  lineOf("Meridian", {
    values: { growth: "0.24", runway: null },
    reasons: { runway: "not-burning" },
    tones: { growth: "healthy" },
  }),
  lineOf("Lumen", {
    values: { growth: "-0.02", runway: "9" },
    tones: { growth: "critical", runway: "warning" },
    sector: "Health",
    owner: "Ana Ruiz",
  }),
  lineOf("Halcyon", { values: { growth: null }, tones: { growth: "unknown" }, stage: "mature", openSubstages: [] }),
];

describe("a packed page", () => {
  test("unpacks to the figures that it was made of", () => {
    const { labels, rows } = packPage(LINES, PLAIN_COLUMNS, NOW);
    const back = rows.map(({ cells }) =>
      Object.fromEntries(
        MEASURES.map((measure, index) => [measure, figureIn(cells[index] as PackedFigure | null, labels[measure])]),
      ),
    );
    const plain = LINES.map(({ figures }) =>
      Object.fromEntries(
        Object.entries(figures).map(([key, held]) => [
          key,
          held && { ...held, figure: { ...held.figure, stale: null } },
        ]),
      ),
    );
    expect(back).toEqual(plain);
  });

  test("has a cell for each column, in its order", () => {
    const columns: ColumnKey[] = ["owner", "level", "stage", "growth", "trend"];
    const { rows } = packPage(LINES, columns, NOW);
    expect(rows.map(({ cells }) => cells.slice(0, 3))).toEqual([
      [null, "healthy", "40.1 growth"],
      ["Ana Ruiz", "critical", "40.1 growth"],
      [null, "unknown", "39 mature"],
    ]);
    expect(rows.every(({ cells }) => cells.length === columns.length)).toBe(true);
  });
});

test("the worst known level stands for the venture, and nothing known is unknown", () => {
  expect(LINES.map(worstLevel)).toEqual(["healthy", "critical", "unknown"]);
});

test.each([
  [0, 1, "bac"],
  [2, -1, "acb"],
  [0, -1, "abc"],
  [2, 1, "abc"],
] as const)("from %i by %i a list is %s", (at, by, order) => {
  expect(moved(["a", "b", "c"], at, by).join("")).toBe(order);
});

test("a comparison has a line for whatever one of them has", () => {
  const measure = (label: string) => ({ ...LINES[0]?.figures.growth?.figure, label, level: null, spark: [] }) as never;
  const one = { ...LINES[0], freshnessDays: 1, measures: { mrr: measure("MRR"), growth_rate: measure("Growth") } };
  const other = { ...LINES[1], freshnessDays: 2, measures: { churn: measure("Churn") } };
  const compared = [one, other] as unknown as Parameters<typeof figureLines>[0];
  const { headline, further } = figureLines(compared);
  expect(headline.map(({ label, values }) => [label, values.map((value) => value !== null)])).toEqual([
    ["Growth", [true, false]],
  ]);
  expect(further.map(({ label }) => label)).toEqual(["MRR", "Churn"]);
  expect(factLines(compared).find(({ label }) => label === "Owner")?.values).toEqual(["nobody yet", "Ana Ruiz"]);
});

describe("the file", () => {
  test("carries exact values with their figures", () => {
    const given = [...LINES, lineOf("X", { values: { growth: "0.24345678901" } })];
    const { columns, rows } = portfolioSheet(given, PLAIN_COLUMNS);
    const at = (label: string) => columns.findIndex((column) => column.label === label);
    const [first, , third, last] = [...(rows as (readonly ExportCell[])[])];
    expect(first?.length).toBe(columns.length);
    expect(first?.[at("Name")]).toBe("Meridian");
    expect(first?.[at("Runway")]).toBe("unlimited");
    expect(first?.[at("Growth figure")]).toBe("0000000000000000");
    expect(first?.[at("Growth level")]).toBe("healthy");
    expect(third?.[at("Growth")]).toBeNull();
    expect(last?.[at("Growth")]).toMatchObject({ number: "0.24345678901" });
  });

  test("has the columns of the view in their order, and no others", () => {
    const { columns, rows } = portfolioSheet(LINES, ["runway", "trend", "owner"]);
    expect(columns.map(({ label }) => label)).toEqual([
      ...["Name", "Short name", "Currency", "Runway", "Runway unit", "Runway level", "Runway figure"],
      ...Array.from({ length: 11 }, (_, index) => `Growth, ${11 - index} months before`),
      ...["Growth, newest month", "Owner", "As of"],
    ]);
    for (const row of rows as readonly ExportCell[][]) expect(row.length).toBe(columns.length);
  });
});
