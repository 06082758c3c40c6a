"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { TextInput } from "@/components/ui/text-input";
import { useToast } from "@/components/ui/toast";
import type { FieldProblem } from "@/lib/errors";
import { submitRate } from "@/lib/metrics/actions";
import { rateSentence } from "./rate-words";

type Refused = { refusal: string; problems?: readonly FieldProblem[] };
const textOf = (form: FormData, name: string) => String(form.get(name) ?? "");

/** One rate by hand. A reason is asked once another rate stands in its place. */
export function RateForm({ base, quote }: { base: string | null; quote: string | null }) {
  const router = useRouter();
  const toast = useToast();
  const form = useRef<HTMLFormElement>(null);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const problem = (path: string) => refused?.problems?.find((one) => one.path === path)?.expected ?? null;

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const [from, into, day] = [textOf(data, "base"), textOf(data, "quote"), textOf(data, "day")];
    const rest = { rate: textOf(data, "rate"), source: textOf(data, "source"), reason: textOf(data, "reason") };
    setBusy(true);
    const answer = await submitRate({ base: from, quote: into, day, ...rest }).catch(() => ({
      ok: false as const,
      refusal: "UNAVAILABLE",
      problems: undefined,
    }));
    setBusy(false);
    setRefused(answer.ok ? null : answer);
    if (!answer.ok) return;
    toast({ text: "The rate is stored; figures over it are computed again." });
    form.current?.reset();
    router.refresh();
  }

  return (
    <form ref={form} onSubmit={submit} className="grid gap-4" aria-label="Add a rate">
      <div className="grid gap-4 sm:grid-cols-3 lg:grid-cols-5">
        <Field label="One unit of" required error={problem("base")}>
          {(control) => <Code {...control} name="base" value={base} placeholder="EUR" />}
        </Field>
        <Field label="is in" required error={problem("quote")}>
          {(control) => <Code {...control} name="quote" value={quote} placeholder="USD" />}
        </Field>
        <Field label="Rate" required error={problem("rate")}>
          {(control) => <TextInput {...control} name="rate" numeric placeholder="1.0845" />}
        </Field>
        <Field label="Day" required error={problem("day")}>
          {(control) => <TextInput {...control} name="day" type="date" />}
        </Field>
        <Field label="Published by" required error={problem("source")}>
          {(control) => <TextInput {...control} name="source" maxLength={120} placeholder="Central bank" />}
        </Field>
      </div>
      <div role="alert" className="empty:hidden">
        {refused ? (
          <Notice level={refused.refusal === "REASON_REQUIRED" ? "warning" : "critical"} word="not saved">
            {rateSentence(refused.refusal)}
          </Notice>
        ) : null}
      </div>
      {refused?.refusal === "REASON_REQUIRED" ? (
        <Field label="Reason" required hint={`Needed: ${problem("reason")}.`}>
          {(control) => <TextInput {...control} name="reason" maxLength={500} />}
        </Field>
      ) : null}
      <div>
        <Button type="submit" busy={busy}>
          Add the rate
        </Button>
      </div>
    </form>
  );
}

type CodeProps = { id: string; name: string; value: string | null; placeholder: string };

const Code = ({ value, ...rest }: CodeProps) => (
  <TextInput
    {...rest}
    key={value}
    defaultValue={value ?? ""}
    maxLength={3}
    pattern="[A-Za-z]{3}"
    title="Three letters, such as EUR"
    className="uppercase"
  />
);
