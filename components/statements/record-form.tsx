"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { FieldProblem } from "@/lib/errors";
import { RecordProblem } from "./problem";

type Outcome = { ok: true; value: unknown } | { ok: false; refusal: string; problems?: readonly FieldProblem[] };

type RecordFormProps = {
  title: string;
  description?: string;
  trigger: ReactNode;
  submit: string;
  done: string;
  send: (form: FormData) => Promise<Outcome>;
  wide?: boolean;
  children: ReactNode;
};

/** A form in a dialog: fields, one button, what was refused. */
export function RecordForm({ title, description, trigger, submit, done, send, wide, children }: RecordFormProps) {
  const [open, setOpen] = useState(false);
  const { busy, refusal, problems, run, dialog } = useChange();
  async function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (await run(() => send(form), done)) setOpen(false);
  }
  return (
    <>
      <Dialog title={title} description={description} trigger={trigger} open={open} onOpenChange={setOpen} wide={wide}>
        <form onSubmit={onSubmit} className="grid grid-cols-1 gap-3">
          {children}
          <RecordProblem code={refusal} problems={problems} />
          <div>
            <Button type="submit" variant="primary" busy={busy}>
              {submit}
            </Button>
          </div>
        </form>
      </Dialog>
      {dialog}
    </>
  );
}
