"use client";

import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { Textarea } from "@/components/ui/textarea";
import { CHOICES, TERM_GROUPS, TERMS, type Term } from "@/lib/deals/rules/terms";
import { MOST_EARN_OUTS } from "@/lib/deals/schema/terms";
import { type EarnOutText, NONE, type Typed } from "./term-text";

type TermFieldsProps = {
  typed: Typed;
  onChange: (typed: Typed) => void;
  /** Keys that cannot be read. */
  wrong: readonly string[];
};

const UNITS: Readonly<Partial<Record<Term["kind"], string>>> = { ratio: " (%)", months: " (months)", days: " (days)" };
/** Open at once: what is edited most. */
const FIRST = ["Price", "Form"];

/** Every term of an offer, by group; an empty field is not stated, 0 says that there is none. */
export function TermFields({ typed, onChange, wrong }: TermFieldsProps) {
  const set = (key: string, value: string) => onChange({ ...typed, text: { ...typed.text, [key]: value } });
  return (
    <div>
      {TERM_GROUPS.map((group) => (
        <Disclosure key={group} summary={group} open={FIRST.includes(group)}>
          <div className="grid items-end gap-3 sm:grid-cols-2">
            {TERMS.filter((term) => term.group === group && term.kind !== "earn-outs").map((term) => (
              <TermField
                key={term.key}
                term={term}
                value={typed.text[term.key] ?? ""}
                wrong={wrong.includes(term.key)}
                onChange={(value) => set(term.key, value)}
              />
            ))}
          </div>
          {group === "Form" ? <EarnOuts {...{ typed, onChange, wrong }} /> : null}
        </Disclosure>
      ))}
    </div>
  );
}

type TermFieldProps = { term: Term; value: string; wrong: boolean; onChange: (value: string) => void };

function TermField({ term: { key, label, kind }, value, wrong, onChange }: TermFieldProps) {
  const error = wrong ? "This cannot be read." : null;
  const choices = CHOICES[key];
  const optional = key !== "basis" && key !== "collarOutside";
  return (
    <Field
      label={`${label}${UNITS[kind] ?? ""}`}
      error={error}
      {...(kind === "list" ? { hint: "One in a line, or none" } : {})}
    >
      {(control) =>
        choices ? (
          <Select
            {...control}
            {...(optional ? { placeholder: "not stated" } : {})}
            options={Object.entries(choices).map(([choice, words]) => ({ value: choice, label: words }))}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        ) : kind === "list" ? (
          <Textarea {...control} rows={3} value={value} onChange={(event) => onChange(event.target.value)} />
        ) : (
          <TextInput
            {...control}
            type={kind === "day" ? "date" : "text"}
            numeric={kind !== "day" && kind !== "currency"}
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )
      }
    </Field>
  );
}

const BLANK: EarnOutText = { title: "", amount: "", dueOn: "", probability: "" };
const PARTS = [
  { key: "title", label: "What has to be reached", type: "text" },
  { key: "amount", label: "Amount", type: "text" },
  { key: "dueOn", label: "Paid on", type: "date" },
  { key: "probability", label: "Probability (%)", type: "text" },
] as const;

/** Each milestone with amount, day and probability. */
function EarnOuts({ typed, onChange, wrong }: TermFieldsProps) {
  const { earnOuts } = typed;
  const write = (next: readonly EarnOutText[] | null) => onChange({ ...typed, earnOuts: next });
  const says = earnOuts === null ? "" : earnOuts.length === 0 ? NONE : "some";
  return (
    <fieldset className="mt-3 grid gap-3">
      <legend className="sr-only">Earn-out</legend>
      <div>
        <Field label="Earn-out">
          {(control) => (
            <Select
              {...control}
              placeholder="not stated"
              options={[
                { value: NONE, label: "none" },
                { value: "some", label: "milestones" },
              ]}
              value={says}
              onChange={({ target: { value } }) => write(value === "" ? null : value === NONE ? [] : [BLANK])}
            />
          )}
        </Field>
      </div>
      {(earnOuts ?? []).map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a milestone has no other identity while its title is typed
        <div key={index} className="grid items-end gap-2 border-b border-line pb-3 sm:grid-cols-2">
          {PARTS.map(({ key, label, type }) => (
            <Field
              key={key}
              label={label}
              error={wrong.includes(`earnOuts.${index}.${key}`) ? "This cannot be read." : null}
            >
              {(control) => (
                <TextInput
                  {...control}
                  type={type}
                  value={one[key]}
                  onChange={({ target: { value } }) =>
                    write((earnOuts ?? []).map((each, at) => (at === index ? { ...each, [key]: value } : each)))
                  }
                />
              )}
            </Field>
          ))}
          <div>
            <Button variant="bare" onClick={() => write((earnOuts ?? []).filter((_, at) => at !== index))}>
              Remove the milestone
            </Button>
          </div>
        </div>
      ))}
      {earnOuts && earnOuts.length > 0 && earnOuts.length < MOST_EARN_OUTS ? (
        <div>
          <Button onClick={() => write([...earnOuts, BLANK])}>Add a milestone</Button>
        </div>
      ) : null}
    </fieldset>
  );
}
