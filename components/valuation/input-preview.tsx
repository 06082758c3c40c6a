"use client";

import { useMemo } from "react";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { formatMoney } from "@/lib/format";
import type { ValuationContext } from "@/lib/valuation/rules/venture-methods";
import type { ValuationInputs } from "@/lib/valuation/schema/venture";
import { type PreviewLineOf, previewed, previewLines } from "./preview-lines";

type InputPreviewProps = {
  kept: ValuationInputs;
  /** Null while something cannot be read. */
  inputs: ValuationInputs | null;
  context: ValuationContext;
  currency: string;
};

/** What the inputs as they stand would come to: computed here by the same rules, a preview and not a figure until it is kept. */
export function InputPreview({ kept, inputs, context, currency }: InputPreviewProps) {
  const before = useMemo(() => previewed(kept, context), [kept, context]);
  const lines = useMemo(
    () => (inputs ? previewLines(before, inputs === kept ? before : previewed(inputs, context)) : []),
    [before, kept, inputs, context],
  );
  return (
    <div className="border-l-3 border-edge bg-wash px-3 py-2" aria-live="polite">
      <p className="text-sm font-medium">Preview, not kept</p>
      {lines.length > 0 ? (
        <dl className="grid gap-1 text-sm">
          {lines.map((line) => (
            <PreviewLine key={line.name} line={line} currency={currency} />
          ))}
        </dl>
      ) : (
        <p className="text-sm text-muted">Mend what is marked, and the effect stands here.</p>
      )}
    </div>
  );
}

function PreviewLine({ line: { name, now, before }, currency }: { line: PreviewLineOf; currency: string }) {
  const text = now.value === null ? (REASON_SENTENCES[now.reason] ?? now.reason) : formatMoney(now.value, currency);
  const change = now.value && before.value ? now.value.minus(before.value) : null;
  const moved = change && !change.isZero() ? formatMoney(change, currency, { signed: true }) : null;
  return (
    <div className="flex flex-wrap justify-between gap-x-3">
      <dt className="text-muted">{name}</dt>
      <dd>
        {text}
        {moved ? <span className="text-muted"> ({moved})</span> : null}
      </dd>
    </div>
  );
}
