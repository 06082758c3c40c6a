"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { METRIC_KINDS, METRIC_ROLES } from "@/lib/experiments/schema/design";
import type { FormProps } from "./design-form";
import { keyOf, type MetricFields } from "./design-state";

const KIND_WORDS = { rate: "rate (yes or no)", mean: "mean per unit", ratio: "ratio of two sums" } as const;
const ROLE_OPTIONS = METRIC_ROLES.filter((role) => role !== "primary").map((role) => ({ value: role, label: role }));

/** The primary metric decides; goals share its α, guardrails may not fall, exploration is for later. */
export function MetricFieldset({ fields, set, problemOf }: FormProps) {
  const change = (id: number, own: Partial<MetricFields>) =>
    set({ metrics: fields.metrics.map((metric) => (metric.id === id ? { ...metric, ...own } : metric)) });
  const add = () => {
    const id = Math.max(...fields.metrics.map((metric) => metric.id)) + 1;
    const metric = { id, key: `metric-${id}`, name: `Metric ${id}`, kind: "rate" as const, role: "guardrail" as const };
    set({ metrics: [...fields.metrics, { ...metric, better: "up", margin: "1" }] });
  };
  return (
    <div className="grid gap-5">
      {fields.metrics.map((metric, index) => (
        <MetricRow
          key={metric.id}
          metric={metric}
          at={`design.metrics.${index}`}
          problemOf={problemOf}
          change={(own) => change(metric.id, own)}
          remove={index === 0 ? null : () => set({ metrics: fields.metrics.filter(({ id }) => id !== metric.id) })}
        />
      ))}
      {fields.metrics.length < 20 ? (
        <div>
          <Button onClick={add}>Add a metric</Button>
        </div>
      ) : null}
    </div>
  );
}

type RowProps = {
  metric: MetricFields;
  at: string;
  problemOf: FormProps["problemOf"];
  change: (own: Partial<MetricFields>) => void;
  remove: (() => void) | null;
};

function MetricRow({ metric, at, problemOf, change, remove }: RowProps) {
  const rename = (name: string) => change({ name, ...(metric.key === keyOf(metric.name) ? { key: keyOf(name) } : {}) });
  return (
    <fieldset className="grid gap-3 border-l-3 border-line pl-3">
      <legend className="sr-only">{metric.name}</legend>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={metric.role === "primary" ? "Primary metric" : "Metric"} error={problemOf(`${at}.name`)} required>
          {(control) => <TextInput {...control} value={metric.name} onChange={(e) => rename(e.target.value)} />}
        </Field>
        <Field label="Key in the data" error={problemOf(`${at}.key`)} required>
          {(control) => <TextInput {...control} value={metric.key} onChange={(e) => change({ key: e.target.value })} />}
        </Field>
      </div>
      <MetricChoices metric={metric} at={at} problemOf={problemOf} change={change} chooseRole={remove !== null} />
      {remove ? (
        <div>
          <Button variant="bare" aria-label={`Remove ${metric.name}`} onClick={remove}>
            Remove
          </Button>
        </div>
      ) : null}
    </fieldset>
  );
}

type ChoicesProps = Omit<RowProps, "remove"> & { chooseRole: boolean };

function MetricChoices({ metric, at, problemOf, change, chooseRole }: ChoicesProps) {
  return (
    <div className="grid items-end gap-3 sm:grid-cols-4">
      <Field label="Kind">
        {(control) => (
          <Select
            {...control}
            value={metric.kind}
            onChange={(e) => change({ kind: METRIC_KINDS.find((kind) => kind === e.target.value) ?? "rate" })}
            options={METRIC_KINDS.map((kind) => ({ value: kind, label: KIND_WORDS[kind] }))}
          />
        )}
      </Field>
      <Field label="Better">
        {(control) => (
          <Select
            {...control}
            value={metric.better}
            onChange={(e) => change({ better: e.target.value === "down" ? "down" : "up" })}
            options={[
              { value: "up", label: "up" },
              { value: "down", label: "down" },
            ]}
          />
        )}
      </Field>
      {chooseRole ? (
        <Field label="Role">
          {(control) => (
            <Select
              {...control}
              value={metric.role}
              onChange={(e) => change({ role: METRIC_ROLES.find((role) => role === e.target.value) ?? "goal" })}
              options={ROLE_OPTIONS}
            />
          )}
        </Field>
      ) : null}
      {metric.role === "guardrail" ? (
        <Field label="May lose, %" error={problemOf(`${at}.margin`)}>
          {(control) => (
            <TextInput
              {...control}
              numeric
              value={metric.margin}
              onChange={(e) => change({ margin: e.target.value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
