"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { Textarea } from "@/components/ui/textarea";
import { formatDay, formatExactMoney, plural } from "@/lib/format";
import { fromMinor } from "@/lib/money";
import { settleLine } from "@/lib/payments/actions";
import type { OpenLineView } from "@/lib/payments/queries/payments-page";
import { SETTLEMENTS, type Settlement } from "@/lib/payments/schema";
import { FormDialog } from "./form-dialog";
import { LINE_WORDS } from "./words";

type Tranche = { id: string; label: string };
type OpenLinesProps = { lines: readonly OpenLineView[]; tranches: readonly Tranche[]; mayPrepare: boolean };

export const SETTLEMENT_WORDS: Readonly<Record<Settlement, string>> = {
  proceeds: "The price, or a part of it",
  tranche: "From an escrow, a holdback or an earn-out",
  charges: "The bank’s own charge",
  match: "A payment of ours; try to match it again",
  "not-ours": "Not of this sale (nothing is booked)",
};

/** What the bank says and no payment explains: a person says what it is. */
export function OpenLines({ lines, tranches, mayPrepare }: OpenLinesProps) {
  return (
    <Section title="Lines of the bank to explain">
      {lines.length === 0 ? (
        <p className="py-2 text-muted">None: every line of the bank is matched or explained.</p>
      ) : (
        <Table caption={plural(lines.length, "line of the bank", "lines of the bank")}>
          <TableHead>
            <TableHeadCell>Day</TableHeadCell>
            <TableHeadCell>From or to</TableHeadCell>
            <TableHeadCell numeric>Amount</TableHeadCell>
            <TableHeadCell>Why it is open</TableHeadCell>
            <TableHeadCell>Explain</TableHeadCell>
          </TableHead>
          <TableBody>
            {lines.map((line) => (
              <TableRow key={line.id}>
                <TableCell className="whitespace-nowrap">{formatDay(line.day)}</TableCell>
                <TableRowHead>
                  {line.party ?? "nobody named"}
                  <span className="block text-sm font-normal text-muted">{line.remittance ?? line.endToEndId}</span>
                </TableRowHead>
                <TableCell numeric>{amountOf(line)}</TableCell>
                <TableCell className="text-sm">{line.reason ? LINE_WORDS[line.reason] : null}</TableCell>
                <TableCell>{mayPrepare ? <Explain line={line} tranches={tranches} /> : null}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

export const amountOf = ({ amountMinor, currency }: Pick<OpenLineView, "amountMinor" | "currency">): string =>
  formatExactMoney(fromMinor(amountMinor, currency).toFixed(), currency);

function Explain({ line, tranches }: { line: OpenLineView; tranches: readonly Tranche[] }) {
  const came = line.amountMinor > 0n;
  const [as, setAs] = useState<Settlement>(came ? "proceeds" : "charges");
  const [trancheId, setTrancheId] = useState(tranches[0]?.id ?? "");
  const [reason, setReason] = useState("");
  const fits = SETTLEMENTS.filter((one) =>
    one === "charges" ? !came : one === "proceeds" ? came : one === "tranche" ? came && tranches.length > 0 : true,
  );
  const label = `Explain ${amountOf(line)} of ${formatDay(line.day)}`;
  return (
    <FormDialog
      title={label}
      trigger={<Button aria-label={label}>Explain</Button>}
      submit="Book it"
      done="Explained."
      send={() => settleLine({ lineId: line.id, as, trancheId: as === "tranche" ? trancheId : null, reason })}
    >
      {() => (
        <>
          <Field label="What it is">
            {(control) => (
              <Select
                {...control}
                options={fits.map((value) => ({ value, label: SETTLEMENT_WORDS[value] }))}
                value={as}
                onChange={(event) => setAs(SETTLEMENTS.find((one) => one === event.target.value) ?? as)}
              />
            )}
          </Field>
          {as === "tranche" ? (
            <Field label="Which">
              {(control) => (
                <Select
                  {...control}
                  options={tranches.map(({ id, label: name }) => ({ value: id, label: name }))}
                  value={trancheId}
                  onChange={(event) => setTrancheId(event.target.value)}
                />
              )}
            </Field>
          ) : null}
          <Field label="How you know" required>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                maxLength={300}
                value={reason}
                onChange={(event) => setReason(event.target.value)}
              />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
