"use client";

import { type FormEvent, useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Level } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { TextInput } from "@/components/ui/text-input";
import { draftBatch } from "@/lib/payments/actions";
import type { BankView, OwedView } from "@/lib/payments/queries/payments-page";
import { MOST_PAYMENTS } from "@/lib/payments/schema";
import { allPayable, type Chosen, isPayable } from "./draft-rows";
import { PaymentProblem } from "./problem";
import { useValues } from "./use-values";
import { amountText, minorOf, STANDING_LEVEL } from "./words";

type DraftFormProps = {
  ventureId: string;
  owed: readonly OwedView[];
  banks: readonly BankView[];
  today: string;
  mayPrepare: boolean;
};

const KIND_WORDS: Readonly<Record<string, string>> = {
  ...{ payable: "proceeds", costs: "costs", fees: "fees", withholding: "tax withheld" },
};

/** What the ledger owes, and a batch of payments drafted from it: chosen rows, each up to what is owed. */
export function DraftForm({ ventureId, owed, banks, today, mayPrepare }: DraftFormProps) {
  const { busy, refusal, problems, run, dialog } = useChange();
  const { values, set } = useValues({ ...NO_DRAFT, bank: banks[0]?.id ?? "", executeOn: today });
  const [chosen, setChosen] = useState<Chosen>({});
  const [requestId, setRequestId] = useState(() => crypto.randomUUID());
  const bank = banks.find(({ id }) => id === values.bank);
  const rows = owed.filter((one) => one.accountId in chosen && isPayable(one, bank));
  const lines = rows.flatMap(({ accountId, payeeId, currency }) => {
    const amountMinor = minorOf(chosen[accountId] ?? "", currency);
    return payeeId && amountMinor ? [{ payeeId, accountId, amountMinor, remittance: values.remittance }] : [];
  });
  async function draft() {
    const { title, executeOn } = values;
    const made = await run(
      () => draftBatch({ requestId, ventureId, bankAccountId: values.bank, title, executeOn, lines }),
      "The payments are drafted. Nothing leaves before two people approve them.",
    );
    if (!made) return;
    setChosen({});
    setRequestId(crypto.randomUUID());
  }
  if (owed.length === 0) return <NothingOwed />;
  return (
    <Section title="Owed">
      <OwedTable {...{ owed, bank, chosen, mayPrepare, setChosen }} />
      {mayPrepare && banks.length > 0 ? (
        <DraftFields
          {...{ values, set, banks, today, busy, draft }}
          count={lines.length}
          ready={lines.length === rows.length}
        />
      ) : null}
      <PaymentProblem code={refusal} problems={problems} />
      {dialog}
    </Section>
  );
}

type OwedTableProps = {
  owed: readonly OwedView[];
  bank: BankView | undefined;
  chosen: Chosen;
  mayPrepare: boolean;
  setChosen: (change: (before: Chosen) => Chosen) => void;
};

function OwedTable({ owed, bank, chosen, mayPrepare, setChosen }: OwedTableProps) {
  const toggle = (one: OwedView) =>
    setChosen(({ [one.accountId]: known, ...rest }) =>
      known === undefined ? { ...rest, [one.accountId]: amountText(one.freeMinor, one.currency) } : rest,
    );
  const all = allPayable(owed, bank);
  return (
    <Table caption="What the ledger owes">
      <TableHead>
        {mayPrepare ? (
          <TableHeadCell>
            <Button
              variant="bare"
              disabled={Object.keys(all).every((id) => id in chosen)}
              onClick={() => setChosen((before) => ({ ...all, ...before }))}
            >
              Pay all
            </Button>
          </TableHeadCell>
        ) : null}
        <TableHeadCell>To</TableHeadCell>
        <TableHeadCell>Account</TableHeadCell>
        <TableHeadCell numeric>Owed</TableHeadCell>
        {mayPrepare ? <TableHeadCell numeric>Amount to pay</TableHeadCell> : null}
      </TableHead>
      <TableBody>
        {owed.map((one) => (
          <OwedRow
            key={one.accountId}
            one={one}
            payable={isPayable(one, bank)}
            amount={chosen[one.accountId]}
            mayPrepare={mayPrepare}
            toggle={() => toggle(one)}
            change={(text) => setChosen((before) => ({ ...before, [one.accountId]: text }))}
          />
        ))}
      </TableBody>
    </Table>
  );
}

