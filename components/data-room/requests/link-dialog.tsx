"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { linkRequest } from "@/lib/data-room/actions";
import type { RequestLine } from "@/lib/data-room/queries/requests";
import { Problem } from "../problem";
import { useSend } from "../use-send";

export type Linkable = { id: string; itemId: string | null; label: string };
type LinkDialogProps = { request: RequestLine; documents: readonly Linkable[] };

/** So many can be looked over; the rest is found by typing. */
const SHOWN = 12;

/** Which documents answer a request: those of its place in the index first, the others by name. */
export function LinkDialog({ request, documents }: LinkDialogProps) {
  const { id: requestId, version, itemId } = request;
  const [open, setOpen] = useState(false);
  const [filter, setFilter] = useState("");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set(request.documents.map(({ id }) => id)));
  const { busy, problem, send } = useSend();
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ id, itemId: at }: Linkable) => (chosen.has(id) ? 0 : at !== null && at === itemId ? 1 : 2);
  const found = documents
    .filter((one) => words.every((word) => one.label.toLowerCase().includes(word)))
    .toSorted((a, b) => rank(a) - rank(b));
  function toggle(id: string) {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  }
  async function link() {
    if (await send(() => linkRequest({ requestId, version, documentIds: [...chosen], itemId }), "Linked."))
      setOpen(false);
  }
  return (
    <Dialog
      title="Documents that answer it"
      description={request.text}
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button variant="bare" aria-label={`Link documents to request ${request.number}`}>
          Link
        </Button>
      }
    >
      <div className="grid gap-3">
        <Field label="Find by number or name">
          {(control) => (
            <TextInput {...control} type="search" value={filter} onChange={(event) => setFilter(event.target.value)} />
          )}
        </Field>
        <div>
          {found.slice(0, SHOWN).map(({ id, label }) => (
            <Checkbox key={id} label={label} checked={chosen.has(id)} onChange={() => toggle(id)} />
          ))}
          {found.length === 0 ? <p className="text-sm text-muted">No document of this name.</p> : null}
          {found.length > SHOWN ? (
            <p className="text-sm text-muted">And {found.length - SHOWN} more; type to find them.</p>
          ) : null}
        </div>
        <Problem text={problem} />
        <div className="flex justify-end">
          <Button variant="primary" busy={busy} onClick={link}>
            Link
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
