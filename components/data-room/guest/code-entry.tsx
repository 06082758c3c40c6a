"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { onForm } from "../on-form";
import { Problem } from "../problem";
import { type Answer, useGuestSend } from "./use-guest-send";

type CodeEntryProps = {
  title: string;
  /** Who may come in, and that a code is sent. */
  lead: string;
  /** What is said whether the address was right or not. */
  sent: (email: string) => string;
  ask: (email: string) => Promise<Answer>;
  enter: (email: string, code: string) => Promise<Answer>;
};

/** First the address, then the code that was sent to it. Every address gets the same answer. */
export function CodeEntry({ title, lead, sent, ask, enter }: CodeEntryProps) {
  const router = useRouter();
  const [email, setEmail] = useState<string | null>(null);
  const { busy, problem, send, forget } = useGuestSend();
  const askFor = (form: FormData) => {
    const asked = String(form.get("email"));
    return send(
      () => ask(asked),
      () => setEmail(asked),
    );
  };
  const enterWith = (form: FormData) =>
    send(
      () => enter(email ?? "", String(form.get("code")).replace(/\s/g, "")),
      () => router.refresh(),
    );
  const again = () => {
    forget();
    setEmail(null);
  };
  return (
    <div className="mx-auto grid w-full max-w-sm gap-6 pt-12">
      <h1 className="headline text-2xl">{title}</h1>
      {email === null ? (
        <form onSubmit={onForm(askFor)} className="grid gap-4">
          <p className="text-muted">{lead}</p>
          <Field label="E-mail address" required>
            {(control) => <TextInput {...control} type="email" name="email" autoComplete="email" />}
          </Field>
          <Problem text={problem} />
          <Button type="submit" variant="primary" busy={busy}>
            Send me a code
          </Button>
        </form>
      ) : (
        <form onSubmit={onForm(enterWith)} className="grid gap-4">
          <p className="text-muted" role="status">
            {sent(email)}
          </p>
          <CodeField />
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

const CodeField = () => (
  <Field label="Code" hint="Six digits" required>
    {(control) => (
      <TextInput {...control} name="code" inputMode="numeric" autoComplete="one-time-code" maxLength={9} autoFocus />
    )}
  </Field>
);
