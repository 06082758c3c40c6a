"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { TextInput } from "@/components/ui/text-input";
import { describeDocument, removeDocuments, restoreDocuments } from "@/lib/data-room/actions";
import type { DocumentDetail } from "@/lib/data-room/queries/document";
import { onForm } from "../on-form";
import { Problem } from "../problem";
import { useSend } from "../use-send";
import { refusalText } from "../words";

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
    <form onSubmit={onForm(submit)} className="grid max-w-xl gap-4">
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
  const { busy, problem, send } = useSend();
  const { id: documentId, version, title } = detail;
  const restore = (at: number) =>
    send(() => restoreDocuments({ documents: [{ documentId, version: at }] }), "It is back in the room.");
  if (detail.removed) {
    return (
      <>
        <Button busy={busy} onClick={() => restore(version)}>
          Put it back
        </Button>
        <Problem text={problem} />
      </>
    );
  }
  return (
    <ReasonDialog
      title={`Take “${title}” out of the room?`}
      description="No guest sees it any more. Its versions are kept, and it can come back."
      trigger={<Button>Take out</Button>}
      confirmLabel="Take out"
      done="Taken out of the room."
      undo={() => restore(version + 1)}
      sentence={refusalText}
      thenTo={back}
      send={(reason) => removeDocuments({ documents: [{ documentId, version }], reason })}
    />
  );
}
