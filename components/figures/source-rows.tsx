"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import { Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { SourceRowPage } from "@/lib/figures/queries";
import { formatDay, plural } from "@/lib/format";
import { type RowsAsked, rowsFile, rowsQuery } from "./fetch-proof";
import { ImportedRow } from "./imported-row";

const NUMERIC = new Set(["value", "amount", "quantity"]);

/** The stored facts that a figure counts, as they stood when it was computed, a page at a time. */
export function SourceRows({ asked }: { asked: RowsAsked }) {
  const [page, setPage] = useState(1);
  const { data, isError } = useQuery({ ...rowsQuery(asked, page), placeholderData: keepPreviousData });
  if (isError) return <p role="alert">The rows cannot be read right now.</p>;
  if (!data) return <SkeletonLines lines={4} label="Loading the rows" />;
  const pages = Math.max(1, Math.ceil(data.total / data.pageSize));
  return (
    <div className="grid grid-cols-1 gap-2">
      <Table caption={`Rows behind the figure, page ${page} of ${pages}`} compact>
        <TableHead>
          {data.columns.map((column) => (
            <TableHeadCell key={column} numeric={NUMERIC.has(column)}>
              {column}
            </TableHeadCell>
          ))}
          <TableHeadCell>origin</TableHeadCell>
        </TableHead>
        <TableBody>
          {data.rows.map((row) => (
            <Row key={row.key} figureId={asked.id} columns={data.columns} row={row} />
          ))}
        </TableBody>
      </Table>
      <div className="flex flex-wrap items-center justify-between gap-3 text-sm">
        <span className="text-muted">{plural(data.total, "row")}, as stored when it was computed</span>
        <span className="flex gap-2">
          {page > 1 ? <Button onClick={() => setPage(page - 1)}>← Earlier</Button> : null}
          {page < pages ? <Button onClick={() => setPage(page + 1)}>More →</Button> : null}
          <a className={buttonStyle("plain")} href={rowsFile(asked)} download>
            CSV
          </a>
        </span>
      </div>
    </div>
  );
}

type RowProps = { figureId: string; columns: string[]; row: SourceRowPage["rows"][number] };

function Row({ figureId, columns, row }: RowProps) {
  const [open, setOpen] = useState(false);
  const { importId, rowNumber } = row;
  return (
    <>
      <TableRow>
        {columns.map((column, index) => (
          <TableCell key={column} numeric={NUMERIC.has(column)}>
            {row.cells[index]}
          </TableCell>
        ))}
        <TableCell>
          {importId && rowNumber ? (
            <button
              type="button"
              aria-expanded={open}
              onClick={() => setOpen(!open)}
              className="target rounded-sm underline decoration-dotted underline-offset-3"
            >
              row {rowNumber}
            </button>
          ) : (
            <span title={row.reason ?? undefined}>
              {row.correctedBy && row.reason ? `corrected: ${row.reason}` : (row.reason ?? "entered")}
            </span>
          )}
          {row.supersededAt ? (
            <span className="ml-2 text-muted">replaced {formatDay(row.supersededAt.slice(0, 10))}</span>
          ) : null}
        </TableCell>
      </TableRow>
      {open && importId && rowNumber ? (
        <tr>
          <td colSpan={columns.length + 1} className="pb-2">
            <ImportedRow figureId={figureId} importId={importId} rowNumber={rowNumber} />
          </td>
        </tr>
      ) : null}
    </>
  );
}
