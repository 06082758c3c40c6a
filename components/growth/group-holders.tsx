"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { submitGroupHolding } from "@/lib/growth/actions";
import type { HolderChoice } from "@/lib/growth/queries/drivers/drivers";
import { growthSentence } from "./driver-words";

type GroupHoldersProps = { ventureId: string; version: number; holders: readonly HolderChoice[] };

/** Which holders of the cap table are the group's own: what its part of the proceeds is counted from. */
export function GroupHolders({ ventureId, version, holders }: GroupHoldersProps) {
  const [open, setOpen] = useState(false);
  const { busy, refusal, problemAt, run, dialog } = useChange();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const holderIds = form.getAll("holder").map(String);
    const reason = String(form.get("reason") ?? "");
    const saved = await run(
      () => submitGroupHolding({ ventureId, version, holderIds, reason }),
      "The group's holders are kept.",
    );
    if (saved) setOpen(false);
  }

  return (
    <Dialog
      title="Which holders are the group's own?"
      description="The group's proceeds are what the waterfall pays to these holders."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Choose the group’s holders</Button>}
    >
      <form onSubmit={send} className="grid gap-4">
        <fieldset>
          <legend className="text-sm font-medium">Holders of the cap table</legend>
          {holders.map(({ holderId, name, ours }) => (
            <Checkbox key={holderId} name="holder" value={holderId} label={name} defaultChecked={ours} />
          ))}
        </fieldset>
        <Field label="How do you know?" required error={problemAt("reason")}>
          {(control) => <TextInput {...control} name="reason" minLength={3} maxLength={300} />}
        </Field>
        <p role="alert" className="font-medium text-critical-text">
          {growthSentence(refusal)}
        </p>
        <div>
          <Button type="submit" variant="primary" busy={busy}>
            Keep these holders
          </Button>
        </div>
      </form>
      {dialog}
    </Dialog>
  );
}
