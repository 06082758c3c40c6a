"use client";

import { ExportMenu } from "@/components/reports/export-menu";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Level } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { formatDay } from "@/lib/format";
import { askReversal } from "@/lib/ledger/actions";
import type { DistributionsPage, DistributionView } from "@/lib/ledger/queries/distributions";
import { FormDialog } from "./form-dialog";
import { useValues } from "./use-values";
import { WaitingRequest } from "./waiting-request";
import { exactMoney } from "./words";

type DistributionsProps = {
  slug: string;
  page: DistributionsPage;
  today: string;
  may: { prepare: boolean; release: boolean };
};

/** What was distributed so far, what was undone of it, and what waits for a second person. */
export function Distributions({ slug, page: { distributions, request }, today, may }: DistributionsProps) {
  if (distributions.length === 0 && !request) return null;
  const mayAsk = may.prepare && request === null;
  return (
    <Section
      title="Distributions"
      aside={<ExportMenu table="distributions" of="the distributions" query={{ venture: slug }} />}
    >
      <div className="grid gap-4 *:min-w-0">
        {request ? <WaitingRequest request={request} may={may} /> : null}
        {distributions.length > 0 ? (
          <Table caption="Distributions">
            <TableHead>
              <TableHeadCell>Day</TableHeadCell>
              <TableHeadCell>Distribution</TableHeadCell>
              <TableHeadCell numeric>To holders</TableHeadCell>
              <TableHeadCell numeric>Of it tax</TableHeadCell>
              <TableHeadCell numeric>Holders</TableHeadCell>
              <TableHeadCell>State</TableHeadCell>
              <TableHeadCell>
                <span className="sr-only">Correct</span>
              </TableHeadCell>
            </TableHead>
            <TableBody>
              {distributions.map((one) => (
                <Row key={one.id} one={one} today={today} mayAsk={mayAsk} />
              ))}
            </TableBody>
          </Table>
        ) : null}
      </div>
    </Section>
  );
}

function Row({ one, today, mayAsk }: { one: DistributionView; today: string; mayAsk: boolean }) {
  const { label, paidOn, amountMinor, withheldMinor, currency, holders, reversed, last } = one;
  return (
    <TableRow>
      <TableCell className="whitespace-nowrap">{formatDay(paidOn)}</TableCell>
      <TableRowHead>
        {label}
        {reversed ? (
          <span className="block text-sm font-normal text-muted">
            undone {formatDay(reversed.on)}: {reversed.reason}
          </span>
        ) : null}
      </TableRowHead>
      <TableCell numeric className={reversed ? "line-through" : undefined}>
        {exactMoney(amountMinor, currency)}
      </TableCell>
      <TableCell numeric>{exactMoney(withheldMinor, currency)}</TableCell>
      <TableCell numeric>{holders}</TableCell>
      <TableCell>
        <Level level={reversed ? "unknown" : "healthy"} word={reversed ? "undone" : "stands"} />
      </TableCell>
      <TableCell>{mayAsk && last ? <CorrectForm one={one} today={today} /> : null}</TableCell>
    </TableRow>
  );
}

/** Asks to undo the last distribution: its mirror is posted, and the right one distributed afterwards. */
function CorrectForm({ one: { id, label, amountMinor, currency }, today }: { one: DistributionView; today: string }) {
  const { values, set } = useValues({ paidOn: today, reason: "" });
  return (
    <FormDialog
      title={`Undo “${label}”, ${exactMoney(amountMinor, currency)}`}
      description="Its mirror is posted on this day, after another person has agreed; nothing is deleted. Payments of it that are not in a file have to be taken out first. Then distribute the right amounts."
      trigger={<Button variant="bare">Correct</Button>}
      submit="Ask to undo it"
      done="A second person can carry it out."
      send={() => askReversal({ distributionId: id, ...values })}
      danger
    >
      {(problemAt) => (
        <>
          <Field label="Day" required error={problemAt("paidOn")}>
            {(control) => <TextInput {...control} type="date" value={values.paidOn} onChange={set("paidOn")} />}
          </Field>
          <Field label="What is wrong with it" required error={problemAt("reason")}>
            {(control) => (
              <Textarea {...control} rows={2} maxLength={500} value={values.reason} onChange={set("reason")} />
            )}
          </Field>
        </>
      )}
    </FormDialog>
  );
}
