import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";

type AddComparedProps = { chosen: readonly string[]; others: readonly { slug: string; name: string }[] };

/** One more to compare with; a form that asks by address. */
export function AddCompared({ chosen, others }: AddComparedProps) {
  if (others.length === 0) return null;
  return (
    <form action="/portfolio/compare" className="mb-3 flex flex-wrap items-end gap-3" data-print="none">
      {chosen.length > 0 ? <input type="hidden" name="v" value={chosen.join()} /> : null}
      <Field label="One more">
        {(control) => (
          <Select
            name="v"
            placeholder="choose a venture"
            options={others.map(({ slug, name }) => ({ value: slug, label: name }))}
            {...control}
          />
        )}
      </Field>
      <Button type="submit">Add</Button>
    </form>
  );
}
