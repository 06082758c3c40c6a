"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import type { FieldProblem } from "@/lib/errors";
import { ClosingProblem } from "./closing-problem";

type Outcome = { ok: true; value: unknown } | { ok: false; refusal: string; problems?: readonly FieldProblem[] };

type ClosingDialogProps = {
  title: string;
  description?: string;
  trigger: ReactNode;
  /** The verb of the button. */
  submit: string;
  /** Said when it is done. */
  done: string;
  send: () => Promise<Outcome>;
  children: (problemAt: (path: string) => string | null) => ReactNode;
};

/** A form of the closing in a dialog: fields, one button, and what was refused. */
export function ClosingDialog({ title, description, trigger, submit, done, send, children }: ClosingDialogProps) {
  const [open, setOpen] = useState(false);
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (await run(send, done)) setOpen(false);
  }
  return (
    <>
      <Dialog title={title} description={description} trigger={trigger} open={open} onOpenChange={setOpen}>
        <form onSubmit={onSubmit} className="grid grid-cols-1 gap-3">
          {children(problemAt)}
          <ClosingProblem code={refusal} problems={problems} />
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
