"use client";

import { type FormEvent, useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Problem } from "./problem";
import { SecretForm, SecretSubmit } from "./secret-form";
import { submitSignIn } from "./submit-sign-in";

/** The token stands after the #, so no server log, proxy or Referer ever holds it. */
export function InvitationForm() {
  const [token, setToken] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const given = window.location.hash.slice(1);
    setToken(given);
    if (!given) setError("INVITATION_INVALID");
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (password !== again) return;
    setBusy(true);
    setError(null);
    const outcome = await submitSignIn("invitation", { token, password }, "/");
    if (outcome.ok) return window.location.assign(outcome.url);
    setBusy(false);
    setError(outcome.error);
  }

  const differs = again !== "" && password !== again;
  return (
    <SecretForm onSubmit={submit} className="grid gap-4" aria-label="Choose a password">
      <Problem code={error} />
      <Field label="New password" hint="At least 12 characters. A sentence is easier to remember than a puzzle.">
        {(control) => (
          <TextInput
            {...control}
            type="password"
            autoComplete="new-password"
            minLength={12}
            required
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
      <Field label="The same again" error={differs ? "The two are not the same." : null}>
        {(control) => (
          <TextInput
            {...control}
            type="password"
            autoComplete="new-password"
            required
            value={again}
            onChange={(event) => setAgain(event.target.value)}
          />
        )}
      </Field>
      <SecretSubmit variant="primary" busy={busy}>
        Save and sign in
      </SecretSubmit>
    </SecretForm>
  );
}
