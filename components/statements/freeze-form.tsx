"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { freeze } from "@/lib/distribution/actions/records";
import { RecordForm } from "./record-form";

type FreezeFormProps = { ventureId: string; currency: string; again: boolean };

/** The statements of all holders as they stand now, and the record of the whole. */
export function FreezeForm({ ventureId, currency, again }: FreezeFormProps) {
  return (
    <RecordForm
      title="Freeze the statements?"
      description="Each holder’s statement is kept word for word, with its file and its hash. It is never changed again: where something is different by now, a new revision says so. Nothing leaves the house by it."
      trigger={<Button variant={again ? "plain" : "primary"}>Freeze statements</Button>}
      submit="Freeze them"
      done="The statements are frozen."
      send={(form) => freeze({ ventureId, currency, reason: String(form.get("reason") ?? "") })}
    >
      {again ? (
        <Field label="Why they are corrected" required hint="Every corrected statement says it.">
          {(control) => <Textarea {...control} name="reason" rows={2} minLength={3} maxLength={300} />}
        </Field>
      ) : null}
    </RecordForm>
  );
}
