"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Level, type LevelName } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { keepSizes } from "@/lib/closing/actions";
import type { ClosingView } from "@/lib/closing/queries/closing";
import type { ThresholdYear } from "@/lib/closing/rules/thresholds";
import type { Regulatory } from "@/lib/closing/schema";
import { formatDay, formatExactMoney, formatMoney } from "@/lib/format";
import { ClosingDialog } from "./closing-dialog";

const ANSWERS: Readonly<Record<"applies" | "does-not" | "unknown", { level: LevelName; word: string }>> = {
  applies: { level: "warning", word: "a filing is needed" },
  "does-not": { level: "healthy", word: "no filing by size" },
  unknown: { level: "unknown", word: "not known yet" },
};
const dollars = (amount: number | null): string => (amount === null ? "not stored" : formatExactMoney(amount, "USD"));
const feeWords = ({ from, fee }: ThresholdYear["fees"][number]): string =>
  `${from === 0 ? "below the next" : `from ${formatMoney(from, "USD")}`}: ${dollars(fee)}`;
const ROWS: readonly (readonly [label: string, of: (year: ThresholdYear) => string])[] = [
  ["Closing from", ({ validFrom }) => formatDay(validFrom)],
  ["Closing until", ({ validTo }) => (validTo ? formatDay(validTo) : "until others are published")],
  ["Size of transaction, above", ({ sizeOfTransaction }) => dollars(sizeOfTransaction)],
  ["Size of person, smaller", ({ smallerPerson }) => dollars(smallerPerson)],
  ["Size of person, larger", ({ largerPerson }) => dollars(largerPerson)],
  ["No person test above", ({ withoutPersonTest }) => dollars(withoutPersonTest)],
  ["Fees, by size", ({ fees }) => fees.map(feeWords).join("; ")],
  ["Waiting period", ({ waitingDays }) => `${waitingDays} days`],
  ["Source", ({ source }) => source],
];

/** Whether a Hart-Scott-Rodino filing is needed: the answer, why, and the thresholds that it was held against. */
export function RegulatoryCard({ closing, mayEdit }: { closing: ClosingView; mayEdit: boolean }) {
  const { regulatoryVerdict: verdict, years, figures } = closing;
  const { level, word } = ANSWERS[verdict.answer];
  const fee = figures["hsr.fee"];
  const size = figures["hsr.size"];
  return (
    <Section title="Merger control, United States" aside={mayEdit ? <SizesDialog closing={closing} /> : null}>
      <div className="grid gap-3 *:min-w-0">
        <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <Level level={level} word={word} />
          <span>{verdict.why}</span>
          {size && size.value !== null ? (
            <span>
              The headline is <FigureValue figure={size} keepZeros />
              {closing.headline && closing.headline.currency !== "USD" ? " at the stored rate of the day" : ""}
            </span>
          ) : null}
          {verdict.answer === "unknown" ? <span>Missing: {verdict.missing.join("; ")}.</span> : null}
          {fee ? (
            <span>
              Filing fee <FigureValue figure={fee} keepZeros />
            </span>
          ) : null}
        </p>
        <Table caption="Thresholds by year" compact>
          <TableHead>
            <TableHeadCell>Hart-Scott-Rodino</TableHeadCell>
            {years.map(({ id }) => (
              <TableHeadCell key={id}>{id === verdict.year?.id ? `${id}, applied` : id}</TableHeadCell>
            ))}
          </TableHead>
          <TableBody>
            {ROWS.map(([label, of]) => (
              <TableRow key={label}>
                <TableRowHead>{label}</TableRowHead>
                {years.map((year) => (
                  <TableCell key={year.id}>{of(year)}</TableCell>
                ))}
              </TableRow>
            ))}
          </TableBody>
        </Table>
        <p className="prose-width text-sm text-muted">
          By size alone; exemptions, and filings elsewhere, are counsel’s to find. Counsel must confirm the answer.
        </p>
      </div>
    </Section>
  );
}

const FIELDS: readonly (readonly [key: keyof Regulatory, label: string])[] = [
  ["transaction", "Size of the transaction"],
  ["acquirer", "Buyer’s ultimate parent"],
  ["target", "Our ultimate parent"],
];

function SizesDialog({ closing: { dealId, version, regulatory } }: { closing: ClosingView }) {
  const [sizes, setSizes] = useState(regulatory);
  const change = (key: keyof Regulatory, part: Partial<Regulatory["target"]>) =>
    setSizes({ ...sizes, [key]: { ...sizes[key], ...part } });
  return (
    <ClosingDialog
      title="Sizes for merger control"
      description="In US dollars. Of a party: annual net sales or total assets, whichever is larger. Empty is not known; an empty transaction takes the headline of the agreed offer, at the stored rate of the day where it is in another currency."
      trigger={<Button variant="bare">Change the sizes</Button>}
      submit="Keep the sizes"
      done="The sizes are kept."
      send={() => keepSizes({ dealId, version, regulatory: sizes })}
    >
      {(problemAt) =>
        FIELDS.map(([key, label]) => (
          <fieldset key={key} className="grid gap-3 sm:grid-cols-2">
            <legend className="sr-only">{label}</legend>
            <Field label={label} required={false} error={problemAt(`regulatory.${key}.value`)}>
              {(control) => (
                <TextInput
                  {...control}
                  inputMode="decimal"
                  value={sizes[key].value ?? ""}
                  onChange={(event) => change(key, { value: event.target.value.replace(/[\s,]/g, "") || null })}
                />
              )}
            </Field>
            <Field label="Where it is from" required={false} error={problemAt(`regulatory.${key}.source`)}>
              {(control) => (
                <TextInput
                  {...control}
                  value={sizes[key].source}
                  onChange={(event) => change(key, { source: event.target.value })}
                />
              )}
            </Field>
          </fieldset>
        ))
      }
    </ClosingDialog>
  );
}