const NothingOwed = () => (
  <Section title="Owed">
    <p className="py-2 text-muted">Nothing is owed. What a distribution or a release gives the holders appears here.</p>
  </Section>
);

const NO_DRAFT = { bank: "", title: "", executeOn: "", remittance: "Sale proceeds" };
type DraftFieldsProps = {
  values: typeof NO_DRAFT;
  set: (name: keyof typeof NO_DRAFT) => (event: { target: { value: string } }) => void;
  banks: readonly BankView[];
  today: string;
  busy: boolean;
  draft: () => Promise<void>;
  count: number;
  /** Every chosen row has an amount. */
  ready: boolean;
};

function DraftFields({ values, set, banks, today, busy, draft, count, ready }: DraftFieldsProps) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void draft();
  };
  return (
    <form className="mt-3 flex flex-wrap items-end gap-3" aria-label="Draft payments" onSubmit={submit}>
      <Field label="From">
        {(control) => (
          <Select
            {...control}
            options={banks.map(({ id, name }) => ({ value: id, label: name }))}
            placeholder="No account yet"
            value={values.bank}
            onChange={set("bank")}
          />
        )}
      </Field>
      <Field label="Title" required>
        {(control) => <TextInput {...control} value={values.title} onChange={set("title")} />}
      </Field>
      <Field label="What for (on the payee’s statement)" required>
        {(control) => <TextInput {...control} value={values.remittance} onChange={set("remittance")} />}
      </Field>
      <Field label="On" required>
        {(control) => (
          <TextInput {...control} type="date" min={today} value={values.executeOn} onChange={set("executeOn")} />
        )}
      </Field>
      <Button type="submit" variant="primary" busy={busy} disabled={count === 0 || count > MOST_PAYMENTS || !ready}>
        {`Draft ${count} ${count === 1 ? "payment" : "payments"}`}
      </Button>
      {count > MOST_PAYMENTS ? (
        <p className="text-sm text-muted">{`One batch carries ${MOST_PAYMENTS} payments at most. Draft the rest as another.`}</p>
      ) : null}
    </form>
  );
}

type OwedRowProps = {
  one: OwedView;
  payable: boolean;
  amount: string | undefined;
  mayPrepare: boolean;
  toggle: () => void;
  change: (text: string) => void;
};

function OwedRow({ one, payable, amount, mayPrepare, toggle, change }: OwedRowProps) {
  const mark = one.payeeId ? STANDING_LEVEL[one.standing] : { level: "unknown" as const, word: "no payee yet" };
  const wrong = amount !== undefined && minorOf(amount, one.currency) === null;
  return (
    <TableRow>
      {mayPrepare ? (
        <TableCell>
          <input
            type="checkbox"
            aria-label={`Pay ${one.name}, ${KIND_WORDS[one.kind] ?? one.kind}`}
            className="size-4 touch:size-6"
            checked={amount !== undefined && payable}
            disabled={!payable}
            onChange={toggle}
          />
        </TableCell>
      ) : null}
      <TableRowHead>
        {one.name}
        <span className="block text-sm font-normal text-muted">{KIND_WORDS[one.kind] ?? one.kind}</span>
      </TableRowHead>
      <TableCell>{mark ? <Level level={mark.level} word={mark.word} /> : null}</TableCell>
      <TableCell numeric>
        <FigureValue figure={one.figure} exact />
      </TableCell>
      {mayPrepare ? (
        <TableCell numeric>
          {amount !== undefined && payable ? (
            <TextInput
              aria-label={`Amount for ${one.name}`}
              aria-invalid={wrong || undefined}
              inputMode="decimal"
              className="w-36 text-right"
              value={amount}
              onChange={(event) => change(event.target.value)}
            />
          ) : null}
        </TableCell>
      ) : null}
    </TableRow>
  );
}
