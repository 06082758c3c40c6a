"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { addDocument } from "@/lib/closing/actions";
import type { ClosingView } from "@/lib/closing/queries/closing";
import { PARTIES } from "@/lib/closing/schema";
import { ClosingDialog } from "./closing-dialog";

/** "Ada Lind, company" for each line; a party that is not named is the company. */
export function signatoriesOf(text: string) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const at = line.lastIndexOf(",");
      const party = PARTIES.find(
        (one) =>
          one ===
          line
            .slice(at + 1)
            .trim()
            .toLocaleLowerCase("en"),
      );
      return party && at > 0
        ? { signatory: line.slice(0, at).trim(), party }
        : { signatory: line, party: "company" as const };
    });
}

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
