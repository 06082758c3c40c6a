"use client";

import { LoadState } from "@/components/imports/load-state";
import { useChange } from "@/components/settings/use-change";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, plural } from "@/lib/format";
import { submitSeriesUndo } from "@/lib/market/actions";
import type { RowProblem } from "@/lib/market/schema/series";
import { marketSentence } from "./words";

export type LoadRow = {
  id: string;
  label: string;
  fileName: string;
  rows: number;
  changed: number;
  gaps: number;
  rejected: number;
  rejects: readonly RowProblem[];
  loadedBy: string;
  loadedOn: string;
  undone: { by: string | null; on: string } | null;
};

/** The files that were loaded, each with the rows that were refused, and each to be taken back as a whole. */
export function SeriesLoads({ loads, mayUndo }: { loads: readonly LoadRow[]; mayUndo: boolean }) {
  const { refusal, run, dialog } = useChange();
  if (loads.length === 0) return <p className="text-muted">No file of the market has been loaded yet.</p>;
  return (
    <div className="grid gap-2 *:min-w-0">
      <Table caption="Files of market series" compact>
        <TableHead>
          <TableHeadCell>Series</TableHeadCell>
          <TableHeadCell>File</TableHeadCell>
          <TableHeadCell>Loaded</TableHeadCell>
          <TableHeadCell>By</TableHeadCell>
          <TableHeadCell numeric>Rows</TableHeadCell>
          <TableHeadCell numeric>Changed</TableHeadCell>
          <TableHeadCell numeric>Gaps</TableHeadCell>
          <TableHeadCell>Refused</TableHeadCell>
          <TableHeadCell>State</TableHeadCell>
        </TableHead>
        <TableBody>
          {loads.map((load) => (
            <TableRow key={load.id}>
              <TableRowHead className="min-w-40">{load.label}</TableRowHead>
              <TableCell>{load.fileName}</TableCell>
              <TableCell className="whitespace-nowrap">{formatDay(load.loadedOn)}</TableCell>
              <TableCell>{load.loadedBy}</TableCell>
              <TableCell numeric>{load.rows}</TableCell>
              <TableCell numeric>{load.changed}</TableCell>
              <TableCell numeric>{load.gaps}</TableCell>
              <TableCell>
                <Rejects load={load} />
              </TableCell>
              <TableCell>
                <LoadState
                  undone={load.undone}
                  mayUndo={mayUndo}
                  consequence={`${plural(load.changed, "value")} go; what they corrected stands again.`}
                  onUndo={() => run(() => submitSeriesUndo({ loadId: load.id }), "The file was taken back.")}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {refusal ? <p role="alert">{marketSentence(refusal)}</p> : null}
      {dialog}
    </div>
  );
}

function Rejects({ load: { rejected, rejects } }: { load: LoadRow }) {
  if (rejected === 0) return "none";
  return (
    <details>
      <summary className="target cursor-pointer">{plural(rejected, "row")}</summary>
      <ul className="text-sm">
        {rejects.map(({ row, problem }) => (
          <li key={row}>
            line {row}: {problem}
          </li>
        ))}
      </ul>
    </details>
  );
}
