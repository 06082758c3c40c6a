"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { addItem } from "@/lib/data-room/actions";
import type { SectionLine } from "@/lib/data-room/queries";
import { FormFoot } from "../form-foot";
import { onForm } from "../on-form";
import { useSend } from "../use-send";

/** An item that the template does not have, as the last of its section. */
export function ItemForm({ roomId, section }: { roomId: string; section: SectionLine }) {
  const [open, setOpen] = useState(false);
  const { busy, problem, send } = useSend();
  async function submit(form: FormData) {
    const input = { roomId, section: section.number, title: String(form.get("title")) };
    if (await send(() => addItem({ ...input, required: form.get("required") === "on" }), "The item is added."))
      setOpen(false);
  }
  return (
    <Dialog
      title={`Add an item to ${section.number} ${section.title}`}
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Add an item</Button>}
    >
      <form onSubmit={onForm(submit)} className="grid gap-4">
        <Field label="What belongs there" required>
          {(control) => <TextInput {...control} name="title" maxLength={160} />}
        </Field>
        <Checkbox name="required" label="This deal needs it" hint="It then counts in the completeness." />
        <FormFoot label="Add" busy={busy} problem={problem} />
      </form>
    </Dialog>
  );
}
