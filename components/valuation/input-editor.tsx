"use client";

import { type FormEvent, useDeferredValue, useMemo, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { submitValuation } from "@/lib/valuation/actions";
import type { ValuationContext } from "@/lib/valuation/rules/venture-methods";
import { METHOD_KEYS, METHOD_NAMES, type ValuationInputs, valuationInputsSchema } from "@/lib/valuation/schema/venture";
import { type Editing, InputCell } from "./input-cell";
import { InputLists } from "./input-lists";
import { type InputPath, withValue } from "./input-paths";
import { InputPreview } from "./input-preview";
import { BRIDGE_FIELDS, CORRELATIONS, METHOD_FIELDS, SIMULATION_FIELDS } from "./method-fields";
import { valuationSentence } from "./words";

const GRID = "grid gap-3 grid-cols-1 sm:grid-cols-3 lg:grid-cols-4";

type InputEditorProps = {
  ventureId: string;
  currency: string;
  version: number;
  kept: ValuationInputs;
  context: ValuationContext;
};

const isSame = (path: InputPath, other: readonly PropertyKey[]) =>
  path.map(String).join(".") === other.map(String).join(".");

/** Every input in place; what it does to the value stands beside it at once, and is kept as a new version with a reason. */
export function InputEditor({ ventureId, currency, version, kept, context }: InputEditorProps) {
  const [inputs, setInputs] = useState(kept);
  const { busy, refusal, run, dialog } = useChange();
  const parsed = useMemo(() => valuationInputsSchema.safeParse(inputs), [inputs]);
  const shown = useDeferredValue(parsed.success ? parsed.data : null);
  const issues = parsed.success ? [] : parsed.error.issues;
  const editing: Editing = {
    inputs,
    set: (path, value) => setInputs((before) => withValue(before, path, value)),
    problemAt: (path) => issues.find((issue) => isSame(path, issue.path))?.message ?? null,
  };
  const changed = inputs !== kept || version === 0;

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    await run(() => submitValuation({ ventureId, version, reason, inputs }), "The valuation is kept.");
  }

  return (
    <form
      onSubmit={send}
      className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_20rem]"
      aria-label="Inputs of the valuation"
    >
      <div className="grid content-start *:min-w-0">
        <Methods inputs={inputs} editing={editing} context={context} />
        <Rest editing={editing} inputs={inputs} />
      </div>
      <div className="grid content-start gap-4 lg:sticky lg:top-4 lg:self-start">
        <InputPreview kept={kept} inputs={shown} context={context} currency={currency} />
        <Field label="Why" hint="Kept with the version" required>
          {(control) => <TextInput {...control} name="reason" minLength={3} maxLength={300} />}
        </Field>
        <p role="alert" className="font-medium text-critical-text">
          {issues.length > 0 ? `${issues.length} of the inputs cannot be read yet.` : valuationSentence(refusal)}
        </p>
        <div className="flex flex-wrap gap-3">
          <Button type="submit" variant="primary" busy={busy} disabled={!changed || issues.length > 0}>
            Keep as version {version + 1}
          </Button>
          {inputs === kept ? null : (
            <Button variant="bare" onClick={() => setInputs(kept)}>
              Put back
            </Button>
          )}
        </div>
      </div>
      {dialog}
    </form>
  );
}

type PartProps = { inputs: ValuationInputs; editing: Editing };

function Methods({ inputs, editing, context }: PartProps & { context: ValuationContext }) {
  const classes = (context.classes ?? []).flatMap(({ id, name, kind }) =>
    kind === "preferred" || kind === "common" ? [{ id, name: name ?? id }] : [],
  );
  return METHOD_KEYS.map((key) => {
    const path = ["methods", key];
    return (
      <Disclosure
        key={key}
        summary={
          <span>
            {METHOD_NAMES[key]}
            <span className="text-muted">{inputs.methods[key].used ? "" : " (not used)"}</span>
          </span>
        }
      >
        <div className="grid gap-4">
          <Checkbox
            label="Use this method"
            checked={inputs.methods[key].used}
            onChange={(event) => editing.set([...path, "used"], event.target.checked)}
          />
          <InputLists
            method={key}
            methods={inputs.methods}
            editing={editing}
            classes={classes}
            series={context.indices ?? []}
          />
          <div className={GRID}>
            {METHOD_FIELDS[key].map((field) => (
              <InputCell key={field.label} editing={editing} field={field} />
            ))}
            <InputCell editing={editing} field={{ path: [...path, "source"], label: "Source", text: true }} />
            <InputCell editing={editing} field={{ path: [...path, "asOf"], label: "As of", text: true }} />
          </div>
        </div>
      </Disclosure>
    );
  });
}

function Rest({ editing, inputs }: PartProps) {
  const mirrored = (row: number, column: number, value: number) => {
    const { correlation } = inputs.simulation;
    const one = withValue(correlation, [row, column], value);
    editing.set(["simulation", "correlation"], withValue(one, [column, row], value));
  };
  return (
    <>
      <Disclosure summary="Debt, cash and costs">
        <div className={GRID}>
          {BRIDGE_FIELDS.map((field) => (
            <InputCell key={field.label} editing={editing} field={field} />
          ))}
        </div>
      </Disclosure>
      <Disclosure summary="Drivers together: how far, and how they go along">
        <div className={GRID}>
          {SIMULATION_FIELDS.map((field) => (
            <InputCell key={field.label} editing={editing} field={field} />
          ))}
          {CORRELATIONS.map(({ row, column, label }) => (
            <Field key={label} label={label} hint="Correlation, −1 to 1">
              {(control) => (
                <TextInput
                  {...control}
                  type="number"
                  numeric
                  min={-1}
                  max={1}
                  step={0.05}
                  value={inputs.simulation.correlation[row]?.[column] ?? 0}
                  onChange={(event) => mirrored(row, column, event.target.valueAsNumber || 0)}
                />
              )}
            </Field>
          ))}
        </div>
      </Disclosure>
    </>
  );
}
