"use client";

import { type FormEvent, useState } from "react";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { submitSplit } from "@/lib/distribution/actions";
import type { Financing, OfferChoice, WithholdingRate } from "@/lib/distribution/schema/split";
import { Exact } from "@/lib/money";
import { splitSentence } from "./words";

type KeepSplitProps = {
  ventureId: string;
  version: number;
  offer: OfferChoice;
  price: string;
  currency: string;
  holders: readonly { id: string; name: string; classes: readonly { id: string; name: string }[] }[];
  withholdings: readonly WithholdingRate[];
  financing: readonly Financing[];
};
type Tax = {
  key: number;
  holderId: string;
  classId: string;
  on: WithholdingRate["on"];
  percent: string;
  office: string;
};
const NO_TAX = { classId: "", on: "all", percent: "", office: "" } as const;

const ON_WORDS: readonly { value: WithholdingRate["on"]; label: string }[] = [
  { value: "all", label: "Every payment" },
  { value: "closing", label: "The closing alone" },
  { value: "later", label: "Later releases alone" },
];
type Money = { key: number; kind: Financing["kind"]; name: string; amount: string };

const ratioOf = (percent: string): string => {
  const text = percent.replace(",", ".").trim();
  return /^\d{1,3}(\.\d{1,4})?$/.test(text) ? new Exact(text).div(100).toFixed() : text;
};

/** Keeps the split as a version: with the tax that is kept of holders and what the buyer does not pay from its own cash. */
export function KeepSplit(props: KeepSplitProps) {
  const { ventureId, version, offer, price, currency, holders } = props;
  const [taxes, setTaxes] = useState<Tax[]>(
    props.withholdings.map(({ holderId, classId, on, ratio, office }, key) => ({
      ...{ key, holderId, classId: classId ?? "", on, office, percent: new Exact(ratio).times(100).toFixed() },
    })),
  );
  const [sources, setSources] = useState<Money[]>(props.financing.map((one, key) => ({ ...one, key })));
  const [reason, setReason] = useState("");
  const { busy, refusal, problems, run, dialog } = useChange();
  async function submit(event: FormEvent) {
    event.preventDefault();
    const withholdings = taxes.map(({ holderId, classId, on, percent, office }) => ({
      ...{ holderId, classId: classId || null, on, office, ratio: ratioOf(percent) },
    }));
    const financing = sources.map(({ kind, name, amount }) => ({ kind, name, amount: amount.replace(/[\s,]/g, "") }));
    const plan = { offer, price: price === "" ? null : price, withholdings, financing };
    const kept = await run(() => submitSplit({ ventureId, version, plan, reason }), "The split is kept.");
    if (kept) setReason("");
  }
  const nextKey = (rows: readonly { key: number }[]) => Math.max(0, ...rows.map(({ key }) => key)) + 1;
  return (
    <form onSubmit={submit} className="grid gap-4" aria-label="Keep the split">
      {refusal ? (
        <p role="alert" className="text-critical-text">
          {[splitSentence(refusal), ...problems.map(({ expected }) => `Expected: ${expected}.`)].join(" ")}
        </p>
      ) : null}
      <TaxRows rows={taxes} holders={holders} onChange={setTaxes} />
      <SourceRows rows={sources} currency={currency} onChange={setSources} />
      <div className="flex flex-wrap gap-3">
        <Button
          variant="bare"
          onClick={() => setTaxes([...taxes, { key: nextKey(taxes), holderId: holders[0]?.id ?? "", ...NO_TAX }])}
        >
          Add tax of a holder
        </Button>
        <Button
          variant="bare"
          onClick={() => setSources([...sources, { key: nextKey(sources), kind: "financing", name: "", amount: "" }])}
        >
          Add financing or deposit
        </Button>
      </div>
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Why it is kept" required className="min-w-60 grow">
          {(control) => <TextInput {...control} value={reason} onChange={({ target }) => setReason(target.value)} />}
        </Field>
        <Button type="submit" variant="primary" busy={busy}>
          {`Keep as version ${version + 1}`}
        </Button>
      </div>
      {dialog}
    </form>
  );
}

