"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { TextInput } from "@/components/ui/text-input";
import { describeDocument, removeDocument, restoreDocument } from "@/lib/data-room/actions";
import type { DocumentDetail } from "@/lib/data-room/queries/details";
import { Problem } from "./problem";
import { useSend } from "./use-send";
import { refusalText } from "./words";

/** Title and expiry of a document. */
export function DocumentForm({ detail }: { detail: DocumentDetail }) {
  const { busy, problem, send } = useSend();
  const { id: documentId, version } = detail;
  async function submit(form: FormData) {
    const input = {
      documentId,
      version,
      title: String(form.get("title")),
      expiresOn: String(form.get("expiresOn")) || null,
    };
    await send(() => describeDocument(input), "Saved.");
  }
  return (
    <form action={submit} className="grid max-w-xl gap-4">
      <Field label="Title" required>
        {(control) => <TextInput {...control} name="title" maxLength={200} defaultValue={detail.title} />}
      </Field>
      <Field label="Expires" hint="From the day after, it counts for nothing in the index." required={false}>
        {(control) => <TextInput {...control} type="date" name="expiresOn" defaultValue={detail.expiresOn ?? ""} />}
      </Field>
      <Problem text={problem} />
      <div>
        <Button type="submit" busy={busy}>
          Save
        </Button>
      </div>
    </form>
  );
}

export function RemoveOrRestore({ detail, back }: { detail: DocumentDetail; back: string }) {
  const { busy, send } = useSend();
  const read = { documentId: detail.id, version: detail.version };
  if (detail.removed) {
    return (
      <Button busy={busy} onClick={() => send(() => restoreDocument(read), "It is back in the room.")}>
        Put it back
      </Button>
    );
  }
  return (
    <ReasonDialog
      title={`Take “${detail.title}” out of the room?`}
      description="No guest sees it any more. Its versions are kept, and it can come back."
      trigger={<Button>Take out</Button>}
      confirmLabel="Take out"
      done="Taken out of the room."
      sentence={refusalText}
      thenTo={back}
      send={(reason) => removeDocument({ ...read, reason })}
    />
  );
}
