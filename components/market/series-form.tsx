"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { submitSeries } from "@/lib/market/actions";
import {
  SERIES_KIND_NAMES,
  SERIES_KINDS,
  SERIES_UNITS,
  type SeriesKind,
  UNIT_OF_KIND,
} from "@/lib/market/schema/series";
import { marketSentence } from "./words";

const keyOf = (label: string): string =>
  label
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);

const KINDS = SERIES_KINDS.map((kind) => ({ value: kind, label: SERIES_KIND_NAMES[kind] }));
const UNITS = SERIES_UNITS.map((unit) => ({ value: unit, label: unit }));

/** Names a series before its first file: what is measured, by whom, and when its values are known. */
export function SeriesForm() {
  const [kind, setKind] = useState<SeriesKind>("multiple");
  const { busy, refusal, problems, run, dialog } = useChange();

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const data = new FormData(form);
    const text = (name: string) => String(data.get(name) ?? "").trim();
    const unit = SERIES_UNITS.find((one) => one === text("unit")) ?? UNIT_OF_KIND[kind];
    const series = {
      ...{ key: keyOf(text("label")), label: text("label"), kind, unit, source: text("source") },
      ...{ definition: text("definition"), sector: text("sector") || null, publishedAfter: Number(text("after")) },
      ...{ revised: data.get("revised") === "on", zeroIsGap: data.get("zeroIsGap") === "on" },
    };
    const kept = await run(() => submitSeries(series), "The series is there; load its first file.");
    if (kept) form.reset();
  }

  return (
    <Disclosure summary="A new series">
      <form onSubmit={send} className="grid gap-3" aria-label="New series">
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
          <Field label="Name" required>
            {(control) => <TextInput {...control} name="label" minLength={3} maxLength={80} />}
          </Field>
          <Field label="Kind" required>
            {(control) => (
              <Select
                {...control}
                name="kind"
                value={kind}
                options={KINDS}
                onChange={(event) => setKind(SERIES_KINDS.find((one) => one === event.target.value) ?? kind)}
              />
            )}
          </Field>
          <Field label="Unit" required>
            {(control) => (
              <Select {...control} name="unit" key={kind} defaultValue={UNIT_OF_KIND[kind]} options={UNITS} />
            )}
          </Field>
          <Field label="Source" required>
            {(control) => <TextInput {...control} name="source" minLength={3} maxLength={200} />}
          </Field>
          <Field label="Sector or business model" hint="Of a multiple; as at the venture" required={false}>
            {(control) => <TextInput {...control} name="sector" maxLength={80} />}
          </Field>
          <Field label="Known after, days" hint="From a value’s day until anybody has it" required>
            {(control) => (
              <TextInput {...control} name="after" type="number" min={0} max={400} defaultValue={1} numeric />
            )}
          </Field>
        </div>
        <Field
          label="Definition"
          hint="What is measured, of whom, median or weighted. Another one is another series."
          required
        >
          {(control) => <TextInput {...control} name="definition" minLength={10} maxLength={500} />}
        </Field>
        <Checkbox name="zeroIsGap" defaultChecked label="A zero stands for a missing value" />
        <Checkbox name="revised" label="Values are revised after they are published; each file is a vintage" />
        {refusal ? (
          <p role="alert" className="font-medium text-critical-text">
            {marketSentence(refusal)} {problems.map(({ path, expected }) => `${path}: ${expected}`).join("; ")}
          </p>
        ) : null}
        <div>
          <Button type="submit" busy={busy}>
            Add the series
          </Button>
        </div>
        {dialog}
      </form>
    </Disclosure>
  );
}
