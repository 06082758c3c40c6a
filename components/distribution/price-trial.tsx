"use client";

import { useMemo, useState } from "react";
import { Field } from "@/components/ui/field";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { type OfferContext, prepareOffers } from "@/lib/deals/rules/proceeds";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { type Split, splitOf, unitText } from "@/lib/distribution/rules/split/split";
import { priceInput, type WithholdingRate } from "@/lib/distribution/schema/split";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { formatMoney } from "@/lib/format";

type PriceTrialProps = {
  context: OfferContext;
  terms: OfferTerms;
  withholdings: readonly WithholdingRate[];
  /** The right end of the slider, in the currency of the price. */
  most: number;
};

const STEPS = 400;
/** More lines than this are read in the table of the page. */
const SHOWN_HOLDERS = 12;

/** A price to try: who converts and what each holder gets, computed here by the same rules while it moves. */
export function PriceTrial({ context, terms, withholdings, most }: PriceTrialProps) {
  const start = terms.price ?? String(Math.round(most / 2));
  const [typed, setTyped] = useState(start);
  const prepared = useMemo(() => prepareOffers(context), [context]);
  const read = priceInput.safeParse(typed.replace(/[\s,]/g, ""));
  const price = read.success ? read.data : null;
  const before = useMemo(() => prepared && splitOf(terms, prepared, withholdings), [prepared, terms, withholdings]);
  const now = useMemo(
    () => (prepared && price ? splitOf({ ...terms, price }, prepared, withholdings) : null),
    [prepared, terms, withholdings, price],
  );
  const step = Math.max(1, Math.round(most / STEPS));
  return (
    <section aria-label="Preview of a price" className="grid min-w-0 gap-3 border-l-3 border-edge bg-wash px-3 py-2">
      <p className="text-sm font-medium">Preview, not kept</p>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-2">
        <Field label={`Price to try (${terms.currency})`} error={price ? null : "an amount above 0"} required>
          {(control) => (
            <TextInput {...control} numeric value={typed} onChange={({ target: { value } }) => setTyped(value)} />
          )}
        </Field>
        <input
          type="range"
          aria-label="Price to try, slider"
          aria-valuetext={formatMoney(price, terms.currency)}
          min={step}
          max={most}
          step={step}
          value={Math.min(most, Number(price ?? 0))}
          className="min-h-11 w-full max-w-100 accent-accent"
          onChange={({ target: { value } }) => setTyped(value)}
        />
      </div>
      {now === null ? null : now.known ? (
        <Effect now={now} before={before?.known && terms.price !== null ? before : null} context={context} />
      ) : (
        <p className="text-muted">
          {REASON_SENTENCES[now.reason] ?? "What reaches the holders is not known."}
          {now.open.length > 0 ? ` Not stated: ${now.open.join(", ")}.` : ""}
        </p>
      )}
    </section>
  );
}

type EffectProps = { now: Split; before: Split | null; context: OfferContext };

function Effect({ now, before, context: { currency, digits } }: EffectProps) {
  const money = (units: bigint, signed = false) =>
    formatMoney(unitText(units, digits), currency, { keepZeros: true, signed });
  const was = new Map(before?.holders.map(({ id, net }) => [id, net]));
  const converting = now.classes.filter(({ converted }) => converted).map(({ name }) => name);
  const rows = [
    ...(now.group ? [{ id: "group", name: "The group", own: now.group, net: before?.group?.net }] : []),
    ...now.holders
      .slice(0, SHOWN_HOLDERS)
      .map((line) => ({ id: line.id, name: line.name, own: line, net: was.get(line.id) })),
    { id: "all", name: "All holders", own: now.totals, net: before?.totals.net },
  ];
  return (
    <>
      <p className="text-sm" aria-live="polite">
        {now.group ? `${money(now.group.net)} to the group at closing. ` : ""}
        {`Converts: ${converting.length > 0 ? converting.slice(0, 4).join(", ") : "nobody"}${converting.length > 4 ? ` and ${converting.length - 4} more` : ""}.`}
      </p>
      <Table caption="Effect of the price" compact>
        <TableHead>
          <TableHeadCell>Holder</TableHeadCell>
          <TableHeadCell numeric>Before tax</TableHeadCell>
          <TableHeadCell numeric>At closing</TableHeadCell>
          <TableHeadCell numeric>Change</TableHeadCell>
        </TableHead>
        <TableBody>
          {rows.map(({ id, name, own, net }) => (
            <TableRow key={id}>
              <TableRowHead className="wrap-anywhere">{name}</TableRowHead>
              <TableCell numeric>{money(own.gross)}</TableCell>
              <TableCell numeric>{money(own.net)}</TableCell>
              <TableCell numeric>{net === undefined ? "–" : money(own.net - net, true)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </>
  );
}
