"use client";

import { useState } from "react";
import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import type { SourceSummary } from "@/lib/imports/queries";
import { type ImportKind, RATES_SOURCE } from "@/lib/imports/schema";

export type KnownSource = Pick<SourceSummary, "name" | "holds">;

/** The source that has brought this kind before; a new venture gets the usual name of such a system. */
const USUAL: Readonly<Record<ImportKind, string>> = {
  metrics: "Finance export",
  customers: "CRM export",
  subscriptions: "Billing export",
  invoices: "Billing export",
  rates: RATES_SOURCE,
  buyers: "Buyer research",
  comparables: "Market research",
  offers: "Bid letters",
  checklist: "Counsel’s checklist",
};
const sourceFor = (kind: ImportKind, sources: readonly KnownSource[]): string =>
  sources.find((source) => source.holds.includes(kind))?.name ?? USUAL[kind];

/** Where the file comes from and the day it speaks about. */
export function SourceFields({ kind, sources }: { kind: ImportKind; sources: readonly KnownSource[] }) {
  const [source, setSource] = useState<string | null>(null);
  const asOf = (
    <Field label="As of" hint="The day the file speaks about; today when left empty." required={false}>
      {(control) => <TextInput {...control} name="asOf" type="date" />}
    </Field>
  );
  // Each row of rates names who published it.
  if (kind === "rates")
    return (
      <div className="grid gap-4 sm:grid-cols-2">
        <input type="hidden" name="source" value={RATES_SOURCE} />
        {asOf}
      </div>
    );
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Source" hint="The system it comes from. Rows of two sources are never merged." required>
        {(control) => (
          <TextInput
            {...control}
            name="source"
            list="known-sources"
            value={source ?? sourceFor(kind, sources)}
            onChange={(event) => setSource(event.target.value)}
            maxLength={120}
          />
        )}
      </Field>
      <datalist id="known-sources">
        {sources.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
      {asOf}
    </div>
  );
}
