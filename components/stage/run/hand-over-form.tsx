"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { submitHandOver } from "@/lib/stage/actions/run";
import type { HandOverLine } from "@/lib/stage/schema/run";
import { HandOverTable } from "./hand-over-table";
import { refusalSentence } from "./run-words";

type Shown = { lines: HandOverLine[]; applied: boolean; text: string; fileName: string };

/** Chooses a file, shows what each row would do, and takes it in. */
export function HandOverForm() {
  const router = useRouter();
  const [shown, setShown] = useState<Shown | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const send = (text: string, fileName: string, apply: boolean) =>
    start(async () => {
      const outcome = await submitHandOver({ text, fileName, apply }).catch(() => ({
        ...{ ok: false as const, refusal: "UNAVAILABLE" },
      }));
      setError(outcome.ok ? null : refusalSentence(outcome.refusal));
      setShown(outcome.ok ? { lines: outcome.value.lines, applied: apply, text, fileName } : null);
      if (apply) router.refresh();
    });
  async function look(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get("file");
    if (file instanceof File) send(await file.text(), file.name, false);
  }
  return (
    <div className="grid gap-6">
      <form onSubmit={look} className="grid max-w-xl gap-4">
        <Field
          label="File (CSV)"
          required
          error={error}
          hint="Columns: key, venture, maturity_score, assessed_on. The key is the sender's own; the same key is the same report."
        >
          {(control) => <TextInput {...control} type="file" name="file" accept=".csv,text/csv" />}
        </Field>
        <p>
          <Button type="submit" busy={pending}>
            Show what it would do
          </Button>
        </p>
      </form>
      {shown ? <Rows shown={shown} busy={pending} take={() => send(shown.text, shown.fileName, true)} /> : null}
    </div>
  );
}

function Rows({ shown: { lines, applied }, busy, take }: { shown: Shown; busy: boolean; take: () => void }) {
  const wanted = lines.some(({ outcome }) => outcome === "initiated" || outcome === "waiting");
  return (
    <div className="grid gap-4">
      <HandOverTable caption={applied ? "What was taken in" : "What it would do"} lines={lines} applied={applied} />
      {applied || !wanted ? null : (
        <p>
          <Button variant="primary" busy={busy} onClick={take}>
            Take it in
          </Button>
        </p>
      )}
    </div>
  );
}
