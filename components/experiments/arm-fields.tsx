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
        <fieldset key={arm.id} className="grid items-end gap-3 sm:grid-cols-[2fr_2fr_1fr_auto]">
          <legend className="sr-only">{index === 0 ? "Control" : `Treatment ${index}`}</legend>
          <Field
            label={index === 0 ? "Control" : `Treatment ${index}`}
            error={problemOf(`design.arms.${index}.name`)}
            required
          >
            {(control) => (
              <TextInput
                {...control}
                value={arm.name}
                onChange={(e) =>
                  change(arm.id, {
                    name: e.target.value,
                    ...(arm.key === keyOf(arm.name) ? { key: keyOf(e.target.value) } : {}),
                  })
                }
              />
            )}
          </Field>
          <Field label="Key in the data" error={problemOf(`design.arms.${index}.key`)} required>
            {(control) => (
              <TextInput {...control} value={arm.key} onChange={(e) => change(arm.id, { key: e.target.value })} />
            )}
          </Field>
          <Field label="Weight" error={problemOf(`design.arms.${index}.weight`)} required>
            {(control) => (
              <TextInput
                {...control}
                numeric
                value={arm.weight}
                onChange={(e) => change(arm.id, { weight: e.target.value })}
              />
            )}
          </Field>
          {index > 1 ? (
            <Button
              variant="bare"
              aria-label={`Remove ${arm.name}`}
              onClick={() => set({ arms: fields.arms.filter(({ id }) => id !== arm.id) })}
            >
              Remove
            </Button>
          ) : (
            <span className="hidden w-20 sm:block" />
          )}
        </fieldset>
      ))}
      {fields.arms.length < MOST_ARMS ? (
        <div>
          <Button onClick={add}>Add a treatment</Button>
        </div>
      ) : null}
    </div>
  );
}
