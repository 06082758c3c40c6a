"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { keepFacts } from "@/lib/deals/actions";
import type { DealLine } from "@/lib/deals/queries/deals";
import { EXPECTED_STAGES, type FactField, STAGE_LABELS } from "@/lib/deals/rules/stages";
import type { DealFacts, DealStage } from "@/lib/deals/schema/deal";
import { DealProblem } from "./deal-problem";
import { AdviserFields, DayField, FactInput } from "./fact-fields";

const FIELDS: readonly FactField[] = [
  ...["owner", "contact", "agreedOffer", "closesOn", "exclusiveUntil", "loiSignedOn", "diligenceEndsOn"],
  ...["diligenceDoneOn", "agreementSignedOn", "closedOn"],
] as FactField[];

/** An emptied day is not known any more. */
function withDay(expected: DealFacts["expected"], stage: DealStage, day: string | null): DealFacts["expected"] {
  const { [stage]: _before, ...others } = expected;
  return day ? { ...others, [stage]: day } : others;
}

type FactsFormProps = { deal: DealLine; people: readonly { id: string; name: string }[] };

/** What is known of a deal beside its terms: who leads it, days, exclusivity, advisers of both sides. */
export function FactsForm({ deal, people }: FactsFormProps) {
  const [facts, setFacts] = useState(deal.facts);
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  const shared = { facts, onChange: setFacts, people, offers: deal.offers, problemAt };
  async function submit(event: FormEvent) {
    event.preventDefault();
    await run(() => keepFacts({ dealId: deal.id, version: deal.version, facts }), "The deal is up to date.");
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label={`Facts of ${deal.bidder}`}>
      <DealProblem code={refusal} problems={problems} />
      <div className="grid items-end gap-3 sm:grid-cols-3">
        {FIELDS.map((field) => (
          <FactInput key={field} field={field} {...shared} />
        ))}
        <Field label="Next step">
          {(control) => (
            <TextInput
              {...control}
              value={facts.nextStep}
              onChange={(event) => setFacts({ ...facts, nextStep: event.target.value })}
            />
          )}
        </Field>
        <DayField label="Next on" value={facts.nextOn} onChange={(nextOn) => setFacts({ ...facts, nextOn })} />
      </div>
      <fieldset className="grid gap-3 sm:grid-cols-3">
        <legend className="mb-1 text-sm font-medium">When each stage is expected to begin</legend>
        {EXPECTED_STAGES.map((stage) => (
          <DayField
            key={stage}
            label={STAGE_LABELS[stage]}
            value={facts.expected[stage] ?? null}
            error={problemAt(`facts.expected.${stage}`)}
            onChange={(day) => setFacts({ ...facts, expected: withDay(facts.expected, stage, day) })}
          />
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <AdviserFields
          legend="Our advisers"
          advisers={facts.ourAdvisers}
          onChange={(ourAdvisers) => setFacts({ ...facts, ourAdvisers })}
        />
        <AdviserFields
          legend="The bidder’s advisers"
          advisers={facts.theirAdvisers}
          onChange={(theirAdvisers) => setFacts({ ...facts, theirAdvisers })}
        />
      </div>
      <div>
        <Button type="submit" busy={busy}>
          Keep
        </Button>
      </div>
      {dialog}
    </form>
  );
}
