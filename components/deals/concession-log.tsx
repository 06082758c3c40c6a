"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { recordConcession } from "@/lib/deals/actions";
import type { NegotiationView } from "@/lib/deals/queries/negotiation";
import { formatDay } from "@/lib/format";
import { DealProblem } from "./deal-problem";
import { DayField } from "./fact-fields";

type ConcessionLogProps = { deal: NegotiationView; today: string; mayEdit: boolean };
const SIDES = { us: "We", them: "They" } as const;

/** Who gave what, in order. */
export function ConcessionLog({ deal, today, mayEdit }: ConcessionLogProps) {
  return (
    <section aria-label={`Concessions with ${deal.bidder}`} className="grid gap-2">
      {deal.concessions.length === 0 ? (
        <p className="text-muted">Neither side has given anything yet.</p>
      ) : (
        <ol>
          {deal.concessions.map(({ id, side, issue, what, on, by }) => (
            <li key={id} className="border-b border-line py-1">
              {`${formatDay(on)}: ${SIDES[side]} gave on ${issue}: ${what}`}{" "}
              <span className="text-sm text-muted">{by}</span>
            </li>
          ))}
        </ol>
      )}
      {mayEdit ? (
        <Disclosure summary="Record a concession">
          <ConcessionForm key={deal.concessions.length} dealId={deal.dealId} today={today} />
        </Disclosure>
      ) : null}
    </section>
  );
}

function ConcessionForm({ dealId, today }: { dealId: string; today: string }) {
  const [side, setSide] = useState<"us" | "them">("them");
  const [issue, setIssue] = useState("");
  const [what, setWhat] = useState("");
  const [on, setOn] = useState<string | null>(today);
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    await run(() => recordConcession({ dealId, side, issue, what, on: on ?? today }), "The concession is in the log.");
  }
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label="A concession">
      <DealProblem code={refusal} problems={problems} />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Who gave">
          {(control) => (
            <Select
              {...control}
              options={[
                { value: "them", label: "The bidder" },
                { value: "us", label: "We" },
              ]}
              value={side}
              onChange={(event) => setSide(event.target.value === "us" ? "us" : "them")}
            />
          )}
        </Field>
        <DayField label="On" value={on} error={problemAt("on")} onChange={setOn} />
        <Field label="About" className="min-w-0 flex-1 basis-40" required error={problemAt("issue")}>
          {(control) => <TextInput {...control} value={issue} onChange={(event) => setIssue(event.target.value)} />}
        </Field>
        <Field label="What" className="min-w-0 flex-1 basis-56" required error={problemAt("what")}>
          {(control) => <TextInput {...control} value={what} onChange={(event) => setWhat(event.target.value)} />}
        </Field>
        <Button type="submit" busy={busy}>
          Record
        </Button>
      </div>
      {dialog}
    </form>
  );
}
