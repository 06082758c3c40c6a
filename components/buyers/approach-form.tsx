"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Textarea } from "@/components/ui/textarea";
import { askApproach } from "@/lib/buyers/actions";
import { BuyerProblem } from "./buyer-problem";

const WHAT = [
  { value: "nda", label: "Confidentiality agreement (NDA)" },
  { value: "teaser", label: "Teaser" },
  { value: "memorandum", label: "Information memorandum" },
] as const;

type ApproachFormProps = { ventureId: string; buyers: readonly { id: string; name: string }[] };

/** What may be sent to whom: a memo to the chairman. Nothing leaves the holding before. */
export function ApproachForm({ ventureId, buyers }: ApproachFormProps) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [what, setWhat] = useState<(typeof WHAT)[number]["value"]>("nda");
  const [rationale, setRationale] = useState("");
  const { busy, refusal, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const asked = { ventureId, companyIds: [...chosen], what, rationale };
    if (!(await run(() => askApproach(asked), "The memo is in the chairman's inbox."))) return;
    setChosen([]);
    setRationale("");
  }
  return (
    <form onSubmit={submit} className="grid gap-3">
      <BuyerProblem code={refusal} />
      <Field label="What is sent">
        {(control) => (
          <Select
            {...control}
            options={WHAT}
            value={what}
            onChange={(event) => setWhat(WHAT.find(({ value }) => value === event.target.value)?.value ?? "nda")}
          />
        )}
      </Field>
      <fieldset>
        <legend className="mb-1 text-sm font-medium">To whom</legend>
        {buyers.map(({ id, name }) => (
          <Checkbox
            key={id}
            label={name}
            checked={chosen.includes(id)}
            onChange={(event) => setChosen(event.target.checked ? [...chosen, id] : chosen.filter((one) => one !== id))}
          />
        ))}
      </fieldset>
      <Field label="Why now" required error={problemAt("rationale")}>
        {(control) => (
          <Textarea {...control} rows={3} value={rationale} onChange={(event) => setRationale(event.target.value)} />
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" busy={busy} disabled={chosen.length === 0}>
          Ask the chairman
        </Button>
      </div>
      {dialog}
    </form>
  );
}
