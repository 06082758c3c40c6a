import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { EVENT_TOPICS } from "@/lib/audit/schema";
import { EVENT_LOG, type EventFilter, filterHref } from "./event-filter";

const TOPICS = Object.entries(EVENT_TOPICS).map(([value, { label }]) => ({ value, label }));

/** An address may ask for one noun or event; it stays chosen. */
const optionsFor = (type: string) =>
  type && !EVENT_TOPICS[type] ? [...TOPICS, { value: type, label: `Only ${type}` }] : TOPICS;

type EventFilterFormProps = { filter: EventFilter; ventureName: string | null; page: string };

export function EventFilterForm({ filter, ventureName, page }: EventFilterFormProps) {
  const filtered = filter.type || filter.venture || filter.from || filter.until;
  return (
    <search data-print="none">
      <form action={page} className="mb-3 flex flex-wrap items-end gap-3">
        <Field label="About">
          {(control) => (
            <Select
              name="type"
              defaultValue={filter.type}
              placeholder="everything"
              options={optionsFor(filter.type)}
              {...control}
            />
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
