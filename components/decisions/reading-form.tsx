"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { DialogClose } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { haveRead } from "@/lib/decisions/actions/inbox";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { formatDay } from "@/lib/format";
import { refusalSentence } from "./verdict-words";

export type Reader = { id: string; name: string };

type ReadingFormProps = { memo: MemoView; readers: readonly Reader[]; onDone: () => void };

/** A named colleague reads the memo and says what they think by a day; the decision stays here. */
export function ReadingForm({ memo, readers, onDone }: ReadingFormProps) {
  const [readerId, setReaderId] = useState("");
  const [dueOn, setDueOn] = useState("");
  const [note, setNote] = useState("");
  const { busy, refusal, problems, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const asked = { memoId: memo.id, version: memo.version, readerId, dueOn, note };
    if (await run(() => haveRead(asked), "Asked. Their opinion will stand on the memo.")) onDone();
  }
  return (
    <form onSubmit={submit} className="grid gap-4">
      <p className="prose-width text-muted">
        They find it in their inbox and can say what they think of it. They cannot decide it.
      </p>
      <Field label="Colleague" required>
        {(control) => (
          <Select
            {...control}
            autoFocus
            placeholder="Choose a colleague"
            options={readers.map(({ id, name }) => ({ value: id, label: name }))}
            value={readerId}
            onChange={(event) => setReaderId(event.target.value)}
          />
        )}
      </Field>
      <Field label="Opinion by" hint={`Before it expires, ${formatDay(memo.expiresAt)}.`} required>
        {(control) => (
          <TextInput
            {...control}
            type="date"
            max={memo.expiresAt.slice(0, 10)}
            value={dueOn}
            onChange={(event) => setDueOn(event.target.value)}
          />
        )}
      </Field>
      <Field label="What to look at">
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.target.value)}
          />
        )}
      </Field>
      <p role="alert" className="font-medium text-critical-text">
        {refusal ? refusalSentence(refusal, problems) : null}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <DialogClose asChild>
          <Button>Cancel</Button>
        </DialogClose>
        <Button type="submit" variant="primary" busy={busy}>
          Have it read
        </Button>
      </div>
      {dialog}
    </form>
  );
}
