"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { markBookOfRecord } from "@/lib/metrics/actions";
import { refusalText } from "./refusals";

type Source = { id: string; name: string };
type Props = { ventureId: string; metric: string; name: string; believed: string | null; sources: Source[] };

/** Makes one source the book of record of a metric, with a reason. Nothing is merged or deleted. */
export function BelieveDialog(props: Props) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button aria-label={`Choose the source of ${props.name}`} onClick={() => setOpen(true)}>
        Choose a source
      </Button>
      {open ? (
        <Dialog
          open
          onOpenChange={setOpen}
          title={`Which source of ${props.name} is right?`}
          description="Figures will use its values wherever sources disagree. The other values stay stored and shown."
        >
          <BelieveForm {...props} onDone={() => setOpen(false)} />
        </Dialog>
      ) : null}
    </>
  );
}

function BelieveForm({ ventureId, metric, name, believed, sources, onDone }: Props & { onDone: () => void }) {
  const router = useRouter();
  const toast = useToast();
  const mark = useMutation({
    mutationFn: markBookOfRecord,
    onSuccess: (outcome) => {
      if (!outcome.ok) return;
      onDone();
      toast({ text: `The source of ${name} was chosen.` });
      router.refresh();
    },
  });
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    mark.mutate({ ventureId, metric, sourceId: String(form.get("source")), reason: String(form.get("reason")) });
  }
  const outcome = mark.data;
  return (
    <form onSubmit={send} className="grid gap-4">
      <fieldset className="grid gap-1">
        <legend className="text-sm font-medium">Book of record</legend>
        {sources.map((source) => (
          <label key={source.id} className="target flex items-center gap-2">
            <input type="radio" name="source" value={source.id} required defaultChecked={source.id === believed} />
            {source.name}
          </label>
        ))}
      </fieldset>
      <Field label="Reason" required>
        {(control) => <Textarea {...control} name="reason" rows={2} minLength={3} maxLength={500} />}
      </Field>
      <div role="alert">
        {outcome && !outcome.ok ? <p className="font-medium">{refusalText(outcome.refusal)}</p> : null}
        {mark.isError ? <p className="font-medium">{refusalText("UNAVAILABLE")}</p> : null}
      </div>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={mark.isPending}>
          Believe this source
        </Button>
      </div>
    </form>
  );
}
