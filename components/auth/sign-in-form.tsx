"use client";

import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { type DemoSignIn, DemoSignIns } from "./demo-sign-ins";
import { Problem } from "./problem";
import { beginIdentityProvider, type SignInOutcome, submitSignIn } from "./submit-sign-in";

type SignInFormProps = {
  callbackPath: string;
  initialError: string | null;
  /** The identity provider's name, where one is configured. */
  identityProvider: string | null;
  demo: readonly DemoSignIn[];
};

export function SignInForm({ callbackPath, initialError, identityProvider, demo }: SignInFormProps) {
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [code, setCode] = useState("");
  const [error, setError] = useState(initialError);
  const [busy, setBusy] = useState(false);
  const [asksCode, setAsksCode] = useState(false);
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
      setCode("");
    }
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    void leave(submitSignIn("password", { email, password, code: asksCode ? code : "" }, callbackPath));
  }

  function fill(signIn: DemoSignIn) {
    setEmail(signIn.email);
    setPassword(signIn.password);
    submitRef.current?.focus();
  }

  return (
    <div className="grid gap-6">
      <form onSubmit={submit} className="grid gap-4" aria-label="Sign in">
        <Problem code={error} level={error === "SECOND_FACTOR_NEEDED" ? "unknown" : "critical"} />
        <Field label="E-mail">
          {(control) => (
            <TextInput
              {...control}
              type="email"
              name="email"
              autoComplete="username"
              required
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
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
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          )}
        </Field>
        {asksCode ? <CodeField code={code} onChange={setCode} /> : null}
        <Button ref={submitRef} type="submit" variant="primary" busy={busy}>
          {busy ? "Signing in…" : "Sign in"}
        </Button>
      </form>
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
function CodeField({ code, onChange }: { code: string; onChange: (code: string) => void }) {
  return (
    <Field label="Code of your authenticator">
      {(control) => (
        <TextInput
          {...control}
          ref={(input) => input?.focus()}
          name="code"
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9 ]{6,7}"
          title="six digits"
          required
          value={code}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
