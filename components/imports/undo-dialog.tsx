"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { submitUndo } from "@/lib/imports/actions";
import { answered } from "./answered";
import { type Refused, RefusedNotice } from "./refused";

/** Takes a whole import back, with a reason for the record. */
export function UndoDialog({ importId, fileName }: { importId: string; fileName: string }) {
  const router = useRouter();
  const toast = useToast();
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);

  async function undo(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason"));
    setBusy(true);
    const result = await answered(submitUndo({ importId, reason }));
    setBusy(false);
    if (!result.ok) {
      setRefused(result);
      return;
    }
    setOpen(false);
    toast({ text: `${fileName} was taken back.` });
    router.refresh();
  }

  return (
    <Dialog
      title={`Take back ${fileName}?`}
      description="Its rows become history and the values that it replaced are current again. The record keeps both, and your reason."
      open={open}
      onOpenChange={setOpen}
      trigger={<Button variant="danger">Take back</Button>}
    >
      <form onSubmit={undo} className="grid gap-4">
        <Field label="Reason" required>
          {(control) => <Textarea {...control} name="reason" rows={2} minLength={3} maxLength={500} />}
        </Field>
        <RefusedNotice refused={refused} />
        <div className="flex justify-end">
          <Button type="submit" variant="danger" busy={busy}>
            Take the import back
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
