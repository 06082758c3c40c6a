"use client";

import { type FormEvent, useState } from "react";
import { Problem } from "@/components/auth/problem";
import { SecretForm, SecretSubmit } from "@/components/auth/secret-form";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Field } from "@/components/ui/field";
import { Level } from "@/components/ui/level";
import { TextInput } from "@/components/ui/text-input";
import { beginSecondFactor, confirmSecondFactor, removeSecondFactor } from "@/lib/auth/actions";
import { useChange } from "./use-change";

type Offered = { secret: string; uri: string };

export function SecondFactor({ enrolled }: { enrolled: boolean }) {
  const [offered, setOffered] = useState<Offered | null>(null);
  const { busy, refusal, run, dialog } = useChange();
  async function begin() {
    const begun = await run(() => beginSecondFactor({}));
    if (begun) setOffered(begun.value);
  }
  async function confirm(code: string) {
    const confirmed = await run(() => confirmSecondFactor({ code }), "The second factor is enrolled.");
    if (confirmed) setOffered(null);
  }
  return (
    <div className="grid max-w-2xl gap-4">
      <Problem code={refusal} />
      {enrolled ? (
        <Enrolled
          onRemove={async () => {
            await run(() => removeSecondFactor({}), "The second factor is removed.");
          }}
        />
      ) : offered ? (
        <Enrolment offered={offered} busy={busy} onConfirm={confirm} />
      ) : (
        <>
          <p className="prose-width">
            <Level level="warning" word="Not enrolled." /> Whoever has your password can do what cannot be undone. An
            authenticator on your phone prevents it.
          </p>
          <div>
            <Button onClick={begin} busy={busy}>
              Enrol a second factor
            </Button>
          </div>
        </>
      )}
      {dialog}
    </div>
  );
}

function Enrolled({ onRemove }: { onRemove: () => Promise<void> }) {
  return (
    <>
      <p className="prose-width">
        <Level level="healthy" word="Enrolled." /> Asked when you sign in, and before what cannot be undone.
      </p>
      <div>
        <ConfirmDialog
          title="Remove the second factor?"
          description="Your password alone will be enough again. You can enrol a new one at any time."
          confirmLabel="Remove it"
          danger
          trigger={<Button variant="danger">Remove the second factor</Button>}
          onConfirm={onRemove}
        />
      </div>
    </>
  );
}

type EnrolmentProps = { offered: Offered; busy: boolean; onConfirm: (code: string) => Promise<void> };

function Enrolment({ offered, busy, onConfirm }: EnrolmentProps) {
  const [code, setCode] = useState("");
  function submit(event: FormEvent) {
    event.preventDefault();
    void onConfirm(code);
  }
  return (
    <SecretForm onSubmit={submit} className="grid gap-4" aria-label="Enrol a second factor">
      <p className="prose-width">
        Open an authenticator and enter this key, or{" "}
        <a className="underline underline-offset-3" href={offered.uri}>
          open it on this device
        </a>
        . It is shown only now.
      </p>
      <p>
        <output aria-label="Key" className="font-mono text-lg break-all select-all">
          {offered.secret.match(/.{1,4}/g)?.join(" ")}
        </output>
      </p>
      <Field label="The code that it shows" className="max-w-48">
        {(control) => (
          <TextInput
            {...control}
            inputMode="numeric"
            autoComplete="one-time-code"
            pattern="[0-9 ]{6,7}"
            title="six digits"
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
        )}
      </Field>
      <div>
        <SecretSubmit variant="primary" busy={busy}>
          Enrol
        </SecretSubmit>
      </div>
    </SecretForm>
  );
}
