"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { OwnerField } from "@/components/ui/owner-field";
import { submitOwner } from "@/lib/ventures/actions";
import { RefusalNotice } from "./refusal-notice";

type OwnerFormProps = {
  ventureId: string;
  version: number;
  ownerId: string | null;
  people: readonly { id: string; name: string }[];
};

/** Who answers for the venture; the portfolio is filtered by it. */
export function OwnerForm({ ventureId, version, ownerId, people }: OwnerFormProps) {
  const { busy, refusal, run, dialog } = useChange();
  const [owner, setOwner] = useState(ownerId ?? "");
  function submit(event: FormEvent) {
    event.preventDefault();
    void run(() => submitOwner({ ventureId, version, ownerId: owner || null }), "The owner is named.");
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label="Who answers for it">
      <RefusalNotice refusal={refusal} />
      <div className="flex flex-wrap items-end gap-3">
        <OwnerField people={people} value={owner} onChange={setOwner} />
        <Button type="submit" busy={busy}>
          Save the owner
        </Button>
      </div>
      {dialog}
    </form>
  );
}
