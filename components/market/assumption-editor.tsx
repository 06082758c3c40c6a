"use client";

import { type FormEvent, useDeferredValue, useMemo, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { type Editing, InputCell } from "@/components/valuation/input-cell";
import { withValue } from "@/components/valuation/input-paths";
import type { InputField } from "@/components/valuation/method-fields";
import { submitTiming } from "@/lib/market/actions";
import type { SeriesView } from "@/lib/market/queries/series";
import type { TimingFacts } from "@/lib/market/rules/exit-timing";
import { SERIES_KIND_NAMES } from "@/lib/market/schema/series";
import { CHOSEN_KINDS, type TimingAssumptions, timingAssumptionsSchema } from "@/lib/market/schema/timing";
import { RULE_FIELDS, WAITING_FIELDS, WEIGHT_FIELDS } from "./assumption-fields";
import { AssumptionPreview } from "./assumption-preview";
import { marketSentence } from "./words";

type AssumptionEditorProps = {
  ventureId: string;
  version: number;
  kept: TimingAssumptions;
  facts: TimingFacts;
  options: readonly SeriesView[];
  mayEdit: boolean;
};

/** Every assumption in place; what it does to the answer stands beside it at once, and is kept with a reason. */
export function AssumptionEditor({ ventureId, version, kept, facts, options, mayEdit }: AssumptionEditorProps) {
  const [assumptions, setAssumptions] = useState(kept);
  const { busy, refusal, run, dialog } = useChange();
  const parsed = useMemo(() => timingAssumptionsSchema.safeParse(assumptions), [assumptions]);
  const shown = useDeferredValue(parsed.success ? parsed.data : null);
  const issues = parsed.success ? [] : parsed.error.issues;
  const editing: Editing = {
    inputs: assumptions,
    set: (path, value) => setAssumptions((before) => withValue(before, path, value)),
    problemAt: (path) => issues.find((issue) => issue.path.join(".") === path.join("."))?.message ?? null,
  };

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    await run(() => submitTiming({ ventureId, version, reason, assumptions }), "The assumptions are kept.");
  }

  return (
    <form
      onSubmit={send}
      className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem] *:min-w-0"
      aria-label="Assumptions of exit timing"
    >
      <div className="grid content-start *:min-w-0">
        <Fields title="Waiting" fields={WAITING_FIELDS} editing={editing} open />
        <Fields title="Rule and history" fields={RULE_FIELDS} editing={editing} />
        <Fields title="Weights of the drivers" fields={WEIGHT_FIELDS} editing={editing} />
        <SeriesChoice assumptions={assumptions} options={options} editing={editing} />
      </div>
      <div className="grid content-start gap-4 lg:sticky lg:top-4 lg:self-start">
        <AssumptionPreview kept={kept} assumptions={shown} facts={facts} />
        {mayEdit ? (
          <>
            <Field label="Why" hint="Kept with the version" required>
              {(control) => <TextInput {...control} name="reason" minLength={3} maxLength={300} />}
            </Field>
            <p role="alert" className="font-medium text-critical-text">
              {issues.length > 0 ? `${issues.length} of the assumptions cannot be read yet.` : marketSentence(refusal)}
            </p>
            <div className="flex flex-wrap gap-3">
              <Button
                type="submit"
                variant="primary"
                busy={busy}
                disabled={(assumptions === kept && version > 0) || issues.length > 0}
              >
                Keep as version {version + 1}
              </Button>
              {assumptions === kept ? null : (
                <Button variant="bare" onClick={() => setAssumptions(kept)}>
                  Put back
                </Button>
              )}
            </div>
          </>
        ) : null}
      </div>
      {dialog}
    </form>
  );
}

type FieldsProps = { title: string; fields: readonly InputField[]; editing: Editing; open?: boolean };

function Fields({ title, fields, editing, open }: FieldsProps) {
  return (
    <Disclosure summary={title} open={open}>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {fields.map((field) => (
          <InputCell key={field.path.join(".")} editing={editing} field={field} />
        ))}
      </div>
    </Disclosure>
  );
}

type SeriesChoiceProps = { assumptions: TimingAssumptions; options: readonly SeriesView[]; editing: Editing };

function SeriesChoice({ assumptions, options, editing }: SeriesChoiceProps) {
  return (
    <Disclosure summary="Series">
      <p className="mb-3 text-sm text-muted prose-width">
        By itself: the multiple of the venture’s sector, else of its business model; elsewhere the series that is held
        longest. A series that is chosen here counts once the assumptions are kept.
      </p>
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        {CHOSEN_KINDS.map((kind) => (
          <Field key={kind} label={SERIES_KIND_NAMES[kind]} error={editing.problemAt(["series", kind])}>
            {(control) => (
              <Select
                {...control}
                value={assumptions.series[kind] ?? ""}
                placeholder="By itself"
                options={options
                  .filter((option) => option.kind === kind)
                  .map(({ key, label, sector }) => ({ value: key, label: sector ? `${label} (${sector})` : label }))}
                onChange={(event) => editing.set(["series", kind], event.target.value || null)}
              />
            )}
          </Field>
        ))}
      </div>
    </Disclosure>
  );
}
