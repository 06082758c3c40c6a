"use client";

import { Problem } from "@/components/auth/problem";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { revokeOtherSessions, revokeSession } from "@/lib/auth/actions";
import { useChange } from "./use-change";

/** Moments come as text, written in the reader's zone on the server. */
export type SessionLine = {
  id: string;
  device: string;
  address: string;
  started: string;
  lastSeen: string;
  current: boolean;
};

export function SessionList({ sessions }: { sessions: readonly SessionLine[] }) {
  const { busy, refusal, run, dialog } = useChange();
  return (
    <div className="grid grid-cols-1 gap-4">
      <Problem code={refusal} />
      <Table caption="Your sessions">
        <TableHead>
          <TableHeadCell>Device</TableHeadCell>
          <TableHeadCell>Address</TableHeadCell>
          <TableHeadCell>Signed in</TableHeadCell>
          <TableHeadCell>Last used</TableHeadCell>
          <TableHeadCell>
            <span className="sr-only">Action</span>
          </TableHeadCell>
        </TableHead>
        <TableBody>
          {sessions.map((session) => (
            <TableRow key={session.id}>
              <TableRowHead>{session.device}</TableRowHead>
              <TableCell>{session.address}</TableCell>
              <TableCell>{session.started}</TableCell>
              <TableCell>{session.lastSeen}</TableCell>
              <TableCell className="text-right">
                {session.current ? (
                  <Badge>this one</Badge>
                ) : (
                  <Button
                    variant="bare"
                    busy={busy}
                    aria-label={`End the session on ${session.device}, ${session.started}`}
                    onClick={() => run(() => revokeSession({ sessionId: session.id }), "That session ended.")}
                  >
                    End
                  </Button>
                )}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {sessions.length > 1 ? (
        <div>
          <Button busy={busy} onClick={() => run(() => revokeOtherSessions({}), "Every other session ended.")}>
            End all others
          </Button>
        </div>
      ) : null}
      {dialog}
    </div>
  );
}
