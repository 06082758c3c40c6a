"use client";

import { Button } from "@/components/ui/button";
import { errorSentence } from "@/components/ui/error-sentence";
import { ReasonDialog } from "@/components/ui/reason-dialog";
import { submitArchive } from "@/lib/ventures/actions";
import { VENTURE_REFUSALS } from "./refusals";

/** Puts a venture away; it can be brought back from the list of ventures. */
export function ArchiveDialog({ ventureId, name }: { ventureId: string; name: string }) {
  return (
    <ReasonDialog
      title={`Archive ${name}?`}
      description="It leaves every list and no agent works on it any more. Nothing is deleted: a chairman can bring it back from the list of ventures."
      trigger={<Button variant="danger">Archive this venture</Button>}
      confirmLabel={`Archive ${name}`}
      done={`${name} is archived.`}
      sentence={(refusal) => errorSentence(refusal, VENTURE_REFUSALS)}
      send={(reason) => submitArchive({ ventureId, reason })}
      thenTo="/ventures"
    />
  );
}
