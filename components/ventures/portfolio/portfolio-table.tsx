"use client";

import { useState } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { ExportMenu } from "@/components/reports/export-menu";
import { useKeys } from "@/components/shell/use-keys";
import { Button } from "@/components/ui/button";
import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { useHydrated } from "@/components/ui/use-hydrated";
import { COLUMN_NAMES, type ColumnKey, MOST_COMPARED, type PortfolioView } from "@/lib/reports/schema/portfolio";
import { queryOf } from "@/lib/reports/schema/portfolio-view";
import { LevelledFigure } from "../levelled-figure";
import { SortHead } from "../sort-head";
import { type Cell, figureIn, isMeasure, type PackedFigure, type PackedPage, type PackedRow } from "./cells";
import { ColumnChoice } from "./column-choice";
import { CompareBar } from "./compare-bar";

/** What a window shows at first; the rest of the page follows as soon as its script runs. */
const FIRST_ROWS = 16;

type PortfolioTableProps = { path: string; view: PortfolioView } & PackedPage;

/** The numbers side by side. Made in the browser's half: a page then carries each number once, not its cell as well. */
export function PortfolioTable({ path, view, labels, rows }: PortfolioTableProps) {
  const hydrated = useHydrated();
  const [chosen, setChosen] = useState<readonly { slug: string; name: string }[]>([]);
  const has = (slug: string) => chosen.some((one) => one.slug === slug);
  const toggle = ({ slug, name }: PackedRow) => {
    if (has(slug)) setChosen(chosen.filter((one) => one.slug !== slug));
    else if (chosen.length < MOST_COMPARED) setChosen([...chosen, { slug, name }]);
  };
  useKeys({
    x: () => {
      const slug = document.activeElement?.closest<HTMLElement>("tr[data-row]")?.dataset.row;
      const row = rows.find((one) => one.slug === slug);
      if (row) toggle(row);
    },
  });
  return (
    <Table
      caption="Ventures side by side"
      tools={
        <span className="flex flex-wrap items-center gap-2" data-print="none">
          <CompareBar chosen={chosen} onClear={() => setChosen([])} />
          {hydrated ? (
            <>
              <ColumnChoice key={view.columns.join()} path={path} view={view} />
              <ExportMenu table="portfolio" of="the portfolio" query={queryOf(view)} />
            </>
          ) : (
            <Button variant="bare">Export</Button>
          )}
        </span>
      }
    >
      <Heads path={path} view={view} />
      <TableBody>
        {(hydrated ? rows : rows.slice(0, FIRST_ROWS)).map((row) => (
          <Row
            key={row.slug}
            row={row}
            columns={view.columns}
            labels={labels}
            picked={has(row.slug)}
            full={chosen.length >= MOST_COMPARED}
            onPick={() => toggle(row)}
          />
        ))}
      </TableBody>
    </Table>
  );
}

function Heads({ path, view }: { path: string; view: PortfolioView }) {
  return (
    <TableHead>
      <TableHeadCell>
        <span className="sr-only">Compare</span>
      </TableHeadCell>
      <SortHead path={path} view={view} by="name">
        Venture
      </SortHead>
      {view.columns.map((column) =>
        column === "trend" ? (
          <TableHeadCell key={column}>
            <span className="sr-only">{COLUMN_NAMES.trend}</span>
          </TableHeadCell>
        ) : (
          <SortHead key={column} path={path} view={view} by={column} numeric={isMeasure(column)}>
            {COLUMN_NAMES[column]}
          </SortHead>
        ),
      )}
      <SortHead path={path} view={view} by="asOf" numeric>
        Data
      </SortHead>
    </TableHead>
  );
}

type RowProps = {
  row: PackedRow;
  columns: readonly ColumnKey[];
  labels: PackedPage["labels"];
  picked: boolean;
  /** No further one can be picked. */
  full: boolean;
  onPick: () => void;
};

function Row({ row: { slug, name, age, cells }, columns, labels, picked, full, onPick }: RowProps) {
  return (
    <TableRow data-row={slug} aria-selected={picked || undefined}>
      <TableCell className="w-6">
        <input
          type="checkbox"
          aria-label={`Compare ${name}`}
          checked={picked}
          disabled={full && !picked}
          onChange={onPick}
          className="block size-4 touch:size-6"
        />
      </TableCell>
      <TableRowHead className="min-w-40">
        <TextLink href={`/ventures/${slug}`} quiet data-list-item>
          {name}
        </TextLink>
      </TableRowHead>
      {columns.map((column, index) => (
        <PortfolioCell key={column} column={column} of={cells[index] ?? null} name={name} labels={labels} />
      ))}
      <TableCell numeric className="text-muted">
        {age}
      </TableCell>
    </TableRow>
  );
}

type PortfolioCellProps = { column: ColumnKey; of: Cell; name: string; labels: PackedPage["labels"] };

function PortfolioCell({ column, of, name, labels }: PortfolioCellProps) {
  if (isMeasure(column)) {
    return (
      <TableCell numeric>
        <LevelledFigure of={figureIn(of as PackedFigure | null, labels[column])} />
      </TableCell>
    );
  }
  if (column === "trend") {
    return (
      <TableCell>
        <Sparkline values={of as readonly (number | null)[]} label={`Growth rate of ${name} over twelve months`} />
      </TableCell>
    );
  }
  return (
    <TableCell className="whitespace-nowrap">
      {column === "level" ? <Level level={of as LevelName} /> : ((of as string | null) ?? <Nobody />)}
    </TableCell>
  );
}

const Nobody = () => <span className="text-muted">nobody yet</span>;
