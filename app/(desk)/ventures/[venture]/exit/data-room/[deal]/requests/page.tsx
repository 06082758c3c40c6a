import type { Metadata } from "next";
import { RequestForm } from "@/components/data-room/requests/request-form";
import { RequestRow } from "@/components/data-room/requests/request-row";
import { RoomHeader } from "@/components/data-room/room/room-header";
import { TableExport } from "@/components/data-room/room/table-export";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { requirePermission } from "@/lib/auth/session";
import { getRoom } from "@/lib/data-room/queries";
import { listRequests } from "@/lib/data-room/queries/requests";
import { roomOf } from "../../room-of";

export const metadata: Metadata = { title: "Requests" };

const HEADS = ["No.", "Request", "Of", "Due", "State", "Answered by", "What to do"];

export default async function RequestsPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  const actor = await requirePermission("data-room:manage");
  const { head, path, today } = await roomOf(params);
  const [room, requests] = await Promise.all([getRoom(actor, head.id, today), listRequests(actor, head.id)]);
  const documents = room.documents.map(({ id, itemId, number, title }) => ({
    ...{ id, itemId },
    label: `${number ?? "unsorted"} ${title}`,
  }));
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