type RowsProps<T> = { rows: readonly T[]; onChange: (rows: T[]) => void };

type Holders = Pick<KeepSplitProps, "holders">;

function TaxRows({ rows, holders, onChange }: RowsProps<Tax> & Holders) {
  return rows.map((row) => (
    <fieldset key={row.key} className="flex flex-wrap items-end gap-3">
      <legend className="sr-only">Tax of a holder</legend>
      <TaxFields
        row={row}
        holders={holders}
        edit={(more) => onChange(rows.map((one) => (one.key === row.key ? { ...one, ...more } : one)))}
      />
      <Button variant="bare" onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}>
        Take out
      </Button>
    </fieldset>
  ));
}

type Option = { value: string; label: string };
type ChoiceProps = { label: string; value: string; options: readonly Option[]; choose: (value: string) => void };

const Choice = ({ label, value, options, choose }: ChoiceProps) => (
  <Field label={label}>
    {(control) => (
      <Select {...control} value={value} options={[...options]} onChange={({ target }) => choose(target.value)} />
    )}
  </Field>
);

const optionsOf = (rows: readonly { id: string; name: string }[]): Option[] =>
  rows.map(({ id, name }) => ({ value: id, label: name }));

function TaxFields({ row, holders, edit }: { row: Tax; edit: (more: Partial<Tax>) => void } & Holders) {
  const { holderId, classId, on, percent, office } = row;
  const classes = holders.find(({ id }) => id === holderId)?.classes ?? [];
  const onOf = (value: string) => ON_WORDS.find((one) => one.value === value)?.value ?? "all";
  return (
    <>
      <Choice
        label="Tax of"
        value={holderId}
        options={optionsOf(holders)}
        choose={(id) => edit({ holderId: id, classId: "" })}
      />
      <Choice
        label="Of what is paid on"
        value={classId}
        options={[{ value: "", label: "Everything" }, ...optionsOf(classes)]}
        choose={(id) => edit({ classId: id })}
      />
      <Choice label="Kept of" value={on} options={ON_WORDS} choose={(value) => edit({ on: onOf(value) })} />
      <Field label="Rate (%)" required>
        {(control) => (
          <TextInput {...control} numeric value={percent} onChange={({ target }) => edit({ percent: target.value })} />
        )}
      </Field>
      <Field label="Owed to" required>
        {(control) => (
          <TextInput {...control} value={office} onChange={({ target }) => edit({ office: target.value })} />
        )}
      </Field>
    </>
  );
}

function SourceRows({ rows, currency, onChange }: RowsProps<Money> & { currency: string }) {
  const edit = (key: number, more: Partial<Money>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...more } : row)));
  return rows.map((row) => (
    <fieldset key={row.key} className="flex flex-wrap items-end gap-3">
      <legend className="sr-only">What the buyer does not pay from its own cash</legend>
      <Field label="Kind" required>
        {(control) => (
          <Select
            {...control}
            value={row.kind}
            options={[
              { value: "financing", label: "Financing" },
              { value: "deposit", label: "Deposit paid before" },
            ]}
            onChange={({ target }) => edit(row.key, { kind: target.value === "deposit" ? "deposit" : "financing" })}
          />
        )}
      </Field>
      <Field label="From" required>
        {(control) => (
          <TextInput {...control} value={row.name} onChange={({ target }) => edit(row.key, { name: target.value })} />
        )}
      </Field>
      <Field label={`Amount (${currency})`} required>
        {(control) => (
          <TextInput
            {...control}
            numeric
            value={row.amount}
            onChange={({ target }) => edit(row.key, { amount: target.value })}
          />
        )}
      </Field>
      <Button variant="bare" onClick={() => onChange(rows.filter(({ key }) => key !== row.key))}>
        Take out
      </Button>
    </fieldset>
  ));
}
