import { Field } from "./field";
import { TextInput } from "./text-input";

/** Words that a list is narrowed to while they are typed. */
export function SearchField({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <Field label="Search" className="min-w-0 flex-1 basis-48">
      {(control) => (
        <TextInput {...control} type="search" value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </Field>
  );
}
