"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { restoreRemoved } from "@/lib/closing/actions";
import type { ClosingView } from "@/lib/closing/queries/closing";
import { formatDay, plural } from "@/lib/format";
import { ClosingDialog } from "./closing-dialog";
import { ClosingProblem } from "./closing-problem";

type RemoveProps = { name: string; send: (reason: string) => ReturnType<typeof restoreRemoved> };

/** Takes an item or a document off the list, with the reason that stays in the record. */
export function RemoveDialog({ name, send }: RemoveProps) {
  const [reason, setReason] = useState("");
  return (
    <ClosingDialog
      title={`Remove “${name}”?`}
      description="It stays in the record with your reason, and can be brought back."
      trigger={
        <Button variant="bare" aria-label={`Remove ${name}`}>
          Remove
        </Button>
      }
      submit="Remove it"
      done="It is off the list."
      send={() => send(reason)}
    >
      {(problemAt) => (
        <Field label="Why" required error={problemAt("reason")}>
          {(control) => (
            <Textarea {...control} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      )}
    </ClosingDialog>
  );
}

/** What was removed, why, and a way back; nothing while nothing was. */
export function Removed({ closing, mayEdit }: { closing: ClosingView; mayEdit: boolean }) {
  const { removed, dealId, version, released } = closing;
  const { busy, refusal, problems, run, dialog } = useChange();
  if (removed.length === 0) return null;
  return (
    <Disclosure summary={`Removed: ${plural(removed.length, "entry", "entries")}`}>
      <ClosingProblem code={refusal} problems={problems} />
      <ul className="grid gap-2">
        {removed.map(({ id, kind, title, reason, on }) => (
          <li key={id} className="border-b border-line pb-2">
            {`${kind === "document" ? "Document" : "Item"} “${title}”, ${formatDay(on)}: ${reason}`}{" "}
            {mayEdit && !released ? (
              <Button
                variant="bare"
                busy={busy}
                aria-label={`Bring back ${title}`}
                onClick={() => run(() => restoreRemoved({ dealId, version, id }), "It is back on the list.")}
              >
                Bring back
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {dialog}
    </Disclosure>
  );
}
