"use client";

import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { SeriesView } from "@/lib/market/queries/series";
import { SeriesForm } from "./series-form";
import { SeriesPreviewNote } from "./series-preview-note";
import { useSeriesFile } from "./use-series-file";
import { marketSentence } from "./words";

/** A CSV file into one series: what it would change stands here before it does, row by row what is refused. */
export function SeriesUpload({ options }: { options: readonly SeriesView[] }) {
  return (
    <div className="mt-4 grid">
      <SeriesForm />
      {options.length > 0 ? (
        <Disclosure summary="Load a file">
          <FileForm options={options} />
        </Disclosure>
      ) : null}
    </div>
  );
}

function FileForm({ options }: { options: readonly SeriesView[] }) {
  const file = useSeriesFile(options[0]?.key ?? "");
  const { chosen, columns, shown, refused } = file;
  const names = (chosen?.names ?? []).map((name) => ({ value: name, label: name }));
  return (
    <div className="grid gap-3">
      <div className="grid grid-cols-1 gap-3 sm:grid-cols-2">
        <Field label="Series">
          {(control) => (
            <Select
              {...control}
              value={file.seriesKey}
              options={options.map(({ key, label }) => ({ value: key, label }))}
              onChange={(event) => file.chooseSeries(event.target.value)}
            />
          )}
        </Field>
        <Field label="CSV file" hint="One line a day or month, with its names in the first line">
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".csv,text/csv"
              className="max-w-full text-sm"
              onChange={(event) => {
                const [picked] = event.target.files ?? [];
                if (picked) void file.chooseFile(picked);
              }}
            />
          )}
        </Field>
      </div>
      {chosen ? (
        <div className="grid grid-cols-1 gap-3 sm:grid-cols-3">
          <Column label="Column of the day" value={columns.day} names={names} set={(day) => file.setColumns({ day })} />
          <Column
            label="Column of the value"
            value={columns.value}
            names={names}
            set={(value) => file.setColumns({ value })}
          />
          <Column
            label="Column of the vintage"
            value={columns.knownOn ?? ""}
            names={[{ value: "", label: "none" }, ...names]}
            set={(knownOn) => file.setColumns({ knownOn: knownOn || null })}
          />
        </div>
      ) : null}
      {refused && !refused.ok ? (
        <p role="alert" className="font-medium text-critical-text">
          {marketSentence(refused.refusal)}{" "}
          {refused.problems?.map(({ path, expected }) => `${path}: ${expected}`).join("; ")}
        </p>
      ) : null}
      {file.failed ? <p role="alert">{marketSentence("UNAVAILABLE")}</p> : null}
      {shown ? <SeriesPreviewNote preview={shown} /> : null}
      <div className="flex flex-wrap gap-3">
        <Button busy={file.previewing} disabled={!chosen} onClick={file.preview}>
          Preview
        </Button>
        <Button
          variant="primary"
          busy={file.loading}
          disabled={!shown || shown.added + shown.corrected + shown.revised === 0}
          onClick={file.load}
        >
          Load it
        </Button>
      </div>
    </div>
  );
}

type ColumnProps = {
  label: string;
  value: string;
  names: readonly { value: string; label: string }[];
  set: (value: string) => void;
};

function Column({ label, value, names, set }: ColumnProps) {
  return (
    <Field label={label}>
      {(control) => <Select {...control} value={value} options={names} onChange={(event) => set(event.target.value)} />}
    </Field>
  );
}
