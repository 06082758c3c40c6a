"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { askQuestion } from "@/lib/data-room/actions/guest";
import { FormFoot } from "../form-foot";
import { onForm } from "../on-form";
import { useGuestSend } from "./use-guest-send";

type AskFormProps = {
  link: string;
  documentId: string | null;
  about?: string;
  sections: readonly { number: number; title: string }[];
};

/** A question about a document, or about a section. */
export function AskForm({ link, documentId, about, sections }: AskFormProps) {
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const { busy, problem, send } = useGuestSend();
  function submit(form: FormData) {
    const section = Number(form.get("section")) || null;
    return send(
      () => askQuestion({ link, documentId, section, text: String(form.get("text")) }),
      () => {
        setOpen(false);
        toast({ text: "Your question is on its way." });
        router.refresh();
      },
    );
  }
  return (
    <Dialog
      title="Ask a question"
      description={about ? `About ${about}` : undefined}
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>Ask a question</Button>}
    >
      <form onSubmit={onForm(submit)} className="grid gap-4">
        {documentId ? null : (
          <Field label="About" required={false}>
            {(control) => (
              <Select
                {...control}
                name="section"
                placeholder="Nothing in particular"
                options={sections.map(({ number, title }) => ({ value: String(number), label: `${number} ${title}` }))}
              />
            )}
          </Field>
        )}
        <Field label="Your question" required>
          {(control) => <Textarea {...control} name="text" rows={4} maxLength={2_000} />}
        </Field>
        <FormFoot label="Ask" busy={busy} problem={problem} />
      </form>
    </Dialog>
  );
}
