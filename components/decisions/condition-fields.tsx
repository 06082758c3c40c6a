"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select, type SelectOption } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { thresholdHint, thresholdOf } from "@/lib/decisions/rules/threshold";
import type { Condition } from "@/lib/decisions/schema";
import type { Unit } from "@/lib/figures/schema";

/** A metric that can be chosen, with the unit in which its value is typed. */
export type ConditionMetric = SelectOption & { unit: Unit };

/** `key` tells the rows apart while they are edited; the threshold is as it was typed. */
export type ConditionDraft = Condition & { key: number };

const unitOf = (metric: string, metrics: readonly ConditionMetric[]): Unit | null =>
  metrics.find(({ value }) => value === metric)?.unit ?? null;

/** The condition as it is stored; what cannot be read is sent as it is, and refused with its field. */
export function conditionOf({ key: _key, ...draft }: ConditionDraft, metrics: readonly ConditionMetric[]): Condition {
  const unit = unitOf(draft.metric, metrics);
  return { ...draft, threshold: (unit && thresholdOf(draft.threshold, unit)) ?? draft.threshold };
}

export const emptyCondition = (key: number): ConditionDraft => ({
  ...{ key, metric: "", comparator: "at-least", threshold: "", until: "" },
});

const COMPARATORS: readonly SelectOption[] = [
  { value: "at-least", label: "at least" },
  { value: "at-most", label: "at most" },
];
const MOST = 5;

function hintFor(metric: string, metrics: readonly ConditionMetric[]): string {
  const unit = unitOf(metric, metrics);
  return unit ? `${thresholdHint(unit).replace(/^./, (first) => first.toUpperCase())}.` : "Choose a metric first.";
}

type ConditionFieldsProps = {
  conditions: readonly ConditionDraft[];
  metrics: readonly ConditionMetric[];
  onChange: (conditions: readonly ConditionDraft[]) => void;
};

/** What has to hold before anything is carried out; measured anew whenever the venture's facts change. */
export function ConditionFields({ conditions, metrics, onChange }: ConditionFieldsProps) {
  const set = (key: number, part: Partial<ConditionDraft>) =>
    onChange(conditions.map((condition) => (condition.key === key ? { ...condition, ...part } : condition)));
  return (
    <fieldset className="grid gap-3">
      <legend className="text-sm font-medium">Only while every one of these holds</legend>
      <p className="prose-width text-sm text-muted">
        It is carried out as soon as all hold, and suspended the moment one is false, through its last day. What has
        been signed, sent or paid by then stands. Unknown counts as false.
      </p>
      {conditions.map((condition, index) => (
        <div key={condition.key} className="grid items-end gap-2 border-b border-line pb-3 sm:grid-cols-2">
          <Field label={`Metric ${index + 1}`} required>
            {(control) => (
              <Select
                {...control}
                autoFocus={index === 0}
                placeholder="Choose a metric"
                options={metrics}
                value={condition.metric}
                onChange={(event) => set(condition.key, { metric: event.target.value })}
              />
            )}
          </Field>
          <Field label="Is">
            {(control) => (
              <Select
                {...control}
                options={COMPARATORS}
                value={condition.comparator}
                onChange={(event) =>
                  set(condition.key, { comparator: event.target.value === "at-most" ? "at-most" : "at-least" })
                }
              />
            )}
          </Field>
          <Field label="Value" hint={hintFor(condition.metric, metrics)} required>
            {(control) => (
              <TextInput
                {...control}
                numeric
                pattern="[+\-−]?\d{1,26}(\.\d{1,8})?( ?%)?"
                value={condition.threshold}
                onChange={(event) => set(condition.key, { threshold: event.target.value })}
              />
            )}
          </Field>
          <Field label="Until" required>
            {(control) => (
              <TextInput
                {...control}
                type="date"
                value={condition.until}
                onChange={(event) => set(condition.key, { until: event.target.value })}
              />
            )}
          </Field>
          {conditions.length > 1 ? (
            <div>
              <Button onClick={() => onChange(conditions.filter((other) => other.key !== condition.key))}>
                Remove condition {index + 1}
              </Button>
            </div>
          ) : null}
        </div>
      ))}
      {conditions.length < MOST ? (
        <div>
          <Button
            onClick={() => onChange([...conditions, emptyCondition(Math.max(...conditions.map((c) => c.key)) + 1)])}
          >
            Add a condition
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}
