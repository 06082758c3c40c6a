"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { OfferVersionView } from "@/lib/deals/queries/offers";
import { HOLDER_MEASURES, MEASURE_LABELS } from "@/lib/deals/rules/offer-figures";
import { plural } from "@/lib/format";
import { FEW_HOLDERS } from "./effect-lines";
import { offerKey } from "./offer-comparison";

/** What reaches each holder from the newest offer of each bidder. */
export function HolderComparison({ offers }: { offers: readonly OfferVersionView[] }) {
  const [measure, setMeasure] = useState<(typeof HOLDER_MEASURES)[number]>("total");
  const [everybody, setEverybody] = useState(false);
  const shown = offers.filter(({ newest, proceeds }) => newest && proceeds.known);
  const holders = new Map(
    shown.flatMap(({ proceeds }) =>
      proceeds.known ? proceeds.holders.map(({ id, name }) => [id, name] as const) : [],
    ),
  );
  if (shown.length === 0) return <p className="text-muted">No offer says enough to tell what reaches a holder.</p>;
  const row = (label: string, part: string) => (
    <TableRow key={part}>
      <TableRowHead className="wrap-anywhere">{label}</TableRowHead>
      {shown.map((one) => {
        const figure = one.figures[`${part}.${measure}`];
        return (
          <TableCell key={offerKey(one)} numeric>
            {figure ? <FigureValue figure={figure} keepZeros /> : "–"}
          </TableCell>
        );
      })}
    </TableRow>
  );
  return (
    <div className="grid gap-3 *:min-w-0">
      <div>
        <Field label="Show">
          {(control) => (
            <Select
              {...control}
              options={HOLDER_MEASURES.map((value) => ({ value, label: MEASURE_LABELS[value] }))}
              value={measure}
              onChange={({ target: { value } }) => setMeasure(HOLDER_MEASURES.find((one) => one === value) ?? "total")}
            />
          )}
        </Field>
      </div>
      <Table caption="What reaches each holder">
        <TableHead>
          <TableHeadCell>Holder</TableHeadCell>
          {shown.map((one) => (
            <TableHeadCell key={offerKey(one)} numeric>
              {`${one.bidder}, v${one.version}`}
            </TableHeadCell>
          ))}
        </TableHead>
        <TableBody>
          {row("The group", "group")}
          {[...holders].slice(0, everybody ? holders.size : FEW_HOLDERS).map(([id, name]) => row(name, `holder.${id}`))}
          {row("All holders", "all")}
        </TableBody>
      </Table>
      {everybody || holders.size <= FEW_HOLDERS ? null : (
        <div>
          <Button variant="bare" onClick={() => setEverybody(true)}>
            {`Show all ${plural(holders.size, "holder")}`}
          </Button>
        </div>
      )}
    </div>
  );
}
