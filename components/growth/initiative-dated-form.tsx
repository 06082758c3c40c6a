"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

type DatedFormProps = {
  label: string;
  verb: string;
  title?: string;
  dueOn?: string;
  busy: boolean;
  onSubmit: (title: string, dueOn: string) => Promise<boolean>;
  onRemove?: () => Promise<boolean>;
};

/** A text and the day by which it is due. */
export function DatedForm({
  label,
  verb,
  title: given = "",
  dueOn: day = "",
  busy,
  onSubmit,
  onRemove,
}: DatedFormProps) {
  const [title, setTitle] = useState(given);
  const [dueOn, setDueOn] = useState(day);
  async function submit(event: FormEvent) {
    event.preventDefault();
    const done = await onSubmit(title, dueOn);
    if (done && given === "") setTitle("");
  }
  return (
    <form onSubmit={submit} className="flex flex-wrap items-end gap-3" aria-label={verb}>
      <Field label={label} required className="min-w-0 flex-1 basis-60">
        {(control) => (
          <TextInput {...control} maxLength={160} value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <Field label="Due" required>
        {(control) => (
          <TextInput {...control} type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
        )}
      </Field>
      <Button type="submit" busy={busy}>
        {verb}
      </Button>
      {onRemove ? (
        <Button variant="danger" busy={busy} onClick={() => void onRemove()}>
          Remove
        </Button>
      ) : null}
    </form>
  );
}
