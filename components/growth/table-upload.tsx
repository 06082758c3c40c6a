"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { useToast } from "@/components/ui/toast";
import type { FieldProblem } from "@/lib/errors";
import { growthSentence } from "./driver-words";

type Answer =
  | { ok: true; value: { rows: number; changed: number } }
  | { ok: false; refusal: string; problems?: readonly FieldProblem[] };

type TableUploadProps = { label: string; columns: readonly string[]; send: (csv: string) => Promise<Answer> };

/** A small CSV file, all rows or none; what cannot be read is named by its line. */
export function TableUpload({ label, columns, send }: TableUploadProps) {
  const router = useRouter();
  const toast = useToast();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Extract<Answer, { ok: false }> | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const file = new FormData(form).get("file");
    if (!(file instanceof File) || file.size === 0) return;
    setBusy(true);
    const answer = await send(await file.text()).catch((): Answer => ({ ok: false, refusal: "UNAVAILABLE" }));
    setBusy(false);
    setRefused(answer.ok ? null : answer);
    if (!answer.ok) return;
    form.reset();
    toast({ text: answer.value.changed === 0 ? "The file is held already; nothing changed." : "The file is loaded." });
    router.refresh();
  }

  return (
    <form onSubmit={submit} className="grid gap-3" aria-label={label}>
      <Field label={label} hint={`CSV with the columns ${columns.join(", ")}`} required>
        {(control) => (
          <input {...control} type="file" name="file" accept=".csv,text/csv" className="max-w-full text-sm" />
        )}
      </Field>
      {refused ? (
        <div role="alert" className="border-l-3 border-critical bg-wash px-3 py-2">
          <p className="font-medium">{growthSentence(refused.refusal)}</p>
          <ul className="list-disc pl-5 text-sm">
            {refused.problems?.map(({ path, expected }) => (
              <li key={`${path} ${expected}`}>
                {path}: {expected}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div>
        <Button type="submit" busy={busy}>
          Load it
        </Button>
      </div>
    </form>
  );
}
