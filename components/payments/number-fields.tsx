import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";

export const NUMBER_FIELDS = {
  ...{ rail: "sepa", iban: "", bic: "", routing: "", account: "", accountType: "checking", owner: "person" },
};
type Values = Readonly<Record<keyof typeof NUMBER_FIELDS, string>>;

/** As the action takes it. */
export function numberOf({ rail, iban, bic, routing, account, accountType, owner }: Values) {
  if (rail === "sepa") return { rail: "sepa" as const, iban, bic: bic.trim() || null };
  const type = accountType === "savings" ? ("savings" as const) : ("checking" as const);
  return {
    rail: "ach" as const,
    routing,
    account,
    accountType: type,
    owner: owner === "company" ? ("company" as const) : ("person" as const),
  };
}

const RAILS = [
  { value: "sepa", label: "IBAN (SEPA, euro)" },
  { value: "ach", label: "US account (ACH, dollars)" },
];
const TYPES = [
  { value: "checking", label: "Checking" },
  { value: "savings", label: "Savings" },
];
const OWNERS = [
  { value: "person", label: "A person" },
  { value: "company", label: "A company" },
];

type NumberFieldsProps = {
  values: Values;
  set: (name: keyof typeof NUMBER_FIELDS) => (event: { target: { value: string } }) => void;
  problemAt: (path: string) => string | null;
};

/** An account number; its check digits are tried before anything is kept. */
export function NumberFields({ values, set, problemAt }: NumberFieldsProps) {
  return (
    <>
      <Field label="Kind of account">
        {(control) => <Select {...control} options={RAILS} value={values.rail} onChange={set("rail")} />}
      </Field>
      {values.rail === "sepa" ? (
        <>
          <Field label="IBAN" required error={problemAt("number.iban")}>
            {(control) => <TextInput {...control} autoComplete="off" value={values.iban} onChange={set("iban")} />}
          </Field>
          <Field label="BIC" required={false} error={problemAt("number.bic")}>
            {(control) => <TextInput {...control} autoComplete="off" value={values.bic} onChange={set("bic")} />}
          </Field>
        </>
      ) : (
        <>
          <Field label="Routing number" required error={problemAt("number.routing")}>
            {(control) => (
              <TextInput
                {...control}
                autoComplete="off"
                inputMode="numeric"
                value={values.routing}
                onChange={set("routing")}
              />
            )}
          </Field>
          <Field label="Account number" required error={problemAt("number.account")}>
            {(control) => (
              <TextInput {...control} autoComplete="off" value={values.account} onChange={set("account")} />
            )}
          </Field>
          <Field label="Type">
            {(control) => (
              <Select {...control} options={TYPES} value={values.accountType} onChange={set("accountType")} />
            )}
          </Field>
          <Field label="Held by">
            {(control) => <Select {...control} options={OWNERS} value={values.owner} onChange={set("owner")} />}
          </Field>
        </>
      )}
    </>
  );
}
