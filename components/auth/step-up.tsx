"use client";

import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { stepUp, stepUpMethod } from "@/lib/auth/actions";
import { Problem } from "./problem";
import { SecretForm, SecretSubmit } from "./secret-form";

type Outcome = { ok: true } | { ok: false; refusal: string };
type Waiting = { resolve: (proved: boolean) => void };

/**
 * `const { guarded, dialog } = useStepUp()`: render `dialog` once, and wrap each call that may answer STEP_UP_REQUIRED:
 * `guarded(() => submitVerdict(input))` asks for the proof and then makes the same call again.
 */
export function useStepUp(): {
  guarded: <R extends Outcome>(call: () => Promise<R>) => Promise<R>;
  dialog: ReactNode;
} {
  const [waiting, setWaiting] = useState<Waiting | null>(null);
  const guarded = useCallback(async <R extends Outcome>(call: () => Promise<R>): Promise<R> => {
    const first = await call();
    if (first.ok || first.refusal !== "STEP_UP_REQUIRED") return first;
    const proved = await new Promise<boolean>((resolve) => setWaiting({ resolve }));
    return proved ? await call() : first;
  }, []);
  function done(proved: boolean) {
    waiting?.resolve(proved);
    setWaiting(null);
  }
  return { guarded, dialog: <StepUpDialog open={waiting !== null} onDone={done} /> };
}

function StepUpDialog({ open, onDone }: { open: boolean; onDone: (proved: boolean) => void }) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onDone(false);
      }}
      title="Show that it is you"
      description="This cannot be undone or unseen, or changes who may do what. The proof holds for five minutes in this session."
    >
      {open ? <StepUpForm onDone={() => onDone(true)} /> : null}
    </Dialog>
  );
}

type Method = "code" | "password";

function StepUpForm({ onDone }: { onDone: () => void }) {
  const [method, setMethod] = useState<Method | null>(null);
  const [answer, setAnswer] = useState("");
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    let gone = false;
    stepUpMethod({}).then((outcome) => {
      if (gone) return;
      if (outcome.ok) setMethod(outcome.value);
      else setError(outcome.refusal);
    });
    return () => {
      gone = true;
    };
  }, []);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setBusy(true);
    const outcome = await stepUp(method === "code" ? { code: answer } : { password: answer });
    setBusy(false);
    if (outcome.ok) return onDone();
    setError(outcome.refusal === "INVALID_INPUT" ? "CODE_NEEDED" : outcome.refusal);
    setAnswer("");
  }

  return (
    <SecretForm onSubmit={submit} className="grid gap-4" aria-busy={method === null}>
      <Problem code={error} />
      <Field
        label={method === "code" ? "Code of your authenticator" : "Your password"}
        hint={
          method === "password" ? "Enrol a second factor in Settings: a stolen password would be enough now." : null
        }
      >
        {(control) => (
          <TextInput
            {...control}
            key={method}
            ref={(input) => input?.focus()}
            type={method === "code" ? "text" : "password"}
            inputMode={method === "code" ? "numeric" : undefined}
            autoComplete={method === "code" ? "one-time-code" : "current-password"}
            required
            value={answer}
            onChange={(event) => setAnswer(event.target.value)}
          />
        )}
      </Field>
      <div className="flex justify-end">
        <SecretSubmit variant="primary" busy={busy || method === null}>
          Continue
        </SecretSubmit>
      </div>
    </SecretForm>
  );
}
