"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { Select } from "@/components/ui/select";
import { TableCell, TableRow, TableRowHead } from "@/components/ui/table";
import { closeRequest, linkRequest } from "@/lib/data-room/actions";
import type { RequestLine } from "@/lib/data-room/queries/details";
import { formatDay } from "@/lib/format";
import { Problem } from "./problem";
import { useSend } from "./use-send";
import { refusalText } from "./words";

export type Linkable = { id: string; label: string };
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
          <LinkDialog request={request} documents={documents} />
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

function LinkDialog({ request, documents }: { request: RequestLine; documents: readonly Linkable[] }) {
  const [open, setOpen] = useState(false);
  const { busy, problem, send } = useSend();
  const linked = request.documents.map(({ id }) => id);
  const link = (documentIds: string[]) =>
    send(
      () => linkRequest({ requestId: request.id, version: request.version, documentIds, itemId: request.itemId }),
      "Linked.",
    );
  return (
    <Dialog
      title="Documents that answer it"
      description={request.text}
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="bare">Link</Button>}
    >
      <form
        className="grid gap-4"
        action={async (form) => {
          const id = String(form.get("document"));
          if (id && (await link([...new Set([...linked, id])]))) setOpen(false);
        }}
      >
        <ul className="grid gap-1">
          {request.documents.map(({ id, title }) => (
            <li key={id} className="flex items-center justify-between gap-3">
              {title}
              <Button variant="bare" busy={busy} onClick={() => link(linked.filter((one) => one !== id))}>
                Take off
              </Button>
            </li>
          ))}
        </ul>
        <Field label="Add a document" required>
          {(control) => (
            <Select
              {...control}
              name="document"
              placeholder="Choose one"
              options={documents.map(({ id, label }) => ({ value: id, label }))}
            />
          )}
        </Field>
        <Problem text={problem} />
        <div className="flex justify-end">
          <Button type="submit" variant="primary" busy={busy}>
            Link
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
