"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { openDeal } from "@/lib/deals/actions";
import { DealProblem } from "./deal-problem";

type OpenDealFormProps = { ventureId: string; candidates: readonly { id: string; name: string }[] };

/** Takes a bidder into the sale, from the target list or by name. */
export function OpenDealForm({ ventureId, candidates }: OpenDealFormProps) {
  const [companyId, setCompanyId] = useState("");
  const [bidder, setBidder] = useState("");
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const input = { ventureId, companyId: companyId || null, bidder: companyId ? "" : bidder };
    if (!(await run(() => openDeal(input), "The bidder is in the sale."))) return;
    setCompanyId("");
    setBidder("");
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <DealProblem code={refusal} />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Of the target list">
          {(control) => (
            <Select
              {...control}
              placeholder="Not on the list"
              options={candidates.map(({ id, name }) => ({ value: id, label: name }))}
              value={companyId}
              onChange={(event) => setCompanyId(event.target.value)}
            />
          )}
        </Field>
        {companyId ? null : (
          <Field label="Bidder" className="min-w-0 flex-1 basis-48" required error={problemAt("bidder")}>
            {(control) => <TextInput {...control} value={bidder} onChange={(event) => setBidder(event.target.value)} />}
          </Field>
        )}
        <Button type="submit" variant="primary" busy={busy}>
          Take into the sale
        </Button>
      </div>
      {dialog}
    </form>
  );
}
