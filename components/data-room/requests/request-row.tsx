"use client";

import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { TextLink } from "@/components/ui/link";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { TableCell, TableRow, TableRowHead } from "@/components/ui/table";
import { closeRequest } from "@/lib/data-room/actions";
import type { RequestLine } from "@/lib/data-room/queries/requests";
import { formatDay } from "@/lib/format";
import { Problem } from "../problem";
import { useSend } from "../use-send";
import { refusalText } from "../words";
import { type Linkable, LinkDialog } from "./link-dialog";

type RequestRowProps = { request: RequestLine; path: string; documents: readonly Linkable[]; overdue: boolean };

export function RequestRow({ request, path, documents, overdue }: RequestRowProps) {
  const { id: requestId, version } = request;
  const { busy, problem, send } = useSend();
  return (
    <TableRow>
      <TableCell numeric>{request.number}</TableCell>
      <TableRowHead className="min-w-56">
        {request.text}
        {request.place ? <span className="block text-xs font-normal text-muted">{request.place}</span> : null}
        <Problem text={problem} />
      </TableRowHead>
      <TableCell>{request.source}</TableCell>
      <TableCell className="whitespace-nowrap">
        {request.dueOn ? `${overdue ? "▲ " : ""}${formatDay(request.dueOn)}` : "–"}
      </TableCell>
      <TableCell>
        <Badge>{request.status}</Badge>
        {request.reason ? <span className="block text-xs text-muted">{request.reason}</span> : null}
      </TableCell>
      <TableCell>
        <ul>
          {request.documents.map(({ id, title }) => (
            <li key={id}>
              <TextLink quiet href={`${path}/documents/${id}`}>
                {title}
              </TextLink>
            </li>
          ))}
        </ul>
      </TableCell>
      <TableCell>
        <div className="flex flex-wrap gap-1">
          <LinkDialog key={version} request={request} documents={documents} />
          {request.status === "open" ? (
            <>
              <Button
                variant="bare"
                busy={busy}
                onClick={() =>
                  send(() => closeRequest({ requestId, version, status: "answered", reason: "" }), "Answered.")
                }
              >
                Answered
              </Button>
              <ReasonDialog
                title="Refuse this request?"
                description="The reason is kept with it."
                trigger={<Button variant="bare">Refuse</Button>}
                confirmLabel="Refuse"
                done="Refused."
                sentence={refusalText}
                send={(reason) => closeRequest({ requestId, version, status: "refused", reason })}
              />
            </>
          ) : (
            <Button
              variant="bare"
              busy={busy}
              onClick={() =>
                send(() => closeRequest({ requestId, version, status: "open", reason: "" }), "Open again.")
              }
            >
              Open again
            </Button>
          )}
        </div>
      </TableCell>
    </TableRow>
  );
}
