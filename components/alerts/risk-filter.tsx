import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Select, type SelectOption } from "@/components/ui/select";
import { RISK_STATUSES, type RiskView } from "@/lib/stage/schema/risks";

type RiskFilterProps = {
  view: RiskView;
  ventures: readonly { slug: string; name: string }[];
  people: readonly { id: string; name: string }[];
  holding: boolean;
};

const STATUS_OPTIONS = [
  ...RISK_STATUSES.map((value) => ({ value, label: value })),
  { value: "all", label: "every status" },
];

/** A form that asks by address, as the other lists do. */
export function RiskFilter({ view, ventures, people, holding }: RiskFilterProps) {
  const places = ventures.map(({ slug, name }) => ({ value: slug, label: name }));
  const owners = people.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <search data-print="none">
      <form action="/alerts/risks" className="mb-4 flex flex-wrap items-end gap-3">
        <Choice
          label="Of"
          name="venture"
          every="Everything"
          value={view.venture}
          options={[...(holding ? [{ value: "holding", label: "The holding" }] : []), ...places]}
        />
        <Choice
          label="Owner"
          name="owner"
          every="Everybody"
          value={view.owner}
          options={[{ value: "nobody", label: "nobody yet" }, ...owners]}
        />
        <Choice label="Status" name="status" every="not closed" value={view.status} options={STATUS_OPTIONS} />
        <input type="hidden" name="sort" value={view.sort} />
        <input type="hidden" name="order" value={view.descending ? "descending" : "ascending"} />
        <Button type="submit">Filter</Button>
        {view.venture || view.owner || view.status ? (
          <TextLink href="/alerts/risks" className="pb-1 text-sm">
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
