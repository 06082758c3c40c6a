"use client";

import { type FormEvent, useState } from "react";
import { Problem } from "@/components/auth/problem";
import { SecretForm, SecretSubmit } from "@/components/auth/secret-form";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { changePassword } from "@/lib/auth/actions";
import { useChange } from "./use-change";

const PASSWORDS = [
  { key: "current", label: "Present password", autoComplete: "current-password", hint: null },
  {
    key: "next",
    label: "New password",
    autoComplete: "new-password",
    hint: "At least 12 characters. A sentence is easier to remember than a puzzle.",
  },
  { key: "again", label: "The new one again", autoComplete: "new-password", hint: null },
] as const;
const EMPTY = { current: "", next: "", again: "" };

export function PasswordForm() {
  const [typed, setTyped] = useState(EMPTY);
  const { busy, refusal, run, dialog } = useChange();
  const differs = typed.again !== "" && typed.again !== typed.next;
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (differs) return;
    const { current, next } = typed;
    const done = await run(
      () => changePassword({ current, next }),
      "Your password is changed; every other session ended.",
    );
    if (done) setTyped(EMPTY);
  }
  return (
    <SecretForm onSubmit={submit} className="grid max-w-md gap-4" aria-label="Your password">
      <Problem code={refusal} />
      {PASSWORDS.map(({ key, label, autoComplete, hint }) => (
        <Field
          key={key}
          label={label}
          hint={hint}
          error={key === "again" && differs ? "The two are not the same." : null}
        >
          {(control) => (
            <TextInput
              {...control}
              type="password"
              autoComplete={autoComplete}
              required
              minLength={key === "next" ? 12 : undefined}
              value={typed[key]}
              onChange={(event) => setTyped({ ...typed, [key]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <div>
        <SecretSubmit busy={busy}>Change the password</SecretSubmit>
      </div>
      {dialog}
    </SecretForm>
  );
}
