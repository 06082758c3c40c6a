"use client";

import { ExportMenu } from "@/components/reports/export-menu";
import { LevelledFigure } from "./levelled-figure";
import { type LineColumn, type LinePage, LineTable } from "./line-table";
import { queryOf } from "./portfolio-view";
import type { Column } from "./venture-line";

const HEADS: readonly { column: Column; label: string }[] = [
  { column: "growth", label: "Growth" },
  { column: "valuation", label: "Valuation" },
  { column: "valuationChange", label: "Change, quarter" },
  { column: "readiness", label: "Readiness" },
  { column: "runway", label: "Runway" },
  { column: "concentration", label: "Top 3" },
  { column: "retention", label: "Team kept" },
];

const COLUMNS: readonly LineColumn[] = HEADS.map(({ column, label }) => ({
  key: column,
  by: column,
  label,
  numeric: true,
  cell: (line) => <LevelledFigure of={line.figures[column]} />,
}));

/** The numbers side by side. Made in the browser's half: a page then carries each number once, not its cell as well. */
export function PortfolioTable(props: LinePage) {
  return (
    <LineTable
      caption="Ventures side by side"
      tools={<ExportMenu table="portfolio" of="the portfolio" query={queryOf(props.view)} />}
      columns={COLUMNS}
      {...props}
    />
  );
}
