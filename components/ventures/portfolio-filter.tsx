import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { LEVELS } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Select, type SelectOption } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { type PortfolioView, STAGES } from "./portfolio-view";

const STAGE_OPTIONS = STAGES.map((stage) => ({ value: stage, label: stage }));
const LEVEL_OPTIONS = LEVELS.map((level) => ({ value: level, label: `worst is ${level}` }));

/** A form that asks by address: works without scripts, and the view can be sent to somebody. */
export function PortfolioFilter({ path, view }: { path: string; view: PortfolioView }) {
  const filtered = view.search || view.stage || view.level;
  return (
    <search data-print="none">
      <form action={path} className="mb-3 flex flex-wrap items-end gap-3">
        <Field label="Search" className="min-w-52 flex-1 sm:max-w-72">
          {(control) => (
            <TextInput
              type="search"
              name="q"
              defaultValue={view.search}
              placeholder="Name, sector, currency"
              {...control}
            />
          )}
        </Field>
        <Choice label="Stage" name="stage" value={view.stage} options={STAGE_OPTIONS} />
        <Choice label="Level" name="level" value={view.level} options={LEVEL_OPTIONS} />
        {view.sort === "name" ? null : <input type="hidden" name="sort" value={view.sort} />}
        {view.descending ? <input type="hidden" name="order" value="descending" /> : null}
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

type ChoiceProps = { label: string; name: string; value: string | null; options: readonly SelectOption[] };

function Choice({ label, name, value, options }: ChoiceProps) {
  return (
    <Field label={label}>
      {(control) => (
        <Select name={name} defaultValue={value ?? ""} placeholder={`every ${name}`} options={options} {...control} />
      )}
    </Field>
  );
}
