"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { changeInitiativePlan } from "@/lib/growth/actions/initiatives";
import { InitiativeProblem } from "./initiative-problem";

type PeopleProps = {
  initiativeId: string;
  version: number;
  ownerId: string | null;
  leadingMetric: string | null;
  people: readonly { id: string; name: string }[];
  metrics: readonly { key: string; name: string }[];
};

/** Who answers for it, and what should move first. */
export function InitiativePeople({ initiativeId, version, ownerId, leadingMetric, people, metrics }: PeopleProps) {
  const [owner, setOwner] = useState(ownerId ?? "");
  const [metric, setMetric] = useState(leadingMetric ?? "");
  const { busy, refusal, run, dialog } = useChange();
  const save = (change: Parameters<typeof changeInitiativePlan>[0]["change"], done: string) =>
    run(() => changeInitiativePlan({ initiativeId, version, change }), done);
  return (
    <div className="grid grid-cols-1 gap-3">
      <InitiativeProblem code={refusal} />
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Owner">
          {(control) => (
            <Select
              {...control}
              placeholder="Nobody yet"
              options={people.map(({ id, name }) => ({ value: id, label: name }))}
              value={owner}
              onChange={(event) => setOwner(event.target.value)}
            />
          )}
        </Field>
        <Button
          busy={busy}
          disabled={owner === "" || owner === ownerId}
          onClick={() => save({ kind: "assign-owner", ownerId: owner }, "The owner is named.")}
        >
          Name as owner
        </Button>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Leading metric" className="min-w-0">
          {(control) => (
            <Select
              {...control}
              className="max-w-full"
              placeholder="None"
              options={metrics.map(({ key, name }) => ({ value: key, label: name }))}
              value={metric}
              onChange={(event) => setMetric(event.target.value)}
            />
          )}
        </Field>
        <Button
          busy={busy}
          disabled={metric === (leadingMetric ?? "")}
          onClick={() => save({ kind: "set-leading-metric", metric: metric || null }, "The leading metric is set.")}
        >
          Save the metric
        </Button>
      </div>
      {dialog}
    </div>
  );
}
