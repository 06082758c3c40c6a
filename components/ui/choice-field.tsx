import { Field } from "./field";
import { Select, type SelectOption } from "./select";

type ChoiceFieldProps = {
  label: string;
  /** What is shown where nothing is chosen: "Every kind". */
  all: string;
  options: readonly SelectOption[];
  value: string;
  onChange: (value: string) => void;
};

/** What a list is narrowed to; nothing chosen shows everything. */
export function ChoiceField({ label, all, options, value, onChange }: ChoiceFieldProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select
          {...control}
          placeholder={all}
          options={options}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
