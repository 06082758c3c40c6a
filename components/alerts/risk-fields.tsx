import { Field } from "@/components/ui/field";
import { OwnerField } from "@/components/ui/owner-field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { IMPACTS, LIKELIHOODS, RISK_STATUSES, type RiskStatus } from "@/lib/stage/schema/risks";
import type { RiskPeople } from "./risk-dialog";

export type RiskValues = {
  title: string;
  detail: string;
  mitigation: string;
  ownerId: string;
  /** Empty: of the holding. */
  ventureId: string;
  likelihood: string;
  impact: string;
  dueOn: string;
  status: RiskStatus;
};

const scaleOf = (words: readonly string[]) =>
  words.map((word, index) => ({ value: String(index + 1), label: `${index + 1}, ${word}` }));
const STATUS_OPTIONS = RISK_STATUSES.map((value) => ({ value, label: value }));

type RiskFieldsProps = {
  values: RiskValues;
  set: (part: Partial<RiskValues>) => void;
  people: RiskPeople;
  /** The venture is not to be chosen. */
  fixed: boolean;
  isNew: boolean;
  problemAt: (path: string) => string | null;
};

export function RiskFields({ values, set, people, fixed, isNew, problemAt }: RiskFieldsProps) {
  return (
    <>
      <Field label="What might happen" required error={problemAt("title")}>
        {(control) => (
          <TextInput
            {...control}
            maxLength={160}
            value={values.title}
            onChange={(event) => set({ title: event.target.value })}
          />
        )}
      </Field>
      <Field label="Details" required={false} error={problemAt("detail")}>
        {(control) => (
          <Textarea
            {...control}
            rows={2}
            maxLength={2000}
            value={values.detail}
            onChange={(event) => set({ detail: event.target.value })}
          />
        )}
      </Field>
      <div className="grid gap-3 sm:grid-cols-2">
        {fixed ? null : (
          <Field label="Of">
            {(control) => (
              <Select
                {...control}
                {...(people.holding ? { placeholder: "The holding" } : {})}
                options={people.ventures.map(({ id, name }) => ({ value: id, label: name }))}
                value={values.ventureId}
                onChange={(event) => set({ ventureId: event.target.value })}
              />
            )}
          </Field>
        )}
        <OwnerField people={people.people} value={values.ownerId} onChange={(ownerId) => set({ ownerId })} />
        <Field label="Likelihood" required>
          {(control) => (
            <Select
              {...control}
              options={scaleOf(LIKELIHOODS)}
              value={values.likelihood}
              onChange={(event) => set({ likelihood: event.target.value })}
            />
          )}
        </Field>
        <Field label="Impact" required>
          {(control) => (
            <Select
              {...control}
              options={scaleOf(IMPACTS)}
              value={values.impact}
              onChange={(event) => set({ impact: event.target.value })}
            />
          )}
        </Field>
        <Field label="Due" required={false} error={problemAt("dueOn")}>
          {(control) => (
            <TextInput
              {...control}
              type="date"
              value={values.dueOn}
              onChange={(event) => set({ dueOn: event.target.value })}
            />
          )}
        </Field>
        {isNew ? null : (
          <Field label="Status" required>
            {(control) => (
              <Select
                {...control}
                options={STATUS_OPTIONS}
                value={values.status}
                onChange={(event) => set({ status: event.target.value as RiskStatus })}
              />
            )}
          </Field>
        )}
      </div>
      <Field label="Mitigation" required={false} error={problemAt("mitigation")}>
        {(control) => (
          <Textarea
            {...control}
            rows={3}
            maxLength={2000}
            value={values.mitigation}
            onChange={(event) => set({ mitigation: event.target.value })}
          />
        )}
      </Field>
    </>
  );
}
