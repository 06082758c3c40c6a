"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type ChangeEvent, useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { useToast } from "@/components/ui/toast";
import { importCounts, previewImport } from "@/lib/experiments/actions";
import { COUNTS_LIMIT, type CountFormat, FORMATS } from "@/lib/experiments/schema/design";
import { CountsPreviewTable } from "./counts-preview";
import { FORMAT_WORDS, refusalText } from "./words";

type Props = { experimentId: string; sample: string };

/** Arm totals or days, as a file or as text: first what it would change, then the import. */
export function ImportForm({ experimentId, sample }: Props) {
  const router = useRouter();
  const toast = useToast();
  const [format, setFormat] = useState<CountFormat>("csv");
  const [text, setText] = useState("");
  const [fileName, setFileName] = useState("");
  const [through, setThrough] = useState("");
  const preview = useMutation({ mutationFn: previewImport });
  const apply = useMutation({
    mutationFn: importCounts,
    onSuccess: (outcome) => {
      if (!outcome.ok) return;
      toast({ text: `The counts are imported as revision ${outcome.value.revision}.` });
      setText("");
      setFileName("");
      preview.reset();
      router.refresh();
    },
  });
  const input = { experimentId, format, fileName, text, through: through || null };
  const change = (own: () => void) => {
    own();
    preview.reset();
    apply.reset();
  };
  async function read(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    if (!file) return;
    const content = await file.text();
    change(() => {
      setText(content);
      setFileName(file.name);
      if (file.name.toLowerCase().endsWith(".csv")) setFormat("csv");
    });
  }
  const shown = preview.data?.ok ? preview.data.value : null;
  const failed = [preview.data, apply.data].find((one) => one && !one.ok);
  return (
    <div className="grid max-w-160 gap-4">
      <Field label="Format">
        {(control) => (
          <Select
            {...control}
            value={format}
            onChange={(e) => change(() => setFormat(FORMATS.find((known) => known === e.target.value) ?? "csv"))}
            options={FORMATS.map((one) => ({ value: one, label: FORMAT_WORDS[one] }))}
          />
        )}
      </Field>
      <Field label="File" required={false}>
        {(control) => <input {...control} type="file" accept=".csv,.json,text/csv,application/json" onChange={read} />}
      </Field>
      <Field label="Counts" hint="From the file, or pasted here">
        {(control) => (
          <Textarea
            {...control}
            rows={6}
            spellCheck={false}
            maxLength={COUNTS_LIMIT}
            className="font-mono text-sm"
            value={text}
            onChange={(e) => change(() => setText(e.target.value))}
          />
        )}
      </Field>
      {format === "csv" ? (
        <Disclosure summary="Columns">
          <p className="mb-2 prose-width text-sm text-muted">
            One row per arm and metric; with a day column one per day, which are added up. A rate has n and successes, a
            mean n, sum and sum_squares. For ratio metrics and CUPED: denominator_sum, denominator_sum_squares,
            denominator_sum_product, pre_sum, pre_sum_squares, pre_sum_product.
          </p>
          <pre className="overflow-x-auto text-sm">{sample}</pre>
        </Disclosure>
      ) : null}
      <Field label="Counted through" hint="Where the counts do not say a day; today otherwise" className="max-w-60">
        {(control) => (
          <TextInput
            {...control}
            type="date"
            value={through}
            onChange={(e) => change(() => setThrough(e.target.value))}
          />
        )}
      </Field>
      <div role="alert">
        {failed && !failed.ok ? <p className="font-medium">{refusalText(failed.refusal)}</p> : null}
      </div>
      {shown ? <CountsPreviewTable preview={shown} /> : null}
      <div className="flex flex-wrap justify-end gap-2">
        <Button busy={preview.isPending} onClick={() => preview.mutate(input)} disabled={text.trim() === ""}>
          Preview
        </Button>
        <Button
          variant="primary"
          busy={apply.isPending}
          disabled={shown === null || shown.problems.length > 0}
          onClick={() => shown && apply.mutate({ ...input, onRevision: shown.onRevision })}
        >
          Import the counts
        </Button>
      </div>
    </div>
  );
}
