"use client";

import { type FormEvent, type RefObject, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { type DemoSignIn, DemoSignIns } from "./demo-sign-ins";
import { Problem } from "./problem";
import { SecretForm } from "./secret-form";
import { beginIdentityProvider, type SignInOutcome, submitSignIn } from "./submit-sign-in";

type SignInFormProps = {
  callbackPath: string;
  initialError: string | null;
  /** The identity provider's name, where one is configured. */
  identityProvider: string | null;
  demo: readonly DemoSignIn[];
};

export function SignInForm({ callbackPath, initialError, identityProvider, demo }: SignInFormProps) {
  const [error, setError] = useState(initialError);
  const [busy, setBusy] = useState(false);
  const [asksCode, setAsksCode] = useState(initialError?.startsWith("SECOND_FACTOR") ?? false);
  const emailRef = useRef<HTMLInputElement>(null);
  const passwordRef = useRef<HTMLInputElement>(null);
  const codeRef = useRef<HTMLInputElement>(null);
  const submitRef = useRef<HTMLButtonElement>(null);

  async function leave(attempt: Promise<SignInOutcome>) {
    setBusy(true);
    setError(null);
    const outcome = await attempt;
    // A full load: nothing of who was here before stays in memory.
    if (outcome.ok) return window.location.assign(outcome.url);
    setBusy(false);
    setError(outcome.error);
    if (outcome.error.startsWith("SECOND_FACTOR")) {
      setAsksCode(true);
      if (codeRef.current) codeRef.current.value = "";
    }
  }

  // Read from the form, not from state: a password manager may have filled it in before the script ran.
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const typed = new FormData(event.currentTarget);
    const field = (name: string) => String(typed.get(name) ?? "");
    const fields = { email: field("email"), password: field("password"), code: field("code") };
    void leave(submitSignIn("password", fields, callbackPath));
  }

  function fill(signIn: DemoSignIn) {
    if (emailRef.current) emailRef.current.value = signIn.email;
    if (passwordRef.current) passwordRef.current.value = signIn.password;
    submitRef.current?.focus();
  }

  return (
    <div className="grid gap-6">
      <SecretForm onSubmit={submit} action="/sign-in/plain" className="grid gap-4" aria-label="Sign in">
        <input type="hidden" name="callbackUrl" value={callbackPath} />
        <Problem code={error} level={error === "SECOND_FACTOR_NEEDED" ? "unknown" : "critical"} />
        <Field label="E-mail">
          {(control) => (
            <TextInput {...control} type="email" name="email" autoComplete="username" required ref={emailRef} />
          )}
        </Field>
        <Field label="Password">
          {(control) => (
            <TextInput
              {...control}
              type="password"
              name="password"
              autoComplete="current-password"
              required
              ref={passwordRef}
            />
          )}
        </Field>
        {asksCode ? <CodeField inputRef={codeRef} /> : null}
        <Button type="submit" ref={submitRef} variant="primary" busy={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </Button>
        <noscript>
          <p className="text-sm">
            Signing in works without JavaScript; reading does too. Deciding, importing and the charts' details need it.
          </p>
        </noscript>
      </SecretForm>
      {identityProvider ? (
        <div className="border-t border-line pt-4">
          <Button className="w-full" busy={busy} onClick={() => leave(beginIdentityProvider(callbackPath))}>
            Sign in with {identityProvider}
          </Button>
        </div>
      ) : null}
      <DemoSignIns demo={demo} onChoose={fill} />
    </div>
  );
}

/** Takes the focus as it appears: the person was just asked for it. */
function CodeField({ inputRef }: { inputRef: RefObject<HTMLInputElement | null> }) {
  useEffect(() => inputRef.current?.focus(), [inputRef]);
  return (
    <Field label="Code of your authenticator">
      {(control) => (
        <TextInput
          {...control}
          ref={inputRef}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9 ]{6,7}"
          title="six digits"
          required
        />
      )}
    </Field>
  );
}
