"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { addFinding } from "@/lib/data-room/actions";
import { SEVERITIES, type Severity } from "@/lib/data-room/schema";
import { FormFoot } from "../form-foot";
import { onForm } from "../on-form";
import type { Linkable } from "../requests/link-dialog";
import { useSend } from "../use-send";

type FindingFormProps = {
  roomId: string;
  currency: string;
  sections: readonly { number: number; title: string }[];
  documents: readonly Linkable[];
};

/** What was found, how bad it is, and what it may take off the price. */
export function FindingForm({ roomId, currency, sections, documents }: FindingFormProps) {
  const [open, setOpen] = useState(false);
  const { busy, problem, send } = useSend();
  async function submit(form: FormData) {
    const text = (name: string) => String(form.get(name) ?? "");
    const finding = {
      ...{ roomId, section: Number(text("section")), documentId: text("document") || null, title: text("title") },
      ...{
        detail: text("detail"),
        severity: text("severity") as Severity,
        priceEffect: text("effect").replace(/[,\s]/g, "") || null,
      },
    };
    if (await send(() => addFinding(finding), "The finding is recorded.")) setOpen(false);
  }
  return (
    <Dialog
      title="Record a finding"
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="primary">Record a finding</Button>}
    >
      <form onSubmit={onForm(submit)} className="grid gap-4">
        <Field label="What was found" required>
          {(control) => <TextInput {...control} name="title" maxLength={160} />}
        </Field>
        <Field label="In detail" required={false}>
          {(control) => <Textarea {...control} name="detail" rows={3} maxLength={2_000} />}
        </Field>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Section" required>
            {(control) => (
              <Select
                {...control}
                name="section"
                options={sections.map(({ number, title }) => ({ value: String(number), label: `${number} ${title}` }))}
              />
            )}
          </Field>
          <Field label="Severity" required>
            {(control) => (
              <Select
                {...control}
                name="severity"
                defaultValue="medium"
                options={SEVERITIES.map((value) => ({ value, label: value }))}
              />
            )}
          </Field>
          <Field
            label={`Price effect, ${currency}`}
            hint="What it takes off the price; empty while nobody can say."
            required={false}
          >
            {(control) => <TextInput {...control} numeric name="effect" />}
          </Field>
          <Field label="Document" required={false}>
            {(control) => (
              <Select
                {...control}
                name="document"
                placeholder="None"
                options={documents.map(({ id, label }) => ({ value: id, label }))}
              />
            )}
          </Field>
        </div>
        <FormFoot label="Record" busy={busy} problem={problem} />
      </form>
    </Dialog>
  );
}
