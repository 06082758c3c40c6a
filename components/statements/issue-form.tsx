"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { askToIssue } from "@/lib/distribution/actions/records";
import type { HolderLine } from "@/lib/distribution/queries/records/records";
import { RecordForm } from "./record-form";
import { addressesOf } from "./words";

type IssueFormProps = { ventureId: string; currency: string; holders: readonly HolderLine[]; until: string };

/** Who is to see their statement, at which addresses, until when: a memo to the chairman. */
export function IssueForm({ ventureId, currency, holders, until }: IssueFormProps) {
  const ready = holders.flatMap(({ id, name, statement, access }) =>
    statement ? [{ id, name, statement, access }] : [],
  );
  const send = (form: FormData) =>
    askToIssue({
      ...{ ventureId, currency, expiresOn: String(form.get("until")), rationale: String(form.get("why")) },
      holders: ready.flatMap(({ id: holderId, statement }) => {
        const emails = addressesOf(String(form.get(`emails ${holderId}`) ?? ""));
        return emails.length > 0 ? [{ holderId, version: statement.version, emails }] : [];
      }),
    });
  return (
    <RecordForm
      wide
      title="Ask to show holders their statements"
      description="The chairman decides. Then each holder gets a link of their own: it opens their statement and nothing else, after a code to the address named here."
      trigger={<Button variant="primary">Ask to show them</Button>}
      submit="Ask the chairman"
      done="The memo is with the chairman."
      send={send}
    >
      <div className="grid gap-3 sm:grid-cols-2">
        {ready.map(({ id, name, statement, access }) => (
          <Field
            key={id}
            label={`${name}, revision ${statement.version}`}
            hint="E-mail addresses; empty leaves them out"
          >
            {(control) => (
              <TextInput
                {...control}
                name={`emails ${id}`}
                defaultValue={access?.emails.join(", ") ?? ""}
                maxLength={600}
              />
            )}
          </Field>
        ))}
      </div>
      <Field label="Last day" required>
        {(control) => <TextInput {...control} type="date" name="until" defaultValue={until} />}
      </Field>
      <Field label="Why now" required>
        {(control) => <Textarea {...control} name="why" rows={2} minLength={10} maxLength={600} />}
      </Field>
    </RecordForm>
  );
}
