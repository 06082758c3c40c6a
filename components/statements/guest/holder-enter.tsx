"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { useGuestSend } from "@/components/data-room/guest/use-guest-send";
import { onForm } from "@/components/data-room/on-form";
import { Problem } from "@/components/data-room/problem";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { askHolderCode, enterHolder } from "@/lib/distribution/actions/holder";

/** First the address, then the code that was sent to it. Every address gets the same answer. */
export function HolderEnter({ link }: { link: string }) {
  const router = useRouter();
  const [email, setEmail] = useState<string | null>(null);
  const { busy, problem, send, forget } = useGuestSend();
  const ask = (form: FormData) => {
    const asked = String(form.get("email"));
    return send(
      () => askHolderCode({ link, email: asked }),
      () => setEmail(asked),
    );
  };
  const enter = (form: FormData) =>
    send(
      () => enterHolder({ link, email: email ?? "", code: String(form.get("code")).replace(/\s/g, "") }),
      () => router.refresh(),
    );
  const again = () => {
    forget();
    setEmail(null);
  };
  return (
    <div className="mx-auto grid w-full max-w-sm gap-6 pt-12">
      <h1 className="headline text-2xl">Your statement</h1>
      {email === null ? (
        <form onSubmit={onForm(ask)} className="grid gap-4">
          <p className="text-muted">This statement is for one holder. Give your address; a code is sent to it.</p>
          <Field label="E-mail address" required>
            {(control) => <TextInput {...control} type="email" name="email" autoComplete="email" />}
          </Field>
          <Problem text={problem} />
          <Button type="submit" variant="primary" busy={busy}>
            Send me a code
          </Button>
        </form>
      ) : (
        <form onSubmit={onForm(enter)} className="grid gap-4">
          <p className="text-muted" role="status">
            If {email} is the address that was named, and the last day is not over, a code is on its way. It counts for
            ten minutes.
          </p>
          <Field label="Code" hint="Six digits" required>
            {(control) => (
              <TextInput
                {...control}
                name="code"
                inputMode="numeric"
                autoComplete="one-time-code"
                maxLength={9}
                autoFocus
              />
            )}
          </Field>
          <Problem text={problem} />
          <Button type="submit" variant="primary" busy={busy}>
            Enter
          </Button>
          <Button variant="bare" onClick={again}>
            Another address, or a new code
          </Button>
        </form>
      )}
    </div>
  );
}
