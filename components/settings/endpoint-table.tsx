"use client";

import { InitiativeProblem } from "@/components/growth/initiative-problem";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Level } from "@/components/ui/level";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { closeWayOut } from "@/lib/growth/actions/initiatives";
import { useChange } from "./use-change";

export type EndpointLine = {
  id: string;
  version: number;
  name: string;
  url: string;
  kind: "webhook" | "mcp";
  tools: readonly string[];
  venture: string;
  createdBy: string;
  disabled: boolean;
  delivered: number;
  waiting: number;
  abandoned: number;
  lastError: string | null;
};

export function EndpointTable({ endpoints }: { endpoints: readonly EndpointLine[] }) {
  const { refusal, run, dialog } = useChange();
  if (endpoints.length === 0) return <p className="py-2 text-muted">No address yet: nothing is sent outside.</p>;
  return (
    <div className="grid grid-cols-1 gap-3">
      <InitiativeProblem code={refusal} />
      <Table caption="Addresses">
        <TableHead>
          <TableHeadCell>Name</TableHeadCell>
          <TableHeadCell>For</TableHeadCell>
          <TableHeadCell>State</TableHeadCell>
          <TableHeadCell numeric>Delivered</TableHeadCell>
          <TableHeadCell numeric>Waiting</TableHeadCell>
          <TableHeadCell numeric>Given up</TableHeadCell>
          <TableHeadCell>{""}</TableHeadCell>
        </TableHead>
        <TableBody>
          {endpoints.map((one) => (
            <TableRow key={one.id}>
              <TableRowHead className="min-w-48">
                {one.name}
                <span className="block text-sm font-normal break-all text-muted">{one.url}</span>
                {one.kind === "mcp" ? (
                  <span className="block text-sm font-normal break-all text-muted">
                    MCP server, may be asked for {one.tools.join(", ")}
                  </span>
                ) : null}
                {one.lastError ? <span className="block text-sm font-normal text-muted">{one.lastError}</span> : null}
              </TableRowHead>
              <TableCell>{one.venture}</TableCell>
              <TableCell>
                <Level level={one.disabled ? "unknown" : "healthy"} word={one.disabled ? "closed" : "open"} />
              </TableCell>
              <TableCell numeric>{one.delivered}</TableCell>
              <TableCell numeric>{one.waiting}</TableCell>
              <TableCell numeric>{one.abandoned}</TableCell>
              <TableCell>
                {one.disabled ? null : (
                  <ConfirmDialog
                    title={`Close ${one.name}?`}
                    description="Nothing is sent there any more, also nothing that waits. A new address gets a new secret."
                    confirmLabel="Close it"
                    danger
                    trigger={<Button variant="bare">Close</Button>}
                    onConfirm={async () => {
                      await run(
                        () => closeWayOut({ endpointId: one.id, version: one.version }),
                        "The address is closed.",
                      );
                    }}
                  />
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {dialog}
    </div>
  );
}
