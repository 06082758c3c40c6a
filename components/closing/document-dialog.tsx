"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { addDocument } from "@/lib/closing/actions";
import type { ClosingView } from "@/lib/closing/queries/closing";
import { ClosingDialog } from "./closing-dialog";
import { signatoriesOf } from "./closing-lines";

/** A document that is signed at closing, and who signs it. */
export function DocumentDialog({ closing: { dealId, version } }: { closing: ClosingView }) {
  const [title, setTitle] = useState("");
  const [names, setNames] = useState("");
  return (
    <ClosingDialog
      title="Add a document to be signed"
      trigger={<Button variant="bare">Add a document</Button>}
      submit="Add the document"
      done="The document is on the list."
      send={() => addDocument({ dealId, version, title, signatories: signatoriesOf(names) })}
    >
      {(problemAt) => (
        <>
          <Field label="Title" required error={problemAt("title")}>
            {(control) => <TextInput {...control} value={title} onChange={(event) => setTitle(event.target.value)} />}
          </Field>
          <Field
            label="Who signs it"
            required
            hint="One on each line, with the party: Ada Lind, company. Parties are buyer, seller, company, counsel and bank."
            error={problemAt("signatories")}
          >
            {(control) => (
              <Textarea {...control} rows={4} value={names} onChange={(event) => setNames(event.target.value)} />
            )}
          </Field>
        </>
      )}
    </ClosingDialog>
  );
}
