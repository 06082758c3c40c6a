"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useState, useTransition } from "react";
import { Button } from "@/components/ui/button";
import { Disclosure } from "@/components/ui/disclosure";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { TextInput } from "@/components/ui/text-input";
import { submitShape } from "@/lib/imports/actions";
import { type Detection, ENCODINGS, type MappingOptions } from "@/lib/imports/schema";
import { answered } from "./answered";
import { type Refused, RefusedNotice } from "./refused";

const DELIMITER_LABELS = [
  { value: ",", label: "comma" },
  { value: ";", label: "semicolon" },
  { value: "\t", label: "tab" },
  { value: "|", label: "bar" },
];

type ShapeFormProps = { importId: string; detection: Detection; options: MappingOptions };

/** How the file was read; rarely wrong, so it stays folded. */
export function ShapeForm({ importId, detection, options }: ShapeFormProps) {
  const router = useRouter();
  const [busy, setBusy] = useState(false);
  const [refreshing, startRefresh] = useTransition();
  const [refused, setRefused] = useState<Refused | null>(null);

  async function read(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const headerRow = Number(form.get("headerRow"));
    setBusy(true);
    const asked = submitShape({
      importId,
      options:
        detection.format === "xlsx"
          ? { headerRow, sheet: String(form.get("sheet")) }
          : {
              headerRow,
              encoding: form.get("encoding") as MappingOptions["encoding"],
              delimiter: form.get("delimiter") as MappingOptions["delimiter"],
            },
    });
    const result = await answered(asked);
    setBusy(false);
    setRefused(result.ok ? null : result);
    if (result.ok) startRefresh(() => router.refresh());
  }

  return (
    <Disclosure summary={`How the file was read: ${shapeSentence(detection, options)}`}>
      <form onSubmit={read} className="grid items-end gap-4 pt-2 sm:grid-cols-4">
        {detection.format === "xlsx" ? (
          <SheetField detection={detection} options={options} />
        ) : (
          <TextFields options={options} />
        )}
        <Field label="Header is in row">
          {(control) => (
            <TextInput {...control} name="headerRow" type="number" min={1} max={200} defaultValue={options.headerRow} />
          )}
        </Field>
        <Button type="submit" busy={busy || refreshing}>
          Read again
        </Button>
      </form>
      <RefusedNotice refused={refused} />
    </Disclosure>
  );
}

function SheetField({ detection, options }: Pick<ShapeFormProps, "detection" | "options">) {
  return (
    <Field label="Sheet">
      {(control) => (
        <Select
          {...control}
          name="sheet"
          defaultValue={options.sheet ?? ""}
          options={detection.sheets.map((sheet) => ({ value: sheet, label: sheet }))}
        />
      )}
    </Field>
  );
}

function TextFields({ options }: Pick<ShapeFormProps, "options">) {
  return (
    <>
      <Field label="Encoding">
        {(control) => (
          <Select
            {...control}
            name="encoding"
            defaultValue={options.encoding}
            options={ENCODINGS.map((value) => ({ value, label: value }))}
          />
        )}
      </Field>
      <Field label="Cells are cut at">
        {(control) => (
          <Select {...control} name="delimiter" defaultValue={options.delimiter} options={DELIMITER_LABELS} />
        )}
      </Field>
    </>
  );
}

function shapeSentence({ format }: Detection, { sheet, encoding, delimiter, headerRow }: MappingOptions): string {
  const place = `header in row ${headerRow}`;
  if (format === "xlsx") return `workbook, sheet "${sheet ?? ""}", ${place}`;
  const cut = DELIMITER_LABELS.find((known) => known.value === delimiter)?.label ?? delimiter;
  return `${encoding}, cut at each ${cut}, ${place}`;
}
