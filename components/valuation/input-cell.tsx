import { Field } from "@/components/ui/field";
import { TextInput } from "@/components/ui/text-input";
import { type InputPath, valueAt } from "./input-paths";
import type { InputField } from "./method-fields";

/** What every part of the editor needs: the inputs as they stand, how to change one, and what is wrong where. */
export type Editing = {
  inputs: unknown;
  set: (path: InputPath, value: unknown) => void;
  problemAt: (path: InputPath) => string | null;
};

/** One input with its label; what is wrong with it stands below. */
export function InputCell({ editing, field }: { editing: Editing; field: InputField }) {
  const { path, label, hint, text } = field;
  const value = valueAt(editing.inputs, path);
  return (
    <Field label={label} hint={hint} error={editing.problemAt(path)} className="content-start">
      {(control) => (
        <TextInput
          {...control}
          numeric={!text}
          value={String(value ?? "")}
          onChange={(event) => editing.set(path, event.target.value)}
        />
      )}
    </Field>
  );
}
