"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { correctValue } from "@/lib/metrics/actions";
import { refusalText } from "./refusals";

type Props = { ventureId: string; pointId: string; value: string; currency: string | null; title: string };

/** Another value in place of the stored one, with a reason; the old one stays in the history. */
export function CorrectionDialog({ title, ...point }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="bare" aria-label={`Correct ${title}`} onClick={() => setOpen(true)}>
        Correct
      </Button>
      {open ? (
        <Dialog
          open
          onOpenChange={setOpen}
          title={`Correct ${title}`}
          description="The value is replaced in its source's series. What stood there, your name and your reason stay in the history, and the figures over it are computed again."
        >
          <CorrectionForm {...point} title={title} onDone={() => setOpen(false)} />
        </Dialog>
      ) : null}
    </>
  );
}

function CorrectionForm({ ventureId, pointId, value, currency, title, onDone }: Props & { onDone: () => void }) {
  const router = useRouter();
  const toast = useToast();
  const correct = useMutation({
    mutationFn: correctValue,
    onSuccess: (outcome) => {
      if (!outcome.ok) return;
      onDone();
      toast({ text: `${title} was corrected.` });
      router.refresh();
    },
  });
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    correct.mutate({ ventureId, pointId, value: String(form.get("value")), reason: String(form.get("reason")) });
  }
  const outcome = correct.data;
  const problems = outcome && !outcome.ok ? outcome.problems : undefined;
  const problemOf = (path: string) => problems?.find((problem) => problem.path === path)?.expected ?? null;
  return (
    <form onSubmit={send} className="grid gap-4">
      <Field label={currency ? `Value in ${currency}` : "Value"} error={problemOf("value")} required>
        {(control) => <TextInput {...control} name="value" numeric defaultValue={value} autoComplete="off" />}
      </Field>
      <Field label="Reason" hint="Why the stored value is wrong" error={problemOf("reason")} required>
        {(control) => <Textarea {...control} name="reason" rows={2} minLength={3} maxLength={500} />}
      </Field>
      <div role="alert">
        {outcome && !outcome.ok ? <p className="font-medium">{refusalText(outcome.refusal)}</p> : null}
        {correct.isError ? <p className="font-medium">{refusalText("UNAVAILABLE")}</p> : null}
      </div>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={correct.isPending}>
          Correct the value
        </Button>
      </div>
    </form>
  );
}
