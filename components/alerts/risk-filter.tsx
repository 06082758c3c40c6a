import { RISK_STATUSES, type RiskView } from "@/lib/stage/schema/risks";
import { Choice, FilterForm } from "./filter-form";

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

/** Which risks are shown. */
export function RiskFilter({ view, ventures, people, holding }: RiskFilterProps) {
  const places = ventures.map(({ slug, name }) => ({ value: slug, label: name }));
  const owners = people.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FilterForm path="/alerts/risks" filtered={[view.venture, view.owner, view.status].some(Boolean)}>
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
    </FilterForm>
  );
}
