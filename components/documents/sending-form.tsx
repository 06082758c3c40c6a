"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { askSending, recordSent, rewriteDocument } from "@/lib/documents/actions";
import type { DocumentView } from "@/lib/documents/queries/documents";
import { DocumentProblem } from "./document-problem";

type SendingFormProps = { view: DocumentView; may: { edit: boolean; ask: boolean } };

/** Asks the chairman, records that it went, or writes it anew from what is stored now. */
export function SendingForm({ view, may }: SendingFormProps) {
  const [rationale, setRationale] = useState("");
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  const { id: documentId, version, newest, state, missing, today } = view;
  const asks = may.ask && state === "draft" && missing.length === 0;
  return (
    <div className="grid gap-3">
      <DocumentProblem code={refusal} problems={problems} />
      {asks ? (
        <Field label="Why now" error={problemAt("rationale")}>
          {(control) => (
            <Textarea {...control} rows={2} value={rationale} onChange={(event) => setRationale(event.target.value)} />
          )}
        </Field>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {asks ? (
          <Button
            variant="primary"
            busy={busy}
            onClick={() =>
              run(() => askSending({ documentId, version, rationale }), "The memo is in the chairman’s inbox.")
            }
          >
            Ask the chairman
          </Button>
        ) : null}
        {may.edit && state === "approved to send" ? (
          <Button
            variant="primary"
            busy={busy}
            onClick={() => run(() => recordSent({ documentId, version, on: today }), "It is recorded as sent.")}
          >
            Record that it went today
          </Button>
        ) : null}
        {may.edit && version === newest ? (
          <Button
            busy={busy}
            onClick={() => run(() => rewriteDocument({ documentId, version }), "A new version is written.")}
          >
            Write anew
          </Button>
        ) : null}
      </div>
      {dialog}
    </div>
  );
}
