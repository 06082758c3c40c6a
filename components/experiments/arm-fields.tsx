"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { FormProps } from "./design-form";
import { type ArmFields, keyOf } from "./design-state";

const MOST_ARMS = 8;

/** The control first; weights are parts of all units, whatever they add up to. */
export function ArmFieldset({ fields, set, problemOf }: FormProps) {
  const change = (id: number, own: Partial<ArmFields>) =>
    set({ arms: fields.arms.map((arm) => (arm.id === id ? { ...arm, ...own } : arm)) });
  const add = () => {
    const id = Math.max(...fields.arms.map((arm) => arm.id)) + 1;
    set({
      arms: [...fields.arms, { id, key: `arm-${id}`, name: `Arm ${id}`, weight: fields.arms[1]?.weight ?? "50" }],
    });
  };
  return (
    <div className="grid gap-4">
      <Field
        label="Counted units"
        hint="Visitors, accounts, orders"
        error={problemOf("design.unit")}
        required
        className="max-w-60"
      >
        {(control) => <TextInput {...control} value={fields.unit} onChange={(e) => set({ unit: e.target.value })} />}
      </Field>
      {fields.arms.map((arm, index) => (
        <ArmRow
          key={arm.id}
          arm={arm}
          index={index}
          problemOf={problemOf}
          change={(own) => change(arm.id, own)}
          remove={() => set({ arms: fields.arms.filter(({ id }) => id !== arm.id) })}
        />
      ))}
      {fields.arms.length < MOST_ARMS ? (
        <div>
          <Button onClick={add}>Add a treatment</Button>
        </div>
      ) : null}
    </div>
  );
}

type RowProps = {
  arm: ArmFields;
  index: number;
  problemOf: FormProps["problemOf"];
  change: (own: Partial<ArmFields>) => void;
  remove: () => void;
};

function ArmRow({ arm, index, problemOf, change, remove }: RowProps) {
  const title = index === 0 ? "Control" : `Treatment ${index}`;
  const at = `design.arms.${index}`;
  const rename = (name: string) => change({ name, ...(arm.key === keyOf(arm.name) ? { key: keyOf(name) } : {}) });
  return (
    <fieldset className="grid items-end gap-3 sm:grid-cols-[2fr_2fr_1fr_auto]">
      <legend className="sr-only">{title}</legend>
      <Field label={title} error={problemOf(`${at}.name`)} required>
        {(control) => <TextInput {...control} value={arm.name} onChange={(e) => rename(e.target.value)} />}
      </Field>
      <Field label="Key in the data" error={problemOf(`${at}.key`)} required>
        {(control) => <TextInput {...control} value={arm.key} onChange={(e) => change({ key: e.target.value })} />}
      </Field>
      <Field label="Weight" error={problemOf(`${at}.weight`)} required>
        {(control) => (
          <TextInput {...control} numeric value={arm.weight} onChange={(e) => change({ weight: e.target.value })} />
        )}
      </Field>
      {index > 1 ? (
        <Button variant="bare" aria-label={`Remove ${arm.name}`} onClick={remove}>
          Remove
        </Button>
      ) : (
        <span className="hidden w-20 sm:block" />
      )}
    </fieldset>
  );
}
