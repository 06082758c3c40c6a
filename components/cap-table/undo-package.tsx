"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { submitOcfUndo } from "@/lib/cap-table/actions";
import { capTableSentence } from "./sentences";

/** Takes the whole package back, with a reason for the record. */
export function UndoPackage({ importId, issuerName }: { importId: string; issuerName: string }) {
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);

  async function undo(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason"));
    setBusy(true);
    const result = await submitOcfUndo({ importId, reason });
    setBusy(false);
    if (!result.ok) return setError(capTableSentence(result.refusal));
    setOpen(false);
    toast({ text: `The package of ${issuerName} was taken back.` });
    router.refresh();
  }

  return (
    <Dialog
      title={`Take back the package of ${issuerName}?`}
      description="The package before it, if there was one, is the cap table again. What was read in the charter stays."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="danger">Take back</Button>}
    >
      <form onSubmit={undo} className="grid gap-4">
        <Field label="Reason" required>
          {(control) => <Textarea {...control} name="reason" rows={2} minLength={3} maxLength={500} />}
        </Field>
        <p role="alert" className="font-medium text-critical-text">
          {error}
        </p>
        <div className="flex justify-end">
          <Button type="submit" variant="danger" busy={busy}>
            Take the package back
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
