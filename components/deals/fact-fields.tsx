"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { OwnerField } from "@/components/ui/owner-field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import type { DealLine } from "@/lib/deals/queries/deals";
import { FACT_FIELDS, type FactField } from "@/lib/deals/rules/stages";
import { ADVISER_ROLES, type DealFacts } from "@/lib/deals/schema/deal";

export type FactsProps = {
  facts: DealFacts;
  onChange: (facts: DealFacts) => void;
  people: readonly { id: string; name: string }[];
  offers: DealLine["offers"];
  problemAt: (path: string) => string | null;
};

export const DAY_KEYS = {
  closesOn: "closesOn",
  loiSignedOn: "loiSignedOn",
  exclusiveUntil: "exclusiveUntil",
  diligenceEndsOn: "diligenceEndsOn",
  diligenceDoneOn: "diligenceDoneOn",
  agreementSignedOn: "agreementSignedOn",
  closedOn: "closedOn",
} as const satisfies Partial<Record<FactField, keyof DealFacts>>;
const isDay = (field: FactField): field is keyof typeof DAY_KEYS => field in DAY_KEYS;

const SIDES = { ourCounsel: "ourAdvisers", theirCounsel: "theirAdvisers" } as const;

/** One fact that a stage asks for, written where it belongs. */
export function FactInput({ field, facts, onChange, people, offers, problemAt }: FactsProps & { field: FactField }) {
  const { label } = FACT_FIELDS[field];
  const error = problemAt(`facts.${field}`);
  if (field === "owner")
    return (
      <OwnerField
        optional={false}
        error={error}
        people={people}
        value={facts.ownerId ?? ""}
        onChange={(id) => onChange({ ...facts, ownerId: id || null })}
      />
    );
  if (field === "agreedOffer") return <OfferField {...{ facts, onChange, offers, label, error }} />;
  if (isDay(field))
    return (
      <DayField
        label={label}
        error={error}
        value={facts[field]}
        onChange={(day) => onChange({ ...facts, [field]: day })}
      />
    );
  if (field === "contact")
    return (
      <Field label={label} error={error}>
        {(control) => (
          <TextInput
            {...control}
            value={facts.contact}
            onChange={(event) => onChange({ ...facts, contact: event.target.value })}
          />
        )}
      </Field>
    );
  const side = SIDES[field];
  const counsel = facts[side].find(({ role }) => role === "counsel");
  const others = facts[side].filter((one) => one !== counsel);
  return (
    <Field label={label} error={error}>
      {(control) => (
        <TextInput
          {...control}
          value={counsel?.name ?? ""}
          onChange={({ target: { value } }) =>
            onChange({ ...facts, [side]: value ? [{ role: "counsel" as const, name: value }, ...others] : others })
          }
        />
      )}
    </Field>
  );
}

type DayFieldProps = {
  label: string;
  error?: string | null;
  value: string | null;
  onChange: (day: string | null) => void;
};
export function DayField({ label, error = null, value, onChange }: DayFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <TextInput
          {...control}
          type="date"
          value={value ?? ""}
          onChange={(event) => onChange(event.target.value || null)}
        />
      )}
    </Field>
  );
}

type OfferFieldProps = Pick<FactsProps, "facts" | "onChange" | "offers"> & { label: string; error: string | null };
function OfferField({ facts, onChange, offers, label, error }: OfferFieldProps) {
  const keyOf = (one: { offerId: string; version: number }) => `${one.offerId}:${one.version}`;
  const choose = (key: string) => {
    const found = offers.find((one) => keyOf(one) === key);
    onChange({ ...facts, agreedOffer: found ? { offerId: found.offerId, version: found.version } : null });
  };
  return (
    <Field label={label} error={error} {...(offers.length === 0 ? { hint: "Record an offer first." } : {})}>
      {(control) => (
        <Select
          {...control}
          placeholder="None yet"
          options={offers.map((one) => ({ value: keyOf(one), label: one.label }))}
          value={facts.agreedOffer ? keyOf(facts.agreedOffer) : ""}
          onChange={(event) => choose(event.target.value)}
        />
      )}
    </Field>
  );
}

type AdvisersProps = {
  legend: string;
  advisers: DealFacts["ourAdvisers"];
  onChange: (advisers: DealFacts["ourAdvisers"]) => void;
};
/** Who advises one side, by role; as many as there are. */
export function AdviserFields({ legend, advisers, onChange }: AdvisersProps) {
  const set = (index: number, more: Partial<DealFacts["ourAdvisers"][number]>) =>
    onChange(advisers.map((one, at) => (at === index ? { ...one, ...more } : one)));
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{legend}</legend>
      {advisers.map(({ role, name }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other identity, and its text changes while it is typed
        <div key={index} className="flex flex-wrap gap-2">
          <Select
            aria-label={`Role of adviser ${index + 1}`}
            options={ADVISER_ROLES.map((value) => ({ value, label: value }))}
            value={role}
            onChange={({ target: { value } }) =>
              set(index, { role: ADVISER_ROLES.find((one) => one === value) ?? "other" })
            }
          />
          <TextInput
            aria-label={`Name of adviser ${index + 1}`}
            className="min-w-0 flex-1 basis-40"
            value={name}
            onChange={(event) => set(index, { name: event.target.value })}
          />
          <Button variant="bare" onClick={() => onChange(advisers.filter((_, at) => at !== index))}>
            Remove
          </Button>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...advisers, { role: "counsel", name: "" }])}>Add an adviser</Button>
      </div>
    </fieldset>
  );
}
