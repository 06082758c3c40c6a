"use client";

import { LoadState } from "@/components/imports/load-state";
import { useChange } from "@/components/settings/use-change";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, plural } from "@/lib/format";
import { submitBenchmarksUndo } from "@/lib/growth/actions";
import { growthSentence } from "./driver-words";

export type LoadRow = {
  id: string;
  sources: readonly string[];
  rows: number;
  changed: number;
  loadedBy: string;
  loadedOn: string;
  undone: { by: string | null; on: string } | null;
};

const SENTENCES: Readonly<Record<string, string>> = {
  ALREADY_UNDONE: "This file has been taken back already.",
  LOADED_OVER: "A later file holds some of the same rows. Take that one back first.",
};

/** The files of benchmarks that were loaded, each of which can be taken back as a whole. */
export function BenchmarkLoads({ loads, mayUndo }: { loads: readonly LoadRow[]; mayUndo: boolean }) {
  const { refusal, run, dialog } = useChange();
  if (loads.length === 0) return <p className="text-muted">No file of benchmarks has been loaded yet.</p>;
  return (
    <div className="grid gap-2 *:min-w-0">
      <Table caption="Files of benchmarks" compact>
        <TableHead>
          <TableHeadCell>Source</TableHeadCell>
          <TableHeadCell>Loaded</TableHeadCell>
          <TableHeadCell>By</TableHeadCell>
          <TableHeadCell numeric>Rows</TableHeadCell>
          <TableHeadCell numeric>Changed</TableHeadCell>
          <TableHeadCell>State</TableHeadCell>
        </TableHead>
        <TableBody>
          {loads.map((load) => (
            <TableRow key={load.id}>
              <TableRowHead>{load.sources.join(", ")}</TableRowHead>
              <TableCell className="whitespace-nowrap">{formatDay(load.loadedOn)}</TableCell>
              <TableCell>{load.loadedBy}</TableCell>
              <TableCell numeric>{load.rows}</TableCell>
              <TableCell numeric>{load.changed}</TableCell>
              <TableCell>
                <LoadState
                  undone={load.undone}
                  mayUndo={mayUndo}
                  consequence={`${plural(load.changed, "row")} go; what they replaced stands again.`}
                  onUndo={() => run(() => submitBenchmarksUndo({ loadId: load.id }), "The file was taken back.")}
                />
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {refusal ? <p role="alert">{SENTENCES[refusal] ?? growthSentence(refusal)}</p> : null}
      {dialog}
    </div>
  );
}
