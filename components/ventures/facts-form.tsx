"use client";

import type { FormEvent } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { submitVentureFacts } from "@/lib/ventures/actions";
import { type FactValues, factsOf } from "./fact-values";
import { RefusalNotice } from "./refusal-notice";
import type { VentureChoices } from "./venture-choices";
import { VentureFields } from "./venture-fields";

type FactsFormProps = { ventureId: string; version: number; values: FactValues; choices: VentureChoices };

/** Changes what a venture is; its short name stays. */
export function FactsForm({ ventureId, version, values, choices }: FactsFormProps) {
  const { busy, refusal, problemAt, run, dialog } = useChange();
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const facts = factsOf(new FormData(event.currentTarget));
    void run(() => submitVentureFacts({ ...facts, ventureId, version }), "The venture's facts are saved.");
  }
  return (
    <form onSubmit={submit} className="grid gap-4" aria-label="What the venture is" noValidate>
      <RefusalNotice refusal={refusal} />
      <VentureFields choices={choices} values={values} problemAt={problemAt} />
      <div>
        <Button type="submit" busy={busy}>
          Save what it is
        </Button>
      </div>
      {dialog}
    </form>
  );
}
