"use client";

import { FormDialog } from "@/components/payments/form-dialog";
import { useValues } from "@/components/payments/use-values";
import { WaitingRequest } from "@/components/payments/waiting-request";
import { exactMoney } from "@/components/payments/words";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { formatDay } from "@/lib/format";
import { askClosing } from "@/lib/ledger/actions";
import type { DistributionsPage } from "@/lib/ledger/queries/distributions";

export type HandOverMay = { prepare: boolean; release: boolean };
type HandOverProps = {
  ventureId: string;
  slug: string;
  planVersion: number;
  /** Day on which the deal has closed, or today. */
  day: string;
  /** Version of the written statement; null before the first. */
  statement: number | null;
  made: DistributionsPage;
  may: HandOverMay;
};

/** From the signed-off statement to the ledger: asked by one person, carried out by another, once. */
export function HandOver({ ventureId, slug, planVersion, day, statement, made, may }: HandOverProps) {
  const { request, distributions } = made;
  const standing = distributions.find(({ reversed }) => reversed === null);
  const ledger = <TextLink href={`/ventures/${slug}/deal/payments/ledger`}>Ledger</TextLink>;
  if (request) return <WaitingRequest request={request} may={may} />;
  if (standing)
    return (
      <p className="text-sm">
        {`“${standing.label}” was handed to the ledger on ${formatDay(standing.paidOn)}: ${exactMoney(standing.amountMinor, standing.currency)} to ${standing.holders} holders. `}
        {ledger}
      </p>
    );
  if (!may.prepare) return null;
  if (statement === null)
    return <p className="text-sm text-muted">Once the statement is written, it can be handed to the ledger.</p>;
  return <AskForm {...{ ventureId, planVersion, day, statement }} />;
}

type AskProps = Pick<HandOverProps, "ventureId" | "planVersion" | "day"> & { statement: number };

function AskForm({ ventureId, planVersion, day, statement }: AskProps) {
  const { values, set } = useValues({ paidOn: day, reason: "" });
  return (
    <div>
      <FormDialog
        title="Hand the closing to the ledger"
        description={`Version ${planVersion} of the split, as version ${statement} of the statement has it, to the cent. Another person carries it out; from then on the holders are owed their part and the cap table is fixed for all later releases. No money leaves by it.`}
        trigger={<Button variant="primary">Hand to the ledger</Button>}
        submit="Ask a second person"
        done="A second person can carry it out."
        send={() => askClosing({ ventureId, planVersion, ...values })}
      >
        {(problemAt) => (
          <>
            <Field label="Day of the closing" required error={problemAt("paidOn")}>
              {(control) => <TextInput {...control} type="date" value={values.paidOn} onChange={set("paidOn")} />}
            </Field>
            <Field label="Who signed the statement off, and when" required error={problemAt("reason")}>
              {(control) => (
                <Textarea {...control} rows={2} maxLength={500} value={values.reason} onChange={set("reason")} />
              )}
            </Field>
          </>
        )}
      </FormDialog>
    </div>
  );
}
