import { makeDocument, type ReportDocument, type StoredFigure } from "../rules/document";
import type { ReportBlock } from "../schema";

const ID = (digit: string) => digit.repeat(16);

/** A figure as it is stored, for documents of tests. */
export function storedFigure(digit: string, change: Partial<StoredFigure> = {}): StoredFigure {
  return {
    ...{ id: ID(digit), revision: 1, label: "Growth rate", value: "0.243", unit: "ratio", asOf: "2026-10-31" },
    ...{ reason: null, stale: null, method: "metrics.venture.growth_rate@1" },
    formula: "Revenue of 3 months ÷ the same 3 months a year before − 1",
    sources: [
      {
        ...{ kind: "dataset" as const, ventureId: "01900000-0000-7000-8000-000000000001", dataset: "metric:revenue" },
        ...{ version: 4, rows: 48, filter: {} },
      },
    ],
    ...change,
  };
}

export const FIGURES = [
  storedFigure("a"),
  storedFigure("b", { label: "Net revenue", value: "-1234567.89", unit: "EUR", method: "metrics.venture.revenue@1" }),
  storedFigure("c", { label: "Runway", value: null, reason: "not-burning", unit: "months" }),
  storedFigure("d", { label: "Value of the shares", value: "98765432109876543.21", unit: "INR" }),
];

export const BLOCKS: ReportBlock[] = [
  { kind: "heading", level: 1, text: "What the figures say" },
  {
    kind: "paragraph",
    text: `Growth is [[fig:${ID("a")}]] and revenue [[fig:${ID("b")}]] for [[name:=HYPERLINK("http://evil.example")]].`,
  },
  { kind: "list", ordered: true, items: ["**First** the churn", `then the runway, [[fig:${ID("c")}]]`] },
  {
    kind: "table",
    caption: "Measures",
    columns: [
      { label: "Measure", numeric: false },
      { label: "Value", numeric: true },
      { label: "Until", numeric: false },
    ],
    rows: [
      ["Growth", `[[fig:${ID("a")}]]`, "2026-10-31"],
      ["+1+1|<b>x</b>", `[[fig:${ID("d")}]]`, ""],
      ["Runway", `[[fig:${ID("c")}]]`, "2026-10-31"],
    ],
  },
  {
    kind: "chart",
    title: "MRR by month",
    unit: "EUR",
    points: [
      { month: "2026-07", value: "100000" },
      { month: "2026-08", value: null },
      { month: "2026-09", value: "120000.5" },
      { month: "2026-10", value: "131000" },
    ],
  },
  { kind: "paragraph", text: "Glyphs: € £ ¥ ₹ − × ≥ é ß Ł ø Ελλάδα Москва → done." },
];

export const testDocument = (blocks: readonly ReportBlock[] = BLOCKS): ReportDocument =>
  makeDocument(
    {
      ...{
        id: "01900000-0000-7000-8000-00000000000a",
        kind: "growth-lever-report",
        kindName: "Growth lever analysis report",
      },
      ...{ title: "Growth levers of Tromsø Łódź", venture: "Tromsø & Łódź", ventureSlug: "tromso-lodz", version: 3 },
      ...{ storedAt: "2026-11-22T18:02:00.000Z", writtenBy: "built-in analyst" },
    },
    blocks,
    FIGURES,
  );
