"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import type { FieldProblem } from "@/lib/errors";
import { Button } from "./button";
import { Dialog } from "./dialog";

type Outcome = { ok: true; value: unknown } | { ok: false; refusal: string; problems?: readonly FieldProblem[] };

export type FormDialogProps = {
  title: string;
  description?: string;
  trigger: ReactNode;
  /** The verb of the button. */
  submit: string;
  danger?: boolean;
  /** Said when it is done. */
  done: string;
  send: () => Promise<Outcome>;
  wide?: boolean;
  /** Why it was not done, in the words of the room. */
  problem: (code: string | null, problems: readonly FieldProblem[]) => ReactNode;
  children: (problemAt: (path: string) => string | null) => ReactNode;
};

/** A form in a dialog: fields, one button, what was refused, and the proof of presence where it is asked for. */
export function FormDialog(props: FormDialogProps) {
  const { title, description, trigger, submit, danger, done, send, wide, problem, children } = props;
  const [open, setOpen] = useState(false);
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (await run(send, done)) setOpen(false);
  }
  return (
    <>
      <Dialog title={title} description={description} trigger={trigger} open={open} onOpenChange={setOpen} wide={wide}>
        <form onSubmit={onSubmit} className="grid grid-cols-1 gap-3">
          {children(problemAt)}
          {problem(refusal, problems)}
          <div>
            <Button type="submit" variant={danger ? "danger" : "primary"} busy={busy}>
              {submit}
            </Button>
          </div>
        </form>
      </Dialog>
      {dialog}
    </>
  );
}
