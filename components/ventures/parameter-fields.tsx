import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { PROFILE_PARAMETERS } from "@/lib/ventures/rules";
import { PARAMETERS, type ParameterKey, type ProfileName, rangeOf } from "@/lib/ventures/schema";
import { PARAMETER_GROUPS, parameterText } from "./parameter-words";

type ParameterFieldsProps = {
  profile: ProfileName;
  /** What the chairman set by hand, as text. */
  set: ReadonlyMap<string, string>;
  problemAt: (path: string) => string | null;
};

/** A field per parameter: empty as the profile says, else what stands in it. */
export function ParameterFields({ profile, set, problemAt }: ParameterFieldsProps) {
  return (
    <div className="grid gap-6">
      <p className="prose-width text-muted">Leave a field empty to follow the profile. Money is in US dollars.</p>
      {PARAMETER_GROUPS.map(({ title, keys }) => (
        <fieldset key={title}>
          <legend className="mb-2 text-sm font-medium text-muted">{title}</legend>
          <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
            {keys.map((key) => (
              <ParameterField
                key={key}
                of={key}
                standard={parameterText(key, PROFILE_PARAMETERS[profile][key])}
                value={set.get(key) ?? ""}
                problem={problemAt(`overrides.${key}`)}
              />
            ))}
          </div>
        </fieldset>
      ))}
    </div>
  );
}

type ParameterFieldProps = { of: ParameterKey; standard: string; value: string; problem: string | null };

function ParameterField({ of, standard, value, problem }: ParameterFieldProps) {
  const definition = PARAMETERS[of];
  return (
    <Field
      label={definition.label}
      hint={definition.kind === "number" ? rangeOf(definition) : undefined}
      error={problem}
      className="content-start"
    >
      {(control) =>
        definition.kind === "choice" ? (
          <Select
            {...control}
            name={of}
            className="w-full"
            defaultValue={value}
            placeholder={`as the profile: ${standard}`}
            options={definition.choices.map((choice) => ({ value: choice, label: choice }))}
          />
        ) : (
          <TextInput {...control} numeric name={of} defaultValue={value} placeholder={standard} />
        )
      }
    </Field>
  );
}
