"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { saveDraft } from "@/lib/experiments/actions";
import type { LinkableInitiative } from "@/lib/experiments/queries";
import { type Draft, METHODS } from "@/lib/experiments/schema/design";
import { findMetric } from "@/lib/metrics/schema";
import { ArmFieldset } from "./arm-fields";
import { type DesignFields, designOf } from "./design-state";
import { MetricFieldset } from "./metric-fields";
import { SizeFields } from "./size-fields";
import { SizeLine } from "./size-line";
import { METHOD_HINTS, METHOD_WORDS, refusalText } from "./words";

export type FormProps = {
  fields: DesignFields;
  set: (change: Partial<DesignFields>) => void;
  problemOf: (path: string) => string | null;
};

type DesignFormProps = {
  venture: { id: string; slug: string };
  initial: DesignFields;
  /** The draft that is changed; null for a new one. */
  draft: { id: string; version: number } | null;
  initiatives: readonly LinkableInitiative[];
};

/** The whole design of a test before it starts, with its size and duration as it is typed. */
export function DesignForm({ venture, initial, draft, initiatives }: DesignFormProps) {
  const router = useRouter();
  const [fields, setFields] = useState(initial);
  const set = (change: Partial<DesignFields>) => setFields((before) => ({ ...before, ...change }));
  const save = useMutation({
    mutationFn: saveDraft,
    onSuccess: (outcome) => {
      if (!outcome.ok) return;
      router.push(`/ventures/${venture.slug}/growth/experiments/${outcome.value.experimentId}`);
      router.refresh();
    },
  });
  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { name, hypothesis, method, initiativeId } = fields;
    save.mutate({
      ...{ ventureId: venture.id, name, hypothesis, method, initiativeId: initiativeId || null },
      ...{ experimentId: draft?.id ?? null, version: draft?.version ?? null },
      // Checked on the server by its schema, field by field.
      design: designOf(fields) as Draft["design"],
    });
  }
  const refused = save.data && !save.data.ok ? save.data : null;
  const problemOf = (path: string) => refused?.problems?.find((problem) => problem.path === path)?.expected ?? null;
  const form: FormProps = { fields, set, problemOf };
  return (
    <form onSubmit={send} className="grid max-w-180 gap-8" noValidate>
      <Idea {...form} initiatives={initiatives} />
      <Section title="Arms">
        <ArmFieldset {...form} />
      </Section>
      <Section title="Metrics">
        <MetricFieldset {...form} />
      </Section>
      <Section title="Size">
        <div className="grid gap-4">
          <SizeFields {...form} />
          <SizeLine design={designOf(fields)} method={fields.method} />
        </div>
      </Section>
      <div role="alert">
        {refused ? <p className="font-medium">{refusalText(refused.refusal)}</p> : null}
        {refused && (refused.problems?.length ?? 0) > 0 ? (
          <ul className="list-disc pl-5 text-sm">
            {refused.problems?.map(({ path, expected }) => (
              <li key={`${path} ${expected}`}>{expected}</li>
            ))}
          </ul>
        ) : null}
        {save.isError ? <p className="font-medium">{refusalText("UNAVAILABLE")}</p> : null}
      </div>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" busy={save.isPending}>
          Save the draft
        </Button>
      </div>
    </form>
  );
}

function Idea({ fields, set, problemOf, initiatives }: FormProps & Pick<DesignFormProps, "initiatives">) {
  return (
    <div className="grid gap-4">
      <Field label="Name" error={problemOf("name")} required>
        {(control) => (
          <TextInput {...control} value={fields.name} maxLength={120} onChange={(e) => set({ name: e.target.value })} />
        )}
      </Field>
      <Field label="Hypothesis" hint="What is expected to change, and why" error={problemOf("hypothesis")} required>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={1000}
            value={fields.hypothesis}
            onChange={(e) => set({ hypothesis: e.target.value })}
          />
        )}
      </Field>
      {initiatives.length > 0 ? <InitiativeChoice fields={fields} set={set} initiatives={initiatives} /> : null}
      <RadioGroup
        name="method"
        legend="Analysis"
        value={fields.method}
        onChange={(method) => set({ method: METHODS.find((known) => known === method) ?? "fixed" })}
        options={METHODS.map((method) => ({ value: method, label: METHOD_WORDS[method], hint: METHOD_HINTS[method] }))}
      />
    </div>
  );
}

/** A shipped test measures its initiative where both are about the same metric. */
function InitiativeChoice({
  fields,
  set,
  initiatives,
}: Pick<FormProps, "fields" | "set"> & Pick<DesignFormProps, "initiatives">) {
  const chosen = initiatives.find(({ id }) => id === fields.initiativeId);
  const primary = fields.metrics.find(({ role }) => role === "primary");
  const name = chosen && (findMetric(chosen.metric)?.name ?? chosen.metric);
  const same = chosen?.metric === primary?.key;
  const measureBy = (key: string) =>
    set({ metrics: fields.metrics.map((one) => (one.id === primary?.id ? { ...one, key, name: name ?? key } : one)) });
  const hint = same
    ? `Shipped, the test measures the initiative: its primary metric is ${name}.`
    : `The initiative is measured by ${name}. Only a test with that as its primary metric measures it.`;
  return (
    <div className="grid gap-2">
      <Field label="Initiative" hint={chosen && hint} required={false}>
        {(control) => (
          <Select
            {...control}
            placeholder="None"
            value={fields.initiativeId}
            onChange={(e) => set({ initiativeId: e.target.value })}
            options={initiatives.map(({ id, title }) => ({ value: id, label: title }))}
          />
        )}
      </Field>
      {chosen && !same ? (
        <div>
          <Button onClick={() => measureBy(chosen.metric)}>Make {name} the primary metric</Button>
        </div>
      ) : null}
    </div>
  );
}
