"use client";

import { Field } from "@/components/ui/field";
import { RadioGroup } from "@/components/ui/radio-group";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { ImportKind, MappingOptions, Question } from "@/lib/imports/schema";

type Change = (changed: Partial<MappingOptions>) => void;
type QuestionFieldsProps = {
  kind: ImportKind;
  questions: readonly Question[];
  options: MappingOptions;
  onChange: Change;
};

const CHOICES: Readonly<Record<Question, { legend: string; options: { value: string; label: string }[] }>> = {
  dateOrder: {
    legend: "Which comes first in this file's dates? They can be read both ways.",
    options: [
      { value: "dmy", label: "the day: 03/04/2026 is 3 April" },
      { value: "mdy", label: "the month: 03/04/2026 is March 4" },
    ],
  },
  decimalMark: {
    legend: "Which sign marks decimals in this file? Its numbers can be read both ways.",
    options: [
      { value: ".", label: "the point: 1.234 is a little more than one" },
      { value: ",", label: "the comma: 1.234 is more than a thousand" },
    ],
  },
  invoiceRows: {
    legend: "What is a row? Some invoice numbers stand in several rows that differ.",
    options: [
      { value: "lines", label: "a line: the rows of a number are summed into one invoice" },
      { value: "invoices", label: "an invoice: rows that contradict each other are rejected" },
    ],
  },
  amountScale: {
    legend: "Are the amounts in cents? The headers are those of a raw export.",
    options: [
      { value: "minor", label: "cents: 4900 is 49.00" },
      { value: "major", label: "whole units: 4900 is 4,900.00" },
    ],
  },
};

/** What only a person can say comes first and has no default; below it what the file need not say. */
export function QuestionFields({ kind, questions, options, onChange }: QuestionFieldsProps) {
  return (
    <div className="grid gap-5">
      {questions.map((question) => (
        <RadioGroup
          key={question}
          name={question}
          legend={CHOICES[question].legend}
          options={CHOICES[question].options}
          value={options[question] ?? ""}
          onChange={(value) => onChange({ [question]: value } as Partial<MappingOptions>)}
        />
      ))}
      <Defaults kind={kind} options={options} onChange={onChange} />
    </div>
  );
}

function Defaults({ kind, options, onChange }: { kind: ImportKind; options: MappingOptions; onChange: Change }) {
  if (kind === "customers" || kind === "rates") return null;
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="Currency" hint="Where neither a column nor the amount says one.">
        {(control) => (
          <TextInput
            {...control}
            value={options.currency ?? ""}
            maxLength={3}
            className="uppercase"
            onChange={(event) => onChange({ currency: event.target.value.trim().toUpperCase() || null })}
          />
        )}
      </Field>
      {kind === "metrics" ? <MetricDefaults options={options} onChange={onChange} /> : null}
      {kind === "invoices" ? <InvoiceDefaults options={options} onChange={onChange} /> : null}
    </div>
  );
}

function MetricDefaults({ options, onChange }: { options: MappingOptions; onChange: Change }) {
  return (
    <>
      <Field label="Values are" hint="Where no column says so.">
        {(control) => (
          <Select
            {...control}
            value={options.basis}
            options={["actual", "plan", "forecast"].map((value) => ({ value, label: value }))}
            onChange={(event) => onChange({ basis: event.target.value as MappingOptions["basis"] })}
          />
        )}
      </Field>
      <Field label="A date stands for its" hint="A month-end date is usually the month.">
        {(control) => (
          <Select
            {...control}
            value={options.grain}
            options={["day", "month", "quarter"].map((value) => ({ value, label: value }))}
            onChange={(event) => onChange({ grain: event.target.value as MappingOptions["grain"] })}
          />
        )}
      </Field>
    </>
  );
}

function InvoiceDefaults({ options, onChange }: { options: MappingOptions; onChange: Change }) {
  return (
    <>
      <Field label="A row is" hint="The lines of an invoice are summed.">
        {(control) => (
          <Select
            {...control}
            value={options.invoiceRows ?? ""}
            placeholder={options.invoiceRows === null ? "choose" : undefined}
            options={[
              { value: "invoices", label: "an invoice" },
              { value: "lines", label: "a line of an invoice" },
            ]}
            onChange={(event) => onChange({ invoiceRows: event.target.value as MappingOptions["invoiceRows"] })}
          />
        )}
      </Field>
      <Field label="Invoices are" hint="Where no column says so; negative ones are refunds.">
        {(control) => (
          <Select
            {...control}
            value={options.invoiceKind}
            options={[
              { value: "recurring", label: "recurring" },
              { value: "usage", label: "usage" },
              { value: "one_off", label: "one-off" },
              { value: "refund", label: "refunds" },
            ]}
            onChange={(event) => onChange({ invoiceKind: event.target.value as MappingOptions["invoiceKind"] })}
          />
        )}
      </Field>
      <Field label="And they are" hint="Where no column says so.">
        {(control) => (
          <Select
            {...control}
            value={options.invoiceStatus}
            options={["open", "paid", "void"].map((value) => ({ value, label: value }))}
            onChange={(event) => onChange({ invoiceStatus: event.target.value as MappingOptions["invoiceStatus"] })}
          />
        )}
      </Field>
    </>
  );
}
