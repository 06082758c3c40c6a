"use client";

import { FigureValue } from "@/components/figures/figure-value";
import { minorOf } from "@/components/payments/words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { stateCost } from "@/lib/distribution/actions/records";
import type { LotLine } from "@/lib/distribution/queries/records/records";
import { formatDay } from "@/lib/format";
import { RecordForm } from "./record-form";

type LotTableProps = { ventureId: string; currency: string; lots: readonly LotLine[]; mayPrepare: boolean };

const NUMBERS = [
  ["units", "Units"],
  ["cost", "Cost"],
  ["proceeds", "Proceeds so far"],
  ["gain", "Gain so far"],
] as const;

/** Each security that was sold: when it came to its holder, what was paid, what it brought so far. */
export function LotTable({ ventureId, currency, lots, mayPrepare }: LotTableProps) {
  return (
    <Table caption="Tax lots">
      <TableHead>
        <TableHeadCell>Lot</TableHeadCell>
        <TableHeadCell>Holder</TableHeadCell>
        <TableHeadCell>Acquired</TableHeadCell>
        {NUMBERS.map(([part, label]) => (
          <TableHeadCell key={part} numeric>
            {label}
          </TableHeadCell>
        ))}
        <TableHeadCell>Held</TableHeadCell>
      </TableHead>
      <TableBody>
        {lots.map((lot) => (
          <TableRow key={lot.id}>
            <TableRowHead>
              {lot.label}
              <span className="block text-sm font-normal text-muted">{lot.className}</span>
            </TableRowHead>
            <TableCell>{lot.holder}</TableCell>
            <TableCell className="whitespace-nowrap">
              {lot.acquiredOn ? formatDay(lot.acquiredOn) : "not known"}
              <span className="block text-sm text-muted">{lot.way}</span>
            </TableCell>
            {NUMBERS.map(([part]) => (
              <TableCell key={part} numeric>
                {lot.figures[part] ? <FigureValue figure={lot.figures[part]} exact={part !== "units"} /> : null}
                {part === "cost" ? (
                  <Cost lot={lot} ventureId={ventureId} currency={currency} mayPrepare={mayPrepare} />
                ) : null}
              </TableCell>
            ))}
            <TableCell className="whitespace-nowrap">
              {lot.figures.days ? <FigureValue figure={lot.figures.days} /> : null}
              <span className="block text-sm text-muted">{lot.term}</span>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

type CostProps = { lot: LotLine; ventureId: string; currency: string; mayPrepare: boolean };

/** Where the cap table cannot say what was paid, a person says it, with the place where it is written. */
function Cost({ lot, ventureId, currency, mayPrepare }: CostProps) {
  return (
    <>
      {lot.evidence ? (
        <span className="ml-auto block max-w-56 text-sm whitespace-normal text-muted">{lot.evidence}</span>
      ) : null}
      {mayPrepare && !lot.costKnown ? (
        <span className="block">
          <RecordForm
            title={`What was paid for ${lot.label}?`}
            description="The cap table does not say what a holder paid another one. Your answer is kept with its source; what was said before stays stored."
            trigger={<Button variant="bare">State it</Button>}
            submit="Keep it"
            done="It is kept, and everything that rests on it is computed again."
            send={(form) =>
              stateCost({
                ...{ ventureId, currency, securityId: lot.id, evidence: String(form.get("evidence")) },
                amountMinor: minorOf(String(form.get("amount")), currency) ?? "",
              })
            }
          >
            <Field label={`Paid in all, ${currency}`} required>
              {(control) => <TextInput {...control} name="amount" inputMode="decimal" maxLength={24} />}
            </Field>
            <Field label="Where it is written" required>
              {(control) => <TextInput {...control} name="evidence" minLength={5} maxLength={300} />}
            </Field>
          </RecordForm>
        </span>
      ) : null}
    </>
  );
}
