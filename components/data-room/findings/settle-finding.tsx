"use client";

import { type ReactNode, useState } from "react";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { settleFinding } from "@/lib/data-room/actions";
import type { FindingLine } from "@/lib/data-room/queries/findings";
import { FormFoot } from "../form-foot";
import { onForm } from "../on-form";
import { useSend } from "../use-send";

const CHOICES = [
  { value: "mitigated", label: "Mitigated: it is mended" },
  { value: "accepted", label: "Accepted: it is in the price" },
];
const AGAIN = [{ value: "open", label: "Open again" }];

export function SettleFinding({ finding, trigger }: { finding: FindingLine; trigger: ReactNode }) {
  const [open, setOpen] = useState(false);
  const { busy, problem, send } = useSend();
  async function submit(form: FormData) {
    const status = String(form.get("status")) as "open" | "mitigated" | "accepted";
    const input = {
      findingId: finding.id,
      version: finding.version,
      status,
      resolution: String(form.get("resolution")),
    };
    if (await send(() => settleFinding(input), "Recorded.")) setOpen(false);
  }
  return (
    <Dialog title={finding.title} open={open} onOpenChange={setOpen} trigger={trigger}>
      <form onSubmit={onForm(submit)} className="grid gap-4">
        <Field label="What becomes of it" required>
          {(control) => <Select {...control} name="status" options={finding.status === "open" ? CHOICES : AGAIN} />}
        </Field>
        <Field label="What was done, or why" required>
          {(control) => <Textarea {...control} name="resolution" rows={3} maxLength={1_000} />}
        </Field>
        <FormFoot label="Record" busy={busy} problem={problem} />
      </form>
    </Dialog>
  );
}
