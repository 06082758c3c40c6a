"use client";

import { type FormEvent, useState } from "react";
import { Problem } from "@/components/auth/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { changeName } from "@/lib/auth/actions";
import { useChange } from "./use-change";

export function NameForm({ name: stored, email, role }: { name: string; email: string; role: string }) {
  const [name, setName] = useState(stored);
  const { busy, refusal, run, dialog } = useChange();
  function submit(event: FormEvent) {
    event.preventDefault();
    void run(() => changeName({ name }), "Your name is saved.");
  }
  return (
    <form onSubmit={submit} className="grid max-w-md gap-4" aria-label="Your name">
      <Problem code={refusal} />
      <Field label="Name" hint="As others read it in memos and in the record.">
        {(control) => (
          <TextInput
            {...control}
            autoComplete="name"
            required
            maxLength={120}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
        )}
      </Field>
      <p className="text-sm text-muted">
        {email}, {role}. An administrator changes these.
      </p>
      <div>
        <Button type="submit" busy={busy} disabled={name.trim() === stored || name.trim() === ""}>
          Save the name
        </Button>
      </div>
      {dialog}
    </form>
  );
}
