"use client";

import { type FormEvent, useState } from "react";
import { Problem } from "@/components/auth/problem";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { RadioGroup } from "@/components/ui/radio-group";
import { grantVentures } from "@/lib/auth/actions";
import { useChange } from "./use-change";

export type GrantableVenture = { id: string; name: string; archived: boolean };
type Person = { id: string; name: string; seesAll: boolean; grants: readonly string[] };

/** Which ventures a person may see. Taking a tick away takes the venture away, from the next page that they open on. */
export function GrantForm({ person, ventures }: { person: Person; ventures: readonly GrantableVenture[] }) {
  const { busy, refusal, run, dialog } = useChange();
  const [scope, setScope] = useState(person.grants.length > 0 ? "these" : "free");
  const limited = scope === "these";
  const offered = ventures.filter(({ id, archived }) => !archived || person.grants.includes(id));

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const ticked = new FormData(event.currentTarget).getAll("venture").map(String);
    const change = { userId: person.id, ventureIds: limited ? ticked : null, expected: [...person.grants] };
    void run(() => grantVentures(change), `What ${person.name} may see is saved.`);
  }

  return (
    <form onSubmit={submit} className="grid gap-3 border-t border-line pt-4" aria-label={`Ventures of ${person.name}`}>
      <Problem code={refusal} />
      <RadioGroup
        name="scope"
        legend="Ventures"
        value={scope}
        onChange={setScope}
        options={[
          {
            value: "free",
            label: person.seesAll ? "Every venture" : "No venture",
            hint: person.seesAll
              ? "Those that are added later too"
              : "As this role has it: it opens no venture's pages",
          },
          {
            value: "these",
            label: "Only these",
            hint: person.seesAll ? undefined : "The most that a link or a token of this person can ever reach",
          },
        ]}
      />
      {limited ? (
        <fieldset className="max-h-60 overflow-y-auto border-l border-line pl-4">
          <legend className="sr-only">Only these ventures</legend>
          {offered.map(({ id, name, archived }) => (
            <Checkbox
              key={id}
              name="venture"
              value={id}
              defaultChecked={person.grants.includes(id)}
              label={archived ? `${name} (archived)` : name}
            />
          ))}
        </fieldset>
      ) : null}
      <div>
        <Button type="submit" busy={busy}>
          Save the ventures
        </Button>
      </div>
      {dialog}
    </form>
  );
}
