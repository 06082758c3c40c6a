"use client";

import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { MEASURE_LABELS } from "@/lib/deals/rules/offer-figures";
import { type OfferProceeds, offerProceeds, type Prepared } from "@/lib/deals/rules/proceeds";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { formatMoney, plural } from "@/lib/format";
import {
  AROUND,
  type ConversionChange,
  conversionChanges,
  effectLines,
  fewLines,
  SHOWN_MEASURES,
} from "./effect-lines";

type OfferEffectProps = {
  prepared: Prepared;
  /** Null: a new offer. */
  kept: OfferProceeds | null;
  /** Null while something cannot be read. */
  terms: OfferTerms | null;
};

/** What the terms as they are typed bring each holder, computed here by the same rules: a preview, not a figure until it is kept. */
export function OfferEffect({ prepared, kept, terms }: OfferEffectProps) {
  const now = useMemo(() => terms && offerProceeds(terms, prepared), [terms, prepared]);
  return (
    <section aria-label="Effect of the terms" className="grid min-w-0 gap-3 border-l-3 border-edge bg-wash px-3 py-2">
      <p className="text-sm font-medium">Preview, not kept</p>
      {now === null ? (
        <p className="text-muted">Mend what is marked, and the effect stands here.</p>
      ) : now.known ? (
        <Effect kept={kept} now={now} prepared={prepared} />
      ) : (
        <Unknown now={now} />
      )}
    </section>
  );
}

function Unknown({ now }: { now: Extract<OfferProceeds, { known: false }> }) {
  return (
    <div>
      <p>{REASON_SENTENCES[now.reason] ?? "What reaches the holders is not known."}</p>
      {now.open.length > 0 ? <p className="text-muted">{`Not stated: ${now.open.join(", ")}.`}</p> : null}
      {now.problems.length > 0 ? (
        <p className="text-muted">{`Expected: ${now.problems.map(({ expected }) => expected).join("; ")}.`}</p>
      ) : null}
    </div>
  );
}

function Effect({ kept, now, prepared }: { kept: OfferProceeds | null; now: OfferProceeds; prepared: Prepared }) {
  const { currency, classes } = prepared.context;
  const [all, setAll] = useState(false);
  const lines = useMemo(() => effectLines(kept, now), [kept, now]);
  const shown = all ? lines : fewLines(lines);
  const headline = lines.find(({ id }) => id === "group")?.values.find(({ key }) => key === "riskAdjusted");
  return (
    <>
      {headline ? (
        <p className="headline text-lg" aria-live="polite">
          {`${formatMoney(headline.now, currency, { keepZeros: true })} to the group today`}
          <Change change={headline.change} currency={currency} />
        </p>
      ) : (
        <p className="text-muted">{REASON_SENTENCES["no-group-holder"]}</p>
      )}
      <Conversions when="At closing" changes={conversionChanges(kept, now, classes, "closing")} />
      <Conversions when="If all is paid" changes={conversionChanges(kept, now, classes, "end")} />
      <Table caption="Effect per holder" compact>
        <TableHead>
          <TableHeadCell>Holder</TableHeadCell>
          {SHOWN_MEASURES.map((key) => (
            <TableHeadCell key={key} numeric>
              {MEASURE_LABELS[key]}
            </TableHeadCell>
          ))}
        </TableHead>
        <TableBody>
          {shown.map(({ id, name, values }) => (
            <TableRow key={id}>
              <TableRowHead className="wrap-anywhere">{name}</TableRowHead>
              {values.map(({ key, now: value, change }) => (
                <TableCell key={key} numeric>
                  {formatMoney(value, currency, { keepZeros: true })}
                  <Change change={change} currency={currency} />
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {shown.length < lines.length ? (
        <div>
          <Button variant="bare" onClick={() => setAll(true)}>
            {`Show all ${plural(lines.length - AROUND, "holder")}`}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Change({ change, currency }: { change: string | null; currency: string }) {
  if (change === null || Number(change) === 0) return null;
  return (
    <span className="block text-sm font-normal text-muted">
      {formatMoney(change, currency, { signed: true, keepZeros: true })}
    </span>
  );
}

function Conversions({ when, changes }: { when: string; changes: readonly ConversionChange[] }) {
  const words = changes.map(({ name, now, before }) => {
    if (before === null || before === now) return name;
    return now ? `${name} (now converts)` : `${name} (no longer converts)`;
  });
  return <p className="text-sm">{`${when} converts: ${words.length > 0 ? words.join(", ") : "nobody"}.`}</p>;
}
