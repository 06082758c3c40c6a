import { ALERT_STATES, alertRow, type AlertFilter as Filter, SEVERITIES } from "@/lib/stage/schema/alert-care";
import { STATE_WORDS } from "./alert-view";
import { Choice, FilterForm } from "./filter-form";

type AlertFilterProps = {
  filter: Filter;
  ventures: readonly { slug: string; name: string }[];
  /** Kinds that stand. */
  kinds: readonly string[];
};

const SEVERITY_OPTIONS = SEVERITIES.map((value) => ({ value, label: value }));
const STATE_OPTIONS = ALERT_STATES.map((value) => ({ value, label: STATE_WORDS[value] }));

/** Which alerts are shown. */
export function AlertFilter({ filter, ventures, kinds }: AlertFilterProps) {
  const filtered = [filter.venture, filter.kind, filter.severity, filter.state].some(Boolean);
  return (
    <FilterForm path="/alerts" filtered={filtered}>
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
    </FilterForm>
  );
}
