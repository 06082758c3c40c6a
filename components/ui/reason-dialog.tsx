"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import type { FieldProblem } from "@/lib/errors";
import { Button } from "./button";
import { Dialog } from "./dialog";
import { Field } from "./field";
import { Textarea } from "./textarea";
import { useToast } from "./toast";

type Answer = { ok: true } | { ok: false; refusal: string; problems?: readonly FieldProblem[] };

type ReasonDialogProps = {
  /** A question: "Take back invoices.csv?" */
  title: string;
  /** What exactly will happen, and what is kept. */
  description: string;
  trigger: ReactNode;
  /** The verb, never "OK". */
  confirmLabel: string;
  /** Said when it is done. */
  done: string;
  /** What a person reads for a refusal; the problems that come with it are listed below. */
  sentence: (refusal: string) => string;
  send: (reason: string) => Promise<Answer>;
  /** Offered with what is said, as long as it stands. */
  undo?: () => Promise<unknown>;
  /** Where the person goes afterwards; left out: the page is read anew. */
  thenTo?: string;
};

/** Something that takes away, done with a reason for the record. A call that got no answer saved nothing. */
export function ReasonDialog(props: ReasonDialogProps) {
  const { title, description, trigger, confirmLabel, done, undo, sentence, send, thenTo } = props;
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Extract<Answer, { ok: false }> | null>(null);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason"));
    setBusy(true);
    const answer = await send(reason).catch((): Answer => ({ ok: false, refusal: "UNAVAILABLE" }));
    setBusy(false);
    setRefused(answer.ok ? null : answer);
    if (!answer.ok) return;
    setOpen(false);
    toast({ text: done, ...(undo ? { action: { label: "Undo", run: async () => void (await undo()) } } : {}) });
    if (thenTo) router.push(thenTo);
    router.refresh();
  }

  return (
    <Dialog title={title} description={description} open={open} onOpenChange={setOpen} trigger={trigger}>
      <form onSubmit={submit} className="grid gap-4">
        <Field label="Reason" required>
          {(control) => <Textarea {...control} name="reason" rows={2} minLength={3} maxLength={500} />}
        </Field>
        <div role="alert" className="empty:hidden">
          {refused ? (
            <div className="border-l-3 border-critical bg-wash px-3 py-2">
              <p className="font-medium">{sentence(refused.refusal)}</p>
              <ul className="list-disc pl-5 text-sm">
                {refused.problems?.map(({ path, expected }) => (
                  <li key={`${path} ${expected}`}>Needed: {expected}.</li>
                ))}
              </ul>
            </div>
          ) : null}
        </div>
        <div className="flex justify-end">
          <Button type="submit" variant="danger" busy={busy}>
            {confirmLabel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
