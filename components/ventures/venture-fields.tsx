import type { ReactNode } from "react";
import { Field, type FieldControl } from "@/components/ui/field";
import { Select, type SelectOption } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import type { FactValues } from "./fact-values";
import { MODEL_CHOICES, type VentureChoices } from "./venture-choices";

type Form = { values: FactValues; problemAt: (path: string) => string | null };
type VentureFieldsProps = Form & { choices: VentureChoices; onName?: (name: string) => void };

/** What a venture is: the same fields when it is added and when it is changed. */
export function VentureFields({ choices, onName, ...form }: VentureFieldsProps) {
  return (
    <div className="grid max-w-3xl gap-4 sm:grid-cols-2">
      <Fact {...form} name="name" label="Name" required>
        {(control) => <TextInput {...control} maxLength={120} onChange={(event) => onName?.(event.target.value)} />}
      </Fact>
      <Fact {...form} name="sector" label="Sector" required>
        {(control) => <TextInput {...control} maxLength={80} />}
      </Fact>
      <Fact {...form} name="summary" label="What it does, in a sentence or two" wide>
        {(control) => <Textarea {...control} rows={2} maxLength={600} />}
      </Fact>
      <Choice {...form} name="businessModel" label="Business model" options={MODEL_CHOICES} />
      <Choice {...form} name="currency" label="Currency" options={choices.currencies} />
      <Choice {...form} name="country" label="Country" options={choices.countries} />
      <Choice {...form} name="timeZone" label="Time zone" options={choices.timeZones} />
      <Fact {...form} name="foundedOn" label="Founded on" wide>
        {(control) => <TextInput {...control} type="date" className="justify-self-start" />}
      </Fact>
      <Fact
        {...form}
        name="maturityScore"
        label="Venture maturity score"
        hint="What stage 39 handed over, 0 to 100. The entry gate of stage 40 asks for it."
      >
        {(control) => <TextInput {...control} numeric />}
      </Fact>
      <Fact {...form} name="maturityAssessedOn" label="Assessed on" hint="The day of that assessment.">
        {(control) => <TextInput {...control} type="date" />}
      </Fact>
    </div>
  );
}

type FactProps = Form & { name: keyof FactValues; label: string; required?: boolean; hint?: string; wide?: boolean };
type Control = FieldControl & { name: string; defaultValue: string };

function Fact({
  values,
  problemAt,
  name,
  label,
  required = false,
  hint,
  wide,
  children,
}: FactProps & { children: (control: Control) => ReactNode }) {
  const expected = problemAt(name);
  return (
    <Field
      label={label}
      required={required}
      hint={hint}
      error={expected && `Needed: ${expected}.`}
      className={wide ? "sm:col-span-2" : "content-start"}
    >
      {(control) => children({ ...control, name, defaultValue: values[name] })}
    </Field>
  );
}

function Choice({ options, ...fact }: FactProps & { options: readonly SelectOption[] }) {
  return (
    <Fact {...fact} required>
      {(control) => <Select {...control} className="w-full" placeholder="choose" options={options} />}
    </Fact>
  );
}
