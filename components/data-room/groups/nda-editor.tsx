"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { writeNda } from "@/lib/data-room/actions/groups";
import { onForm } from "../on-form";
import { Problem } from "../problem";
import { useSend } from "../use-send";

type NdaEditorProps = { roomId: string; nda: { version: number; text: string } | null };

/** A change is a new version, which everybody agrees to again. */
export function NdaEditor({ roomId, nda }: NdaEditorProps) {
  const { busy, problem, send } = useSend();
  return (
    <form
      className="grid gap-4"
      onSubmit={onForm((form) =>
        send(() => writeNda({ roomId, text: String(form.get("text")) }), "Saved as a new version."),
      )}
    >
      <Field
        label={nda ? `Confidentiality text, version ${nda.version}` : "Confidentiality text"}
        hint="Guests agree to it before they see anything; after a change, again. Have counsel write it."
        required
      >
        {(control) => <Textarea {...control} name="text" rows={10} maxLength={40_000} defaultValue={nda?.text} />}
      </Field>
      <Problem text={problem} />
      <div>
        <Button type="submit" busy={busy}>
          Save as a new version
        </Button>
      </div>
    </form>
  );
}
