"use client";

import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { submitUndo } from "@/lib/imports/actions";
import { refusalSentence } from "./sentences";

/** Takes a whole import back, with a reason for the record. */
export function UndoDialog({ importId, fileName }: { importId: string; fileName: string }) {
  return (
    <ReasonDialog
      title={`Take back ${fileName}?`}
      description="Its rows become history and the values that it replaced are current again. The record keeps both, and your reason."
      trigger={<Button variant="danger">Take back</Button>}
      confirmLabel="Take the import back"
      done={`${fileName} was taken back.`}
      sentence={refusalSentence}
      send={(reason) => submitUndo({ importId, reason })}
    />
  );
}
