"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionProblem } from "@/components/ui/action-problem";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { FormDialog } from "@/components/ui/form-dialog";
import { TextInput } from "@/components/ui/text-input";
import { keepPortfolioView } from "@/lib/reports/actions/portfolio";
import { hrefOf, viewOfQuery } from "@/lib/reports/schema/portfolio-view";

const REFUSALS = {
  NAME_TAKEN: "You keep a view of that name already. Give this one another.",
  TOO_MANY: "You keep fifty views already. Drop one first.",
};

/** Filter, order and columns as they are now, under a name. */
export function KeepViewDialog({ path, query }: { path: string; query: string }) {
  const router = useRouter();
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  async function send() {
    const outcome = await keepPortfolioView({ name, query, shared });
    if (outcome.ok) router.push(hrefOf(path, viewOfQuery(outcome.value.query, outcome.value.viewId)));
    return outcome;
  }
  return (
    <FormDialog
      title="Keep this view"
      description="Its filter, its order and its columns as they are now."
      trigger={<Button>Keep this view</Button>}
      submit="Keep it"
      done="The view is kept."
      send={send}
      problem={(code) => <ActionProblem code={code} sentences={REFUSALS} />}
    >
      {() => (
        <>
          <Field label="Name" required>
            {(control) => (
              <TextInput {...control} maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />
            )}
          </Field>
          <Checkbox
            label="Share it with the house"
            hint="Everybody sees it beside theirs; only you change it."
            checked={shared}
            onChange={(event) => setShared(event.target.checked)}
          />
        </>
      )}
    </FormDialog>
  );
}
