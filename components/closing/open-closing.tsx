"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { openClosing } from "@/lib/closing/actions";
import { TEMPLATE_LABELS } from "@/lib/closing/rules/templates";
import { TEMPLATES } from "@/lib/closing/schema";
import { ClosingProblem } from "./closing-problem";

/** Begins the checklist from the template of the kind of sale. */
export function OpenClosing({ dealId }: { dealId: string }) {
  const [template, setTemplate] = useState<(typeof TEMPLATES)[number]>("share-sale");
  const { busy, refusal, problems, run, dialog } = useChange();
  const choose = (value: string) => setTemplate(TEMPLATES.find((one) => one === value) ?? "share-sale");
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Kind of sale">
          {(control) => (
            <Select
              {...control}
              options={TEMPLATES.map((value) => ({ value, label: TEMPLATE_LABELS[value] }))}
              value={template}
              onChange={(event) => choose(event.target.value)}
            />
          )}
        </Field>
        <Button
          variant="primary"
          busy={busy}
          onClick={() => run(() => openClosing({ dealId, template }), "The checklist is open.")}
        >
          Begin the checklist
        </Button>
      </div>
      <ClosingProblem code={refusal} problems={problems} />
      {dialog}
    </div>
  );
}
