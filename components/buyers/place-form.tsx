"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { placeBuyer } from "@/lib/buyers/actions";
import type { BuyerLine } from "@/lib/buyers/queries";
import { TIERS } from "@/lib/buyers/schema";
import { BuyerProblem } from "./buyer-problem";

/** A person's choice instead of the rule's, with a reason that stays beside it; or the rule's again. */
export function PlaceForm({ buyer, ventureId }: { buyer: BuyerLine; ventureId: string }) {
  const [tier, setTier] = useState(buyer.byRule ? "" : buyer.tier);
  const [reason, setReason] = useState(buyer.byRule ? "" : buyer.reason);
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const chosen = TIERS.find((one) => one === tier) ?? null;
    const place = { ventureId, companyId: buyer.id, version: buyer.version, tier: chosen, reason };
    await run(() => placeBuyer(place), chosen ? "The place is chosen." : "The rule places it again.");
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label={`Place of ${buyer.name} on the list`}>
      <BuyerProblem code={refusal} />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Place on the list">
          {(control) => (
            <Select
              {...control}
              placeholder="By the rule"
              options={TIERS.map((value) => ({ value, label: value }))}
              value={tier}
              onChange={(event) => setTier(event.target.value)}
            />
          )}
        </Field>
        {tier === "" ? null : (
          <Field label="Why" required error={problemAt("reason")} className="min-w-0 flex-1 basis-48">
            {(control) => <TextInput {...control} value={reason} onChange={(event) => setReason(event.target.value)} />}
          </Field>
        )}
        <Button type="submit" busy={busy}>
          Place
        </Button>
      </div>
      {dialog}
    </form>
  );
}
