"use client";

import { type ChangeEvent, useRef, useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Section } from "@/components/ui/section";
import { TextInput } from "@/components/ui/text-input";
import { useHydrated } from "@/components/ui/use-hydrated";
import { formatDay } from "@/lib/format";
import { addBankAccount, importStatement } from "@/lib/payments/actions";
import type { BankView } from "@/lib/payments/queries/payments-page";
import { FormDialog } from "./form-dialog";
import { NUMBER_FIELDS, NumberFields, numberOf } from "./number-fields";
import { PaymentProblem } from "./problem";
import { useValues } from "./use-values";

type May = { prepare: boolean; release: boolean };

/** The accounts that payments leave from, and the bank's statements of them. */
export function BankSection({ ventureId, banks, may }: { ventureId: string; banks: readonly BankView[]; may: May }) {
  return (
    <Section title="Paying account" aside={may.release ? <BankForm ventureId={ventureId} /> : null}>
      {banks.length === 0 ? (
        <p className="py-2 text-muted">
          None yet. A chairman names the account that the price is paid to and that payments leave from: an IBAN for
          euro, or a US account for dollars.
        </p>
      ) : (
        <ul className="grid gap-3">
          {banks.map((bank) => (
            <li key={bank.id} className="flex flex-wrap items-baseline gap-x-6 gap-y-2 border-b border-line py-2">
              <span className="font-medium">{bank.name}</span>
              <span className="whitespace-nowrap text-muted">{bank.masked}</span>
              <span>{bank.balance ? <FigureValue figure={bank.balance} exact /> : "nothing booked yet"}</span>
              <span className="text-sm text-muted">
                {bank.statementOn ? `statement taken in ${formatDay(bank.statementOn)}` : "no statement yet"}
              </span>
              {may.prepare ? <StatementUpload bank={bank} /> : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

function BankForm({ ventureId }: { ventureId: string }) {
  const { values, set } = useValues({ ...NUMBER_FIELDS, name: "", holder: "", bankName: "", companyId: "" });
  const send = () => {
    const { name, holder, bankName, companyId, rail } = values;
    const currency = rail === "sepa" ? "EUR" : "USD";
    const number = numberOf(values);
    return addBankAccount({ ventureId, name, holder, bankName, currency, number, companyId: companyId.trim() || null });
  };
  return (
    <FormDialog
      title="Add a paying account"
      trigger={<Button>Add an account</Button>}
      submit="Add"
      done="The account is on the list."
      send={send}
    >
      {(problemAt) => (
        <>
          <Field label="Name of the account" required error={problemAt("name")}>
            {(control) => <TextInput {...control} value={values.name} onChange={set("name")} />}
          </Field>
          <Field label="In the name of" required error={problemAt("holder")}>
            {(control) => <TextInput {...control} value={values.holder} onChange={set("holder")} />}
          </Field>
          <Field label="Bank" required error={problemAt("bankName")}>
            {(control) => <TextInput {...control} value={values.bankName} onChange={set("bankName")} />}
          </Field>
          <NumberFields values={values} set={set} problemAt={problemAt} />
          {values.rail === "ach" ? (
            <Field
              label="Company identification"
              hint="As the bank gave it for ACH files"
              required
              error={problemAt("companyId")}
            >
              {(control) => <TextInput {...control} value={values.companyId} onChange={set("companyId")} />}
            </Field>
          ) : null}
        </>
      )}
    </FormDialog>
  );
}

/** What the last statement brought, in words. */
const told = ({
  added,
  known,
  matched,
  open,
}: {
  added: number;
  known: number;
  matched: number;
  open: number;
}): string =>
  added === 0
    ? `Nothing new: all ${known} lines were known.`
    : `${added} new lines: ${matched} matched, ${open} for a person.${known > 0 ? ` ${known} were known.` : ""}`;

function StatementUpload({ bank }: { bank: BankView }) {
  const { busy, refusal, problems, run } = useChange();
  const [said, setSaid] = useState("");
  // A file that is chosen before the page listens would be lost without a word.
  const hydrated = useHydrated();
  const input = useRef<HTMLInputElement>(null);
  async function take(event: ChangeEvent<HTMLInputElement>) {
    const [file] = event.target.files ?? [];
    if (!file) return;
    setSaid("");
    const xml = await file.text();
    const outcome = await run(() => importStatement({ bankAccountId: bank.id, fileName: file.name, xml }));
    if (outcome) setSaid(told(outcome.value));
    if (input.current) input.current.value = "";
  }
  return (
    <div className="basis-full">
      <Field label={`Statement of ${bank.name} (camt.053)`}>
        {(control) => (
          <input
            {...control}
            ref={input}
            type="file"
            accept=".xml,text/xml,application/xml"
            disabled={busy || !hydrated}
            onChange={take}
            className="max-w-full text-sm"
          />
        )}
      </Field>
      <p role="status" className="text-sm empty:sr-only">
        {said}
      </p>
      <PaymentProblem code={refusal} problems={problems} />
    </div>
  );
}
