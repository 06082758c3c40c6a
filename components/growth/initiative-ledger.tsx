"use client";

import { useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { currencySymbol, formatDay, formatNumber } from "@/lib/format";
import { takeSpendBack } from "@/lib/growth/actions/initiatives";
import type { SpendView } from "@/lib/growth/queries/initiatives/initiative";
import { InitiativeProblem } from "./initiative-problem";

const KINDS: Readonly<Record<SpendView["kind"], string>> = {
  spent: "paid",
  committed: "committed",
  reversal: "taken back",
};
const CLOSED = { reversed: "taken back", settled: "paid" } as const;

type LedgerProps = { initiativeId: string; currency: string; spends: readonly SpendView[]; mayEdit: boolean };

/** Every entry, the newest first. Nothing is changed: one that was wrong is taken back by another. */
export function InitiativeLedger({ initiativeId, currency, spends, mayEdit }: LedgerProps) {
  const { busy, refusal, run, dialog } = useChange();
  const [keys] = useState(() => new Map(spends.map(({ id }) => [id, crypto.randomUUID()])));
  if (spends.length === 0) return <p className="py-2 text-muted">Nothing has been paid or committed.</p>;
  const takeBack = (entry: SpendView) =>
    run(
      () =>
        takeSpendBack({
          ...{ initiativeId, entryId: entry.id, entryKey: keys.get(entry.id) ?? crypto.randomUUID() },
          reason: `Taken back: ${entry.what}`.slice(0, 200),
        }),
      "The entry is taken back.",
    );
  return (
    <div className="grid grid-cols-1 gap-3">
      <InitiativeProblem code={refusal} />
      <Table caption="Payments and commitments" compact>
        <TableHead>
          <TableHeadCell>What</TableHeadCell>
          <TableHeadCell>Day</TableHeadCell>
          <TableHeadCell numeric unit={currencySymbol(currency)}>
            Amount
          </TableHeadCell>
          <TableHeadCell>State</TableHeadCell>
          <TableHeadCell>By</TableHeadCell>
          {mayEdit ? <TableHeadCell>{""}</TableHeadCell> : null}
        </TableHead>
        <TableBody>
          {spends.map((entry) => (
            <TableRow key={entry.id}>
              <TableRowHead className="min-w-40">{entry.what}</TableRowHead>
              <TableCell className="whitespace-nowrap">{formatDay(entry.on)}</TableCell>
              <TableCell numeric>
                {entry.kind === "reversal" ? "−" : ""}
                {formatNumber(entry.amount, { keepZeros: true })}
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {entry.closed ? `${KINDS[entry.kind]}, ${CLOSED[entry.closed]}` : KINDS[entry.kind]}
              </TableCell>
              <TableCell className="whitespace-nowrap text-muted">{entry.by}</TableCell>
              {mayEdit ? (
                <TableCell>
                  {entry.kind !== "reversal" && entry.closed === null ? (
                    <Button variant="bare" busy={busy} onClick={() => takeBack(entry)}>
                      Take back
                    </Button>
                  ) : null}
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
      {dialog}
    </div>
  );
}
