"use client";

import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { changeTerms, proposeGroup } from "@/lib/data-room/actions/groups";
import type { SectionLine } from "@/lib/data-room/queries";
import type { GroupLine } from "@/lib/data-room/queries/groups";
import type { Grant } from "@/lib/data-room/schema/guests";
import { FormFoot } from "../form-foot";
import { onForm } from "../on-form";
import { useSend } from "../use-send";
import { GrantFields } from "./grant-fields";

type GroupFormProps = { roomId: string; sections: readonly SectionLine[]; group?: GroupLine; trigger: ReactNode };

const addressesIn = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** Who, what, and until when. More than is approved becomes a memo to the chairman; less is done at once. */
export function GroupForm({ roomId, sections, group, trigger }: GroupFormProps) {
  const known = group?.proposed ?? group?.terms ?? null;
  const [open, setOpen] = useState(false);
  const [grants, setGrants] = useState<Grant[]>(known?.grants ?? []);
  const { busy, problem, send } = useSend();
  const toast = useToast();
  async function submit(form: FormData) {
    const terms = { emails: addressesIn(String(form.get("emails"))), grants, expiresOn: String(form.get("expiresOn")) };
    const sent = group
      ? await send(() => changeTerms({ groupId: group.id, version: group.version, terms }), null)
      : await send(() => proposeGroup({ roomId, name: String(form.get("name")), terms }), null);
    if (!sent) return;
    setOpen(false);
    toast({ text: sent.memoId ? "Sent to the chairman to decide." : "Done: it is less than what was approved." });
  }
  return (
    <Dialog
      wide
      title={group ? `What ${group.name} may see` : "Open the room to a buyer"}
      description="The chairman approves who gets in and what they see; before that no link can be made."
      open={open}
      onOpenChange={setOpen}
      trigger={trigger}
    >
      <form onSubmit={onForm(submit)} className="grid gap-4">
        {group ? null : (
          <Field label="Buyer or adviser" required>
            {(control) => <TextInput {...control} name="name" maxLength={80} />}
          </Field>
        )}
        <Field label="E-mail addresses" hint="Only these people get in, each with a code." required>
          {(control) => <Textarea {...control} name="emails" rows={3} defaultValue={known?.emails.join("\n")} />}
        </Field>
        <Field label="Last day" required>
          {(control) => <TextInput {...control} type="date" name="expiresOn" defaultValue={known?.expiresOn} />}
        </Field>
        <GrantFields sections={sections} grants={grants} onChange={setGrants} />
        <FormFoot label={group ? "Change" : "Ask the chairman"} busy={busy} problem={problem} />
      </form>
    </Dialog>
  );
}
