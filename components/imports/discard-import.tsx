"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { useToast } from "@/components/ui/toast";
import { submitDiscard } from "@/lib/imports/actions";
import { answered } from "./answered";
import { type Refused, RefusedNotice } from "./refused";

/** Throws away an upload that was not applied; afterwards the person is on the data page. */
export function DiscardImport({
  importId,
  fileName,
  dataPath,
}: {
  importId: string;
  fileName: string;
  dataPath: string;
}) {
  const router = useRouter();
  const toast = useToast();
  const [refused, setRefused] = useState<Refused | null>(null);
  async function discard() {
    const result = await answered(submitDiscard({ importId }));
    if (!result.ok) return setRefused(result);
    toast({ text: `${fileName} was discarded.` });
    router.push(dataPath);
    router.refresh();
  }
  return (
    <div className="grid gap-3">
      <RefusedNotice refused={refused} />
      <div>
        <ConfirmDialog
          title={`Discard ${fileName}?`}
          description="Nothing of it was applied. The upload and its preview go; the record keeps that it was here. This cannot be undone, but the file can be uploaded again."
          confirmLabel="Discard the upload"
          danger
          trigger={<Button variant="danger">Discard this upload</Button>}
          onConfirm={discard}
        />
      </div>
    </div>
  );
}
