import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { EVENT_LOG, EVENT_NOUNS, type EventFilter, filterHref } from "./event-filter";

const OPTIONS = EVENT_NOUNS.map((noun) => ({ value: noun, label: noun }));

type EventFilterFormProps = { filter: EventFilter; ventureName: string | null; page: string };

export function EventFilterForm({ filter, ventureName, page }: EventFilterFormProps) {
  const filtered = filter.type || filter.venture || filter.from || filter.until;
  return (
    <search data-print="none">
      <form action={page} className="mb-3 flex flex-wrap items-end gap-3">
        <Field label="About">
          {(control) => (
            <Select name="type" defaultValue={filter.type} placeholder="everything" options={OPTIONS} {...control} />
          )}
        </Field>
        <Field label="From">
          {(control) => <TextInput type="date" name="from" defaultValue={filter.from} {...control} />}
        </Field>
        <Field label="To">
          {(control) => <TextInput type="date" name="until" defaultValue={filter.until} {...control} />}
        </Field>
        {filter.venture ? <input type="hidden" name="venture" value={filter.venture} /> : null}
        <Button type="submit">Filter</Button>
        {ventureName && page === EVENT_LOG ? (
          <TextLink href={filterHref(filter, { venture: "" })} className="pb-1 text-sm">
            Only {ventureName}: show all ventures
          </TextLink>
        ) : null}
        {filtered ? (
          <TextLink href={page} className="pb-1 text-sm">
            Show everything
          </TextLink>
        ) : null}
      </form>
    </search>
  );
}
