"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { writeNote } from "@/lib/growth/actions/initiatives";
import { InitiativeProblem } from "./initiative-problem";

type NotesProps = {
  initiativeId: string;
  notes: readonly { id: string; text: string; by: string; at: string }[];
  mayEdit: boolean;
};

export function InitiativeNotes({ initiativeId, notes, mayEdit }: NotesProps) {
  const [text, setText] = useState("");
  const { busy, refusal, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await run(() => writeNote({ initiativeId, text }), "The note is kept.")) setText("");
  }
  return (
    <div className="grid grid-cols-1 gap-3">
      {notes.length === 0 ? <p className="text-muted">No note yet.</p> : null}
      <ul>
        {notes.map((note) => (
          <li key={note.id} className="border-b border-line py-2">
            <p className="prose-width whitespace-pre-wrap">{note.text}</p>
            <p className="text-sm text-muted">
              {note.by}, {note.at}
            </p>
          </li>
        ))}
      </ul>
      {mayEdit ? (
        <form onSubmit={submit} className="grid grid-cols-1 gap-3" aria-label="Write a note">
          <Field label="Note" required>
            {(control) => (
              <Textarea {...control} maxLength={2_000} value={text} onChange={(event) => setText(event.target.value)} />
            )}
          </Field>
          <div>
            <Button type="submit" busy={busy}>
              Keep the note
            </Button>
          </div>
          <InitiativeProblem code={refusal} />
        </form>
      ) : null}
      {dialog}
    </div>
  );
}
