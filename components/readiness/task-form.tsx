"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { errorSentence } from "@/components/ui/error-sentence";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { OwnerField } from "@/components/ui/owner-field";
import { TextInput } from "@/components/ui/text-input";
import { addTask } from "@/lib/readiness/actions";
import { READINESS_SENTENCES } from "./readiness-words";

type TaskFormProps = {
  ventureId: string;
  criterion: string;
  suggestion: string;
  people: readonly { id: string; name: string }[];
};

/** A task for a criterion: what, who, until when. */
export function TaskForm({ ventureId, criterion, suggestion, people }: TaskFormProps) {
  const [open, setOpen] = useState(false);
  const [title, setTitle] = useState(suggestion);
  const [ownerId, setOwnerId] = useState("");
  const [dueOn, setDueOn] = useState("");
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const task = { ventureId, criterion, title, ownerId: ownerId || null, dueOn: dueOn || null };
    if (await run(() => addTask(task), "The task is on the list.")) setOpen(false);
  }
  return (
    <>
      <Dialog title="Add a task" open={open} onOpenChange={setOpen} trigger={<Button variant="bare">Add task</Button>}>
        <form onSubmit={submit} className="grid gap-3">
          {refusal ? (
            <Notice level="critical" word="not added">
              {errorSentence(refusal, READINESS_SENTENCES)}
            </Notice>
          ) : null}
          <Field label="What" required error={problemAt("title")}>
            {(control) => <TextInput {...control} value={title} onChange={(event) => setTitle(event.target.value)} />}
          </Field>
          <OwnerField people={people} value={ownerId} onChange={setOwnerId} />
          <Field label="Due" required={false} error={problemAt("dueOn")}>
            {(control) => (
              <TextInput {...control} type="date" value={dueOn} onChange={(event) => setDueOn(event.target.value)} />
            )}
          </Field>
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              Add the task
            </Button>
          </div>
        </form>
      </Dialog>
      {dialog}
    </>
  );
}
