"use client";

import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
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
                <State load={load} mayUndo={mayUndo} run={run} />
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

type StateProps = { load: LoadRow; mayUndo: boolean; run: ReturnType<typeof useChange>["run"] };

function State({ load, mayUndo, run }: StateProps) {
  if (load.undone)
    return (
      <span className="text-muted">
        taken back on {formatDay(load.undone.on)}
        {load.undone.by ? ` by ${load.undone.by}` : ""}
      </span>
    );
  if (!mayUndo) return "held";
  return (
    <ConfirmDialog
      title="Take this file of benchmarks back?"
      description={`${plural(load.changed, "row")} go; what they replaced stands again. Figures that rest on them become stale. The file can be loaded again.`}
      confirmLabel="Take it back"
      danger
      trigger={<Button variant="bare">Take back</Button>}
      onConfirm={async () => {
        await run(() => submitBenchmarksUndo({ loadId: load.id }), "The file was taken back.");
      }}
    />
  );
}
