"use client";

import { useRouter } from "next/navigation";
import type { FormEvent, ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { TextLink } from "@/components/ui/link";
import { Select, type SelectOption } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { useHydrated } from "@/components/ui/use-hydrated";
import {
  AUTONOMY_CHOICES,
  BOUND_UNITS,
  COLUMN_NAMES,
  MEASURES,
  type Measure,
  type PortfolioView,
  PROFILE_CHOICES,
  STAGES,
  WORST,
} from "@/lib/reports/schema/portfolio";
import { hrefOf, isFiltered, isNarrow, parseView, queryOf } from "@/lib/reports/schema/portfolio-view";
import { substageName } from "../stage-words";

const plainly = (values: readonly string[]): SelectOption[] => values.map((value) => ({ value, label: value }));
const STAGE_OPTIONS = STAGES.map((stage) => ({
  value: stage,
  label: stage.startsWith("40.") ? `${stage} ${substageName(stage)}` : stage,
}));
const LEVEL_OPTIONS = WORST.map((level) => ({ value: level, label: `worst is ${level}` }));

type Choices = { sectors: readonly string[]; owners: readonly { id: string; name: string }[] };
type PortfolioFilterProps = { path: string; view: PortfolioView; choices?: Choices };

/** What a form that asks by address must not lose: order and columns. */
const KEPT = ["columns", "sort", "order", "only"] as const;

/** A form that asks by address: works without scripts, and the view can be sent to somebody. */
export function PortfolioFilter({ path, view, choices }: PortfolioFilterProps) {
  const router = useRouter();
  const hydrated = useHydrated();
  const query = queryOf(view);
  const all = hrefOf(path, { ...parseView({}), columns: view.columns, sort: view.sort, descending: view.descending });
  // Without scripts the form asks by itself; with them its address says no more than it has to.
  function ask(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const asked = [...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]);
    router.push(hrefOf(path, parseView(Object.fromEntries(asked))), { scroll: false });
  }
  return (
    <search data-print="none">
      <form action={path} onSubmit={ask} className="mb-3 grid gap-2">
        <div className="flex flex-wrap items-end gap-3">
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
          {KEPT.map((name) =>
            query[name] ? <input key={name} type="hidden" name={name} value={query[name]} /> : null,
          )}
          {view.kept ? <input type="hidden" name="view" value={view.kept} /> : null}
          <Button type="submit">Filter</Button>
          {isFiltered(view) ? (
            <TextLink href={view.kept ? hrefOf(path, parseView({}), { kept: "all" }) : all} className="pb-1 text-sm">
              Show all
            </TextLink>
          ) : null}
        </div>
        {choices && (hydrated || isNarrow(view)) ? <Further view={view} choices={choices} /> : null}
      </form>
    </search>
  );
}

function Further({ view, choices: { sectors, owners } }: { view: PortfolioView; choices: Choices }) {
  const owner = [
    { value: "nobody", label: "nobody yet" },
    ...owners.map(({ id, name }) => ({ value: id, label: name })),
  ];
  return (
    <Disclosure summary={<span className="text-sm">More filters</span>} open={isNarrow(view)}>
      <div className="grid gap-3">
        <div className="flex flex-wrap items-end gap-3">
          <Choice label="Sector" name="sector" value={view.sector} options={plainly(sectors)} />
          <Choice label="Profile" name="profile" value={view.profile} options={plainly(PROFILE_CHOICES)} />
          <Choice label="Autonomy" name="autonomy" value={view.autonomy} options={plainly(AUTONOMY_CHOICES)} />
          <Choice label="Owner" name="owner" value={view.owner} options={owner} />
        </div>
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-4">
          {MEASURES.map((measure) => (
            <Range key={measure} measure={measure} {...(view.bounds[measure] ?? { from: null, to: null })} />
          ))}
        </div>
        <p className="text-sm text-muted">
          A venture whose value is unknown is outside of every range. Valuations are compared in US dollars at the
          stored rate.
        </p>
      </div>
    </Disclosure>
  );
}

function Range({ measure, from, to }: { measure: Measure; from: string | null; to: string | null }) {
  const name = `${COLUMN_NAMES[measure]}, ${BOUND_UNITS[measure].unit}`;
  const bound = (side: "from" | "to", value: string | null): ReactNode => (
    <TextInput
      name={`${measure}-${side}`}
      aria-label={`${name}, ${side === "from" ? "at least" : "at most"}`}
      placeholder={side === "from" ? "at least" : "at most"}
      defaultValue={value ?? ""}
      inputMode="decimal"
      className="w-full min-w-0"
      numeric
    />
  );
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 text-sm font-medium">{name}</legend>
      <div className="grid grid-cols-2 gap-2">
        {bound("from", from)}
        {bound("to", to)}
      </div>
    </fieldset>
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
