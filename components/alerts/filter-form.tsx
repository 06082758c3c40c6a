import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Select, type SelectOption } from "@/components/ui/select";

type FilterFormProps = { path: string; filtered: boolean; children: ReactNode };

/** A form that asks by address: works without scripts, and the view can be sent to somebody. */
export function FilterForm({ path, filtered, children }: FilterFormProps) {
  return (
    <search data-print="none">
      <form action={path} className="mb-4 flex flex-wrap items-end gap-3">
        {children}
        <Button type="submit">Filter</Button>
        {filtered ? (
          <TextLink href={path} className="pb-1 text-sm">
            Show all
          </TextLink>
        ) : null}
      </form>
    </search>
  );
}

type ChoiceProps = { label: string; name: string; every: string; value: string; options: readonly SelectOption[] };

export function Choice({ label, name, every, value, options }: ChoiceProps) {
  return (
    <Field label={label} className="min-w-0">
      {(control) => (
        <Select
          name={name}
          defaultValue={value}
          placeholder={every}
          options={options}
          className="max-w-full"
          {...control}
        />
      )}
    </Field>
  );
}
