import { Field } from "./field";
import { Select } from "./select";

type OwnerFieldProps = {
  people: readonly { id: string; name: string }[];
  /** Empty: nobody yet. */
  value: string;
  onChange: (ownerId: string) => void;
  /** False where something is asked for and refused without one. */
  optional?: boolean;
  error?: string | null;
};

/** Who something is for to do, of those who may be asked; nobody is possible. */
export function OwnerField({ people, value, onChange, optional = true, error = null }: OwnerFieldProps) {
  return (
    <Field label="Owner" error={error} {...(optional ? { required: false } : {})}>
      {(control) => (
        <Select
          {...control}
          placeholder="Nobody yet"
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}
