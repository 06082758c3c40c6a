"use client";

import type { ChangeEvent } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { COUNTS_LIMIT, FORMATS, formatOf } from "@/lib/experiments/schema/design";
import { CountsPreviewTable } from "./counts-preview";
import { type CountFields, useCounts } from "./use-counts";
import { FORMAT_WORDS, refusalText } from "./words";

/** Arm totals or days, as a file or as text: first what it would change, then the import. */
export function ImportForm({ experimentId, sample }: { experimentId: string; sample: string }) {
  const { fields, set, shown, refused, preview, previewing, apply, applying } = useCounts(experimentId);
  return (
    <div className="grid max-w-160 gap-4">
      <SourceFields fields={fields} set={set} />
      {fields.format === "csv" ? <Columns sample={sample} /> : null}
      <Field label="Counted through" hint="Where the counts do not say a day; today otherwise" className="max-w-60">
        {(control) => (
          <TextInput
            {...control}
            type="date"
            value={fields.through}
            onChange={(e) => set({ through: e.target.value })}
          />
        )}
      </Field>
      <div role="alert">
        {refused && !refused.ok ? <p className="font-medium">{refusalText(refused.refusal)}</p> : null}
      </div>
      {shown ? <CountsPreviewTable preview={shown} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button busy={previewing} onClick={preview} disabled={fields.text.trim() === ""}>
          Preview
        </Button>
        <Button
          variant="primary"
          busy={applying}
          disabled={shown === null || shown.problems.length > 0}
          onClick={() => apply()}
        >
          Import the counts
        </Button>
      </div>
    </div>
  );
}

type SourceProps = { fields: CountFields; set: (change: Partial<CountFields>) => void };

function SourceFields({ fields, set }: SourceProps) {
  async function read(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (!file) return;
    const text = await file.text();
    set({ text, fileName: file.name, format: formatOf(text) ?? fields.format });
  }
  return (
    <>
      <Field label="Format">
        {(control) => (
          <Select
            {...control}
            value={fields.format}
            onChange={(e) => set({ format: FORMATS.find((known) => known === e.target.value) ?? "csv" })}
            options={FORMATS.map((one) => ({ value: one, label: FORMAT_WORDS[one] }))}
          />
        )}
      </Field>
      <Field label="File" required={false}>
        {(control) => <input {...control} type="file" accept=".csv,.json,text/csv,application/json" onChange={read} />}
      </Field>
      <Field label="Counts" hint="From the file, or pasted here; the format follows what is pasted">
        {(control) => (
          <Textarea
            {...control}
            rows={6}
            spellCheck={false}
            maxLength={COUNTS_LIMIT}
            className="font-mono text-sm"
            value={fields.text}
            onChange={(e) => set({ text: e.target.value, format: formatOf(e.target.value) ?? fields.format })}
          />
        )}
      </Field>
    </>
  );
}

const Columns = ({ sample }: { sample: string }) => (
  <Disclosure summary="Columns">
    <p className="mb-2 prose-width text-sm text-muted">
      One row per arm and metric; with a day column one per day, which are added up. A rate has n and successes, a mean
      n, sum and sum_squares. For ratio metrics and CUPED: denominator_sum, denominator_sum_squares,
      denominator_sum_product, pre_sum, pre_sum_squares, pre_sum_product.
    </p>
    <pre className="overflow-x-auto text-sm">{sample}</pre>
  </Disclosure>
);
