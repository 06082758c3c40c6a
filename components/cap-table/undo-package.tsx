"use client";

import { Button } from "@/components/ui/button";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { submitOcfUndo } from "@/lib/cap-table/actions";
import { capTableSentence } from "./sentences";

/** Takes the whole package back, with a reason for the record. */
export function UndoPackage({ importId, issuerName }: { importId: string; issuerName: string }) {
  return (
    <ReasonDialog
      title={`Take back the package of ${issuerName}?`}
      description="The package before it, if there was one, is the cap table again. What was read in the charter stays."
      trigger={<Button variant="danger">Take back</Button>}
      confirmLabel="Take the package back"
      done={`The package of ${issuerName} was taken back.`}
      sentence={capTableSentence}
      send={(reason) => submitOcfUndo({ importId, reason })}
    />
  );
}
