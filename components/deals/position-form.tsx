"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { OwnerField } from "@/components/ui/owner-field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { keepNegotiation } from "@/lib/deals/actions";
import type { NegotiationPage, NegotiationView } from "@/lib/deals/queries/negotiation";
import { TERMS } from "@/lib/deals/rules/terms";
import {
  ISSUE_STATES,
  ISSUE_TERMS,
  type Issue,
  type IssueTerm,
  type NegotiationBody,
} from "@/lib/deals/schema/negotiation";
import { DealProblem } from "./deal-problem";
import { readMoney, storedValue, typedValue } from "./term-text";

type PositionFormProps = { deal: NegotiationView; page: NegotiationPage };

const labelOf = (term: IssueTerm): string => TERMS.find(({ key }) => key === term)?.label ?? term;

/** An issue as it is typed: percent for fractions. */
const typedIssue = (issue: Issue): Issue => ({
  ...issue,
  position: typedValue(issue.term, issue.position),
  fallback: typedValue(issue.term, issue.fallback),
});
const storedIssue = (issue: Issue): Issue => ({
  ...issue,
  position: storedValue(issue.term, issue.position),
  fallback: storedValue(issue.term, issue.fallback),
});

/** What we would settle for, what else we could do, what they may pay, and every issue with position and fallback. */
export function PositionForm({ deal, page }: PositionFormProps) {
  const [body, setBody] = useState<NegotiationBody>({ ...deal.body, issues: deal.body.issues.map(typedIssue) });
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  const others = page.deals.filter(({ dealId }) => dealId !== deal.dealId);
  const set = (more: Partial<NegotiationBody>) => setBody({ ...body, ...more });
  async function submit(event: FormEvent) {
    event.preventDefault();
    const money = (text: string | null) => (text === null || text.trim() === "" ? null : (readMoney(text) ?? text));
    const stored = { ...body, reservation: money(body.reservation), ceiling: money(body.ceiling) };
    const input = { ...stored, issues: body.issues.map(storedIssue) };
    await run(
      () => keepNegotiation({ dealId: deal.dealId, version: deal.version, body: input }),
      "The position is kept.",
    );
  }
  const text = (key: "reservation" | "reservationReason" | "ceiling" | "ceilingReason", label: string) => (
    <Field label={label} error={problemAt(`body.${key}`)}>
      {(control) => (
        <TextInput
          {...control}
          value={body[key] ?? ""}
          onChange={({ target: { value } }) => set({ [key]: value === "" && !key.endsWith("Reason") ? null : value })}
        />
      )}
    </Field>
  );
  return (
    <form onSubmit={submit} className="grid gap-3" aria-label={`Position against ${deal.bidder}`}>
      <DealProblem code={refusal} problems={problems} />
      <div className="grid items-end gap-3 sm:grid-cols-2">
        <Field label="Without an agreement" error={problemAt("body.alternative")}>
          {(control) => (
            <Select
              {...control}
              options={[
                { value: "hold", label: "Hold the venture, by its valuation" },
                ...others.map(({ dealId, bidder }) => ({ value: dealId, label: `Sell to ${bidder}` })),
              ]}
              value={body.alternative}
              onChange={(event) => set({ alternative: event.target.value })}
            />
          )}
        </Field>
        <span className="hidden sm:block" />
        {text("reservation", "Reservation value, to the group today (empty: the alternative)")}
        {text("reservationReason", "Why that much")}
        {text("ceiling", "Their ceiling, as a headline")}
        {text("ceilingReason", "Why we think so")}
      </div>
      <Issues body={body} onChange={(issues) => set({ issues })} people={page.people} problemAt={problemAt} />
      <div>
        <Button type="submit" variant="primary" busy={busy}>
          Keep the position
        </Button>
      </div>
      {dialog}
    </form>
  );
}

type IssuesProps = {
  body: NegotiationBody;
  onChange: (issues: Issue[]) => void;
  people: readonly { id: string; name: string }[];
  problemAt: (path: string) => string | null;
};

function Issues({ body: { issues }, onChange, people, problemAt }: IssuesProps) {
  const add = () =>
    onChange([
      ...issues,
      { id: crypto.randomUUID(), title: "", term: null, position: "", fallback: "", ownerId: null, state: "open" },
    ]);
  const set = (index: number, more: Partial<Issue>) =>
    onChange(issues.map((one, at) => (at === index ? { ...one, ...more } : one)));
  return (
    <fieldset className="grid gap-3">
      <legend className="mb-1 text-sm font-medium">Issues</legend>
      {issues.map((issue, index) => (
        <div key={issue.id} className="grid items-end gap-2 border-b border-line pb-3 sm:grid-cols-3">
          {(["title", "position", "fallback"] as const).map((key) => (
            <Field
              key={key}
              label={{ title: "Issue", position: "Our position", fallback: "Fallback" }[key]}
              error={problemAt(`body.issues.${index}.${key}`)}
            >
              {(control) => (
                <TextInput
                  {...control}
                  value={issue[key]}
                  onChange={(event) => set(index, { [key]: event.target.value })}
                />
              )}
            </Field>
          ))}
          <Field label="About the term">
            {(control) => (
              <Select
                {...control}
                placeholder="none: in words"
                options={ISSUE_TERMS.map((value) => ({ value, label: labelOf(value) }))}
                value={issue.term ?? ""}
                onChange={({ target: { value } }) =>
                  set(index, { term: ISSUE_TERMS.find((one) => one === value) ?? null })
                }
              />
            )}
          </Field>
          <OwnerField
            people={people}
            value={issue.ownerId ?? ""}
            onChange={(id) => set(index, { ownerId: id || null })}
          />
          <Field label="State">
            {(control) => (
              <Select
                {...control}
                options={ISSUE_STATES.map((value) => ({ value, label: value }))}
                value={issue.state}
                onChange={({ target: { value } }) =>
                  set(index, { state: ISSUE_STATES.find((one) => one === value) ?? "open" })
                }
              />
            )}
          </Field>
          <div>
            <Button variant="bare" onClick={() => onChange(issues.filter((_, at) => at !== index))}>
              Remove the issue
            </Button>
          </div>
        </div>
      ))}
      <div>
        <Button onClick={add}>Add an issue</Button>
      </div>
    </fieldset>
  );
}
