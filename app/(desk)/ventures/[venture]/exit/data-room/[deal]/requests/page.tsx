import type { Metadata } from "next";
import { RequestForm } from "@/components/data-room/request-form";
import { RequestRow } from "@/components/data-room/request-row";
import { RoomHeader } from "@/components/data-room/room-header";
import { TableExport } from "@/components/data-room/table-export";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getRoom } from "@/lib/data-room/queries";
import { listRequests } from "@/lib/data-room/queries/details";
import { roomOf } from "../../room-of";

export const metadata: Metadata = { title: "Requests" };

const HEADS = ["No.", "Request", "Of", "Due", "State", "Answered by", "What to do"];

export default async function RequestsPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  const actor = await requirePermission("data-room:manage");
  const { head, path } = await roomOf(params);
  const today = clock.now().toISOString().slice(0, 10);
  const [room, requests] = await Promise.all([getRoom(actor, head.id, today), listRequests(actor, head.id)]);
  const documents = room.documents.map(({ id, number, title }) => ({ id, label: `${number ?? "unsorted"} ${title}` }));
  const actions = (
    <>
      {requests.length > 0 ? <TableExport roomId={head.id} tables={["requests"]} /> : null}
      <RequestForm roomId={head.id} />
    </>
  );
  return (
    <>
      <RoomHeader head={head} path={path} views={room.views} actions={actions} />
      {requests.length === 0 ? (
        <EmptyState title="Nothing has been asked for">
          Paste a buyer’s request list: each line becomes a request at its place in the index.
        </EmptyState>
      ) : (
        <Table caption="Requests">
          <TableHead>
            {HEADS.map((label) => (
              <TableHeadCell key={label} numeric={label === "No."}>
                {label}
              </TableHeadCell>
            ))}
          </TableHead>
          <TableBody>
            {requests.map((request) => (
              <RequestRow
                key={request.id}
                request={request}
                path={path}
                documents={documents}
                overdue={request.status === "open" && request.dueOn !== null && request.dueOn < today}
              />
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
