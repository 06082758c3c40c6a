import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { MethodInputs, MethodKey } from "@/lib/valuation/schema/venture";
import { type Editing, InputCell } from "./input-cell";

const GRID = "grid gap-3 grid-cols-2 sm:grid-cols-3 lg:grid-cols-5";
export type ClassChoice = { id: string; name: string };

export type SeriesChoice = { key: string; label: string };

type ListsProps = {
  method: MethodKey;
  methods: MethodInputs;
  editing: Editing;
  classes: readonly ClassChoice[];
  /** By whose move precedents can be carried to today. */
  series: readonly SeriesChoice[];
};

/** The inputs of a method that are lists. */
export function InputLists({ method, methods, editing, classes, series }: ListsProps) {
  if (method === "dcf") return <Flows flows={methods.dcf.freeCashFlows} editing={editing} />;
  if (method === "firstChicago") return <Scenarios count={methods.firstChicago.scenarios.length} editing={editing} />;
  if (method === "ventureCapital") return <Rounds rounds={methods.ventureCapital.laterDilution} editing={editing} />;
  if (method === "recentRound")
    return <ClassOf editing={editing} chosen={methods.recentRound.classId} classes={classes} />;
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Outliers method={method} chosen={methods[method].outliers} editing={editing} />
      {method === "precedents" ? <IndexOf editing={editing} chosen={methods.precedents.index} series={series} /> : null}
    </div>
  );
}

type IndexProps = { editing: Editing; chosen: string; series: readonly SeriesChoice[] };

function IndexOf({ editing, chosen, series }: IndexProps) {
  const known = series.map(({ key, label }) => ({ value: key, label }));
  const gone =
    chosen && !series.some(({ key }) => key === chosen) ? [{ value: chosen, label: `${chosen} (gone)` }] : [];
  return (
    <Field label="Carried to today by the move of">
      {(control) => (
        <Select
          {...control}
          value={chosen}
          onChange={(event) => editing.set(["methods", "precedents", "index"], event.target.value)}
          options={[{ value: "", label: "nothing: as they were paid" }, ...known, ...gone]}
        />
      )}
    </Field>
  );
}

type OutliersProps = { method: "trading" | "precedents"; chosen: string; editing: Editing };

function Outliers({ method, chosen, editing }: OutliersProps) {
  const path = ["methods", method, "outliers"];
  return (
    <Field label="Outliers">
      {(control) => (
        <Select
          {...control}
          value={chosen}
          onChange={(event) => editing.set(path, event.target.value)}
          options={[
            { value: "mad3", label: "left out beyond 3 median deviations" },
            { value: "none", label: "kept" },
          ]}
        />
      )}
    </Field>
  );
}

const LONGEST = 15;

type RowsProps = {
  rows: readonly string[];
  path: readonly string[];
  label: (row: number) => string;
  what: string;
  least: number;
  most: number;
  fresh: string;
  editing: Editing;
};

/** Texts in a row, with one more or one less at the end. */
function Rows({ rows, path, label, what, least, most, fresh, editing }: RowsProps) {
  return (
    <div className="grid gap-2">
      <div className={GRID}>
        {rows.map((_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a year is its place in the list
          <InputCell key={row} editing={editing} field={{ path: [...path, row], label: label(row) }} />
        ))}
      </div>
      <div className="flex gap-3">
        <Button
          variant="bare"
          disabled={rows.length >= most}
          onClick={() => editing.set(path, [...rows, rows.at(-1) ?? fresh])}
        >
          Add {what}
        </Button>
        <Button variant="bare" disabled={rows.length <= least} onClick={() => editing.set(path, rows.slice(0, -1))}>
          Take away the last
        </Button>
      </div>
    </div>
  );
}

function Flows({ flows, editing }: { flows: readonly string[]; editing: Editing }) {
  const shared = { rows: flows, editing, least: 1, most: LONGEST, fresh: "0", what: "a year" };
  return (
    <Rows {...shared} path={["methods", "dcf", "freeCashFlows"]} label={(row) => `Free cash flow, year ${row + 1}`} />
  );
}

function Rounds({ rounds, editing }: { rounds: readonly string[]; editing: Editing }) {
  const shared = { rows: rounds, editing, least: 0, most: 10, fresh: "0.15", what: "a later round" };
  const path = ["methods", "ventureCapital", "laterDilution"];
  return <Rows {...shared} path={path} label={(row) => `Dilution by later round ${row + 1}`} />;
}

const PARTS = [
  { name: "name", label: "Scenario", text: true },
  { name: "probability", label: "Probability" },
  { name: "exitValue", label: "Value at the exit" },
  { name: "years", label: "Years" },
  { name: "rate", label: "Rate" },
] as const;

function Scenarios({ count, editing }: { count: number; editing: Editing }) {
  const problem = editing.problemAt(["methods", "firstChicago", "scenarios"]);
  return (
    <div className="grid gap-3">
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a scenario is its place in the list
        <fieldset key={row} className={GRID}>
          <legend className="sr-only">Scenario {row + 1}</legend>
          {PARTS.map(({ name, ...rest }) => (
            <InputCell
              key={name}
              editing={editing}
              field={{ path: ["methods", "firstChicago", "scenarios", row, name], ...rest }}
            />
          ))}
        </fieldset>
      ))}
      {problem ? <p className="font-medium text-critical-text">{problem}</p> : null}
    </div>
  );
}

function ClassOf({ editing, chosen, classes }: { editing: Editing; chosen: string; classes: readonly ClassChoice[] }) {
  const none = { value: "", label: classes.length > 0 ? "Choose a class" : "No cap table is complete" };
  return (
    <Field label="Class that was sold">
      {(control) => (
        <Select
          {...control}
          value={chosen}
          onChange={(event) => editing.set(["methods", "recentRound", "classId"], event.target.value)}
          options={[none, ...classes.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      )}
    </Field>
  );
}
