"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { advanceDeal, askSignature } from "@/lib/deals/actions";
import type { DealLine } from "@/lib/deals/queries/deals";
import { BINDING_STAGES, goesBack, STAGE_LABELS } from "@/lib/deals/rules/stages";
import type { DealStage } from "@/lib/deals/schema/deal";
import { DealProblem } from "./deal-problem";
import { DayField, FactInput } from "./fact-fields";

type AdvanceFormProps = {
  deal: DealLine;
  /** Where it was dropped. */
  to: DealStage | null;
  today: string;
  people: readonly { id: string; name: string }[];
  mayAsk: boolean;
};

/** Moves a deal to its next stage with what that stage asks for; what binds goes to the chairman as a memo. */
export function AdvanceForm({ deal, to: dropped, today, people, mayAsk }: AdvanceFormProps) {
  const first = deal.next.find((one) => one.to === dropped) ?? deal.next[0];
  const [to, setTo] = useState(first?.to ?? deal.stage);
  const [on, setOn] = useState<string | null>(today);
  const [reason, setReason] = useState("");
  const [facts, setFacts] = useState(deal.facts);
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  const next = deal.next.find((one) => one.to === to);
  const binds = BINDING_STAGES.includes(to) && !goesBack(deal.stage, to);
  const shared = { facts, onChange: setFacts, people, offers: deal.offers, problemAt };
  const about = { dealId: deal.id, version: deal.version, facts };
  async function submit(event: FormEvent) {
    event.preventDefault();
    if (binds && (to === "loi" || to === "definitive-agreement"))
      await run(() => askSignature({ ...about, to, rationale: reason }), "The memo is in the chairman’s inbox.");
    else await run(() => advanceDeal({ ...about, to, on: on ?? today, reason }), `${deal.bidder} is moved.`);
  }
  if (!first) return <p className="text-muted">This deal is over.</p>;
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label={`Move ${deal.bidder}`}>
      <DealProblem code={refusal} problems={problems} />
      <div className="grid items-end gap-3 sm:grid-cols-3">
        <Field label="To the stage">
          {(control) => (
            <Select
              {...control}
              options={deal.next.map((one) => ({ value: one.to, label: STAGE_LABELS[one.to] }))}
              value={to}
              onChange={({ target: { value } }) => setTo(deal.next.find((one) => one.to === value)?.to ?? to)}
            />
          )}
        </Field>
        {binds ? null : <DayField label="On" value={on} error={problemAt("on")} onChange={setOn} />}
        {next?.missing.map(({ field }) => (
          <FactInput key={field} field={field} {...shared} />
        ))}
      </div>
      {next && next.terms.length > 0 ? (
        <p className="text-sm text-muted">{`Terms of the agreed offer that are not stated: ${next.terms.join(", ")}.`}</p>
      ) : null}
      <Field
        label={binds ? "Why now" : to === "fallen-through" ? "Why it fell through" : "Note"}
        error={problemAt("reason") ?? problemAt("rationale")}
        required={binds || to === "fallen-through"}
      >
        {(control) =>
          binds ? (
            <Textarea {...control} rows={3} value={reason} onChange={(event) => setReason(event.target.value)} />
          ) : (
            <TextInput {...control} value={reason} onChange={(event) => setReason(event.target.value)} />
          )
        }
      </Field>
      <div className="flex flex-wrap items-baseline gap-3">
        <Button type="submit" variant="primary" busy={busy} disabled={binds && !mayAsk}>
          {binds ? "Ask the chairman" : `Move to ${STAGE_LABELS[to].toLowerCase()}`}
        </Button>
        {binds ? (
          <p className="text-sm text-muted">
            {mayAsk
              ? "It binds: the deal moves once the chairman has approved."
              : "It binds: an analyst asks with a memo."}
          </p>
        ) : null}
      </div>
      {dialog}
    </form>
  );
}
