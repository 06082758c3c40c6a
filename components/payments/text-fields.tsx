import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";

export type TextField<Name extends string> = {
  name: Name;
  label: string;
  type?: "text" | "date";
  optional?: boolean;
  /** Where a problem is said, if that is not the name. */
  path?: string;
};

type TextFieldsProps<Name extends string> = {
  fields: readonly TextField<Name>[];
  values: Readonly<Record<Name, string>>;
  set: (name: Name) => (event: { target: { value: string } }) => void;
  problemAt: (path: string) => string | null;
};

/** Fields of text and days, one below the other, in the order of the list. */
export function TextFields<Name extends string>({ fields, values, set, problemAt }: TextFieldsProps<Name>) {
  return fields.map(({ name, label, type = "text", optional = false, path = name }) => (
    <Field key={name} label={label} required={!optional} error={problemAt(path)}>
      {(control) => <TextInput {...control} type={type} value={values[name]} onChange={set(name)} />}
    </Field>
  ));
}
