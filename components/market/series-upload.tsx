"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import type { DataServer } from "@/lib/imports/queries/servers";
import type { SeriesView } from "@/lib/market/queries/series";
import { SeriesForm } from "./series-form";
import { SeriesPreviewNote } from "./series-preview-note";
import { useSeriesFile } from "./use-series-file";
import { marketSentence } from "./words";

/** A file into one series: what it would change stands here before it does, row by row what is refused. */
type SeriesUploadProps = { options: readonly SeriesView[]; servers: readonly DataServer[] };

export function SeriesUpload({ options, servers }: SeriesUploadProps) {
  return (
    <div className="mt-4 grid">
      <SeriesForm />
      {options.length > 0 ? (
        <Disclosure summary="Load a file">
          <FileForm options={options} servers={servers} />
        </Disclosure>
      ) : null}
    </div>
  );
}

function FileForm({ options, servers }: SeriesUploadProps) {
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
        <Field label="File (CSV or XLSX)" hint="One line a day or month, with its names in the first line">
          {(control) => (
            <input
              {...control}
              type="file"
              accept=".csv,.xlsx,text/csv"
              className="max-w-full text-sm"
              onChange={(event) => {
                const [picked] = event.target.files ?? [];
                if (picked) void file.chooseFile(picked);
              }}
            />
          )}
        </Field>
      </div>
      <ServerChoice servers={servers} busy={file.reading} read={file.readServer} />
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

type ServerChoiceProps = {
  servers: readonly DataServer[];
  busy: boolean;
  read: (serverId: string, tool: string) => Promise<void>;
};

/** Instead of a file: a tool of a connected MCP server that only reads; nothing is sent to it. */
function ServerChoice({ servers, busy, read }: ServerChoiceProps) {
  const choices = servers.flatMap(({ id, name, tools }) =>
    tools.map((tool) => ({ value: `${id} ${tool}`, label: `${name}: ${tool}` })),
  );
  const [choice, setChoice] = useState(choices[0]?.value ?? "");
  if (choices.length === 0) return null;
  const [serverId = "", tool = ""] = choice.split(" ", 2);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label="Or from an MCP server">
        {(control) => (
          <Select {...control} options={choices} value={choice} onChange={(event) => setChoice(event.target.value)} />
        )}
      </Field>
      <Button busy={busy} onClick={() => void read(serverId, tool)}>
        Read
      </Button>
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
