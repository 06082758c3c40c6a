import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Select, type SelectOption } from "@/components/ui/select";
import { ALERT_STATES, alertRow, type AlertFilter as Filter, SEVERITIES } from "@/lib/stage/schema/alert-care";
import { STATE_WORDS } from "./alert-view";

type AlertFilterProps = {
  filter: Filter;
  ventures: readonly { slug: string; name: string }[];
  /** Kinds that stand. */
  kinds: readonly string[];
};

const SEVERITY_OPTIONS = SEVERITIES.map((value) => ({ value, label: value }));
const STATE_OPTIONS = ALERT_STATES.map((value) => ({ value, label: STATE_WORDS[value] }));

/** A form that asks by address: works without scripts, and the view can be sent to somebody. */
export function AlertFilter({ filter, ventures, kinds }: AlertFilterProps) {
  const filtered = filter.venture || filter.kind || filter.severity || filter.state;
  return (
    <search data-print="none">
      <form action="/alerts" className="mb-4 flex flex-wrap items-end gap-3">
        <Choice
          label="Venture"
          name="venture"
          every="Every venture"
          value={filter.venture}
          options={ventures.map(({ slug, name }) => ({ value: slug, label: name }))}
        />
        <Choice
          label="Severity"
          name="severity"
          every="Every severity"
          value={filter.severity}
          options={SEVERITY_OPTIONS}
        />
        <Choice
          label="Kind"
          name="kind"
          every="Every kind"
          value={filter.kind}
          options={kinds.map((kind) => ({ value: kind, label: alertRow(kind).label }))}
        />
        <Choice label="State" name="state" every="Open and noted" value={filter.state} options={STATE_OPTIONS} />
        <Button type="submit">Filter</Button>
        {filtered ? (
          <TextLink href="/alerts" className="pb-1 text-sm">
            Show all
          </TextLink>
        ) : null}
      </form>
    </search>
  );
}

type ChoiceProps = { label: string; name: string; every: string; value: string; options: readonly SelectOption[] };

function Choice({ label, name, every, value, options }: ChoiceProps) {
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
