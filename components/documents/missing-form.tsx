"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { rewriteDocument, stateParts } from "@/lib/documents/actions";
import type { DocumentView } from "@/lib/documents/queries/documents";
import { DocumentProblem } from "./document-problem";

const capital = (label: string): string => label.charAt(0).toUpperCase() + label.slice(1);

/** What the document needs and nobody has said. What no record could know is said here, for all documents of the deal. */
export function MissingForm({ view, mayEdit }: { view: DocumentView; mayEdit: boolean }) {
  const [values, setValues] = useState<Record<string, string>>({});
  const { busy, refusal, problems, run, dialog } = useChange();
  const { id: documentId, dealId, newest, missing } = view;
  const stated = mayEdit ? missing.filter((one) => one.stated) : [];
  const others = missing.filter((one) => !stated.includes(one));
  async function submit(event: FormEvent) {
    event.preventDefault();
    const parts = Object.fromEntries(Object.entries(values).filter(([, value]) => value.trim() !== ""));
    if (!(await run(() => stateParts({ dealId, parts })))) return;
    if (await run(() => rewriteDocument({ documentId, version: newest }), "A new version is written.")) setValues({});
  }
  return (
    <div className="grid gap-4">
      {others.length > 0 ? (
        <ul className="grid list-disc gap-1 pl-5">
          {others.map(({ field, label }) => (
            <li key={field}>{capital(label)}</li>
          ))}
        </ul>
      ) : null}
      {others.some((one) => !one.stated) ? (
        <p className="text-sm text-muted">These come from the terms, the ledger or the deal; say them there.</p>
      ) : null}
      <DocumentProblem code={refusal} problems={problems} />
      {stated.length > 0 ? (
        <form onSubmit={submit} className="grid gap-3">
          {stated.map(({ field, label }) => (
            <Field key={field} label={capital(label)}>
              {(control) => (
                <TextInput
                  {...control}
                  maxLength={400}
                  value={values[field] ?? ""}
                  onChange={(event) => setValues((before) => ({ ...before, [field]: event.target.value }))}
                />
              )}
            </Field>
          ))}
          <div>
            <Button type="submit" busy={busy}>
              Keep and write anew
            </Button>
          </div>
        </form>
      ) : null}
      {dialog}
    </div>
  );
}
