"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { ProofPanel } from "@/components/figures/proof-panel";
import { classNames } from "@/components/ui/class-names";
import { Table, TableBody, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { FigureView } from "@/lib/figures/schema";
import { formatDay, formatRatio, plural } from "@/lib/format";
import type { CohortTable } from "@/lib/metrics/queries/customers-page";
import { type CohortBy, cohortCellView } from "@/lib/metrics/rules/point-figures";

type Cohorts = CohortTable["rows"];
type Place = { row: number; column: number };

// Tints stay light enough that ink on them keeps 7:1; the number in the cell is the message, the tint only its shape.
const TINTS = [
  "bg-[color-mix(in_oklab,var(--accent)_4%,transparent)]",
  "bg-[color-mix(in_oklab,var(--accent)_10%,transparent)]",
  "bg-[color-mix(in_oklab,var(--accent)_16%,transparent)]",
  "bg-[color-mix(in_oklab,var(--accent)_22%,transparent)]",
  "bg-[color-mix(in_oklab,var(--accent)_28%,transparent)]",
] as const;

const MOVES: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

const tintOf = (value: number, low: number, high: number) =>
  TINTS[Math.min(4, Math.floor(((value - low) / (high - low || 1)) * 5))];

const monthName = (month: string) => formatDay(`${month}-01`, "month");

/** Cohorts by month of the first payment: one stop for the tab key, arrows walk, Enter opens the proof of a cell. */
export function CohortMap({ table: { rows, args }, by }: { table: CohortTable; by: CohortBy }) {
  const [at, setAt] = useState<Place>({ row: 0, column: 0 });
  const [opened, setOpened] = useState<FigureView | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const values = rows.flatMap(({ cells }) =>
    cells.slice(1).flatMap((cell) => (cell.value === null ? [] : [Number(cell.value)])),
  );
  const [low, high] = [Math.min(1, ...values), Math.max(...values, 0)];
  const read = rows[at.row]?.cells[at.column];

  function onKeyDown(event: KeyboardEvent) {
    const move = MOVES[event.key];
    if (!move) return;
    event.preventDefault();
    const row = Math.min(rows.length - 1, Math.max(0, at.row + move[0]));
    const column = Math.min((rows[row]?.cells.length ?? 1) - 1, Math.max(0, at.column + move[1]));
    setAt({ row, column });
    grid.current?.querySelector<HTMLElement>(`[data-place="${row}:${column}"]`)?.focus();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys are those of the buttons inside
    <div ref={grid} onKeyDown={onKeyDown} className="min-w-0">
      <Table caption={`Cohorts by ${by}`} compact>
        <TableHead>
          <TableHeadCell>Won in</TableHeadCell>
          <TableHeadCell numeric>Won</TableHeadCell>
          {rows[0]?.cells.map((_, offset) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the column is its offset in months
            <TableHeadCell key={offset} numeric>
              {offset}
            </TableHeadCell>
          ))}
        </TableHead>
        <TableBody>
          {rows.map((row, index) => (
            <TableRow key={row.month} className="border-0">
              <TableRowHead className="font-normal whitespace-nowrap">{monthName(row.month)}</TableRowHead>
              <td className="px-2 text-right text-muted">{row.size}</td>
              {row.cells.map((cell, offset) => (
                <td
                  key={cell.id}
                  className={classNames("p-0 text-right", cell.value !== null && tintOf(Number(cell.value), low, high))}
                >
                  <button
                    type="button"
                    data-place={`${index}:${offset}`}
                    data-figure={cell.id}
                    tabIndex={at.row === index && at.column === offset ? 0 : -1}
                    aria-label={sentenceOf(row, offset, by)}
                    className="w-full min-w-9 rounded-sm px-1 py-1 text-right tabular-nums"
                    onFocus={() => setAt({ row: index, column: offset })}
                    onPointerEnter={() => setAt({ row: index, column: offset })}
                    onClick={() => setOpened(cohortCellView(cell, { ...args, cohort: row.month, offset }))}
                  >
                    {cell.value === null ? "–" : formatRatio(cell.value, { decimals: 0 })}
                  </button>
                </td>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <p aria-hidden="true" className="mt-1 min-h-5 text-xs text-muted">
        {read && rows[at.row] ? sentenceOf(rows[at.row], at.column, by) : ""}
      </p>
      {opened ? <ProofPanel figure={opened} onClose={() => setOpened(null)} /> : null}
    </div>
  );
}

function sentenceOf(row: Cohorts[number] | undefined, offset: number, by: CohortBy): string {
  const cell = row?.cells[offset];
  if (!row || !cell) return "";
  const of = by === "customers" ? `of ${plural(row.size, "customer")}` : "of their first MRR";
  return `Won in ${monthName(row.month)}, after ${plural(offset, "month")}: ${cell.value === null ? "unknown" : formatRatio(cell.value, { decimals: 0 })} ${of}`;
}
