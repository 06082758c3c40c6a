"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { addRequests } from "@/lib/data-room/actions";
import { FormFoot } from "../form-foot";
import { onForm } from "../on-form";
import { useSend } from "../use-send";

/** A list as it came by mail: one request a line. */
export function RequestForm({ roomId }: { roomId: string }) {
  const [open, setOpen] = useState(false);
  const { busy, problem, send } = useSend();
  async function submit(form: FormData) {
    const [source, dueOn, lines] = [
      String(form.get("source")),
      String(form.get("dueOn")) || null,
      String(form.get("lines")),
    ];
    if (await send(() => addRequests({ roomId, source, dueOn, lines }), "The requests are added.")) setOpen(false);
  }
  return (
    <Dialog
      title="Add requests"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Add requests</Button>}
    >
      <form onSubmit={onForm(submit)} className="grid gap-4">
        <Field label="Whose list" hint="A buyer’s name, or “own”." required>
          {(control) => <TextInput {...control} name="source" maxLength={80} defaultValue="own" />}
        </Field>
        <Field label="Due" required={false}>
          {(control) => <TextInput {...control} type="date" name="dueOn" />}
        </Field>
        <Field label="Requests, one a line" required>
          {(control) => <Textarea {...control} name="lines" rows={8} maxLength={40_000} />}
        </Field>
        <FormFoot label="Add" busy={busy} problem={problem} />
      </form>
    </Dialog>
  );
}
