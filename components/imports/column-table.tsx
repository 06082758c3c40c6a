"use client";

import { Select, type SelectOption } from "@/components/ui/select";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { FIELDS } from "@/lib/imports/rules/fields";
import type { Detection, ImportKind, MappingOptions } from "@/lib/imports/schema";
import { METRICS } from "@/lib/metrics/schema";

type ColumnTableProps = {
  kind: ImportKind;
  detection: Detection;
  layout: MappingOptions["layout"];
  targets: readonly string[];
  onChange: (column: number, target: string) => void;
};

const periodLabel = (target: string) =>
  `Period ${target
    .slice(7)
    .replace(/-01\/month$/, "")
    .replace("/", ", ")}`;

/** A column of the file per row: its header, what stands in it, and what it is here. */
export function ColumnTable({ kind, detection, layout, targets, onChange }: ColumnTableProps) {
  const fields: SelectOption[] = FIELDS[kind].map((field) => ({ value: field.key, label: field.label }));
  const metrics: SelectOption[] =
    kind === "metrics" && layout === "metric-columns"
      ? METRICS.filter((metric) => metric.origin === "stored").map((metric) => ({
          value: `metric:${metric.key}`,
          label: metric.name,
        }))
      : [];
  const optionsFor = (target: string): SelectOption[] => [
    { value: "", label: "Not imported" },
    ...(target.startsWith("period:") ? [{ value: target, label: periodLabel(target) }] : []),
    ...fields,
    ...metrics,
  ];
  return (
    <Table caption="Columns of the file" showCaption>
      <TableHead>
        <TableHeadCell>Column</TableHeadCell>
        <TableHeadCell>First values</TableHeadCell>
        <TableHeadCell>Is</TableHeadCell>
      </TableHead>
      <TableBody>
        {detection.headers.map((header, i) => {
          const name = header || `Column ${i + 1}`;
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a file's columns are told apart by their place, headers may repeat
            <TableRow key={i}>
              <TableRowHead>{name}</TableRowHead>
              <TableCell className="max-w-64 truncate text-muted">
                {detection.sample
                  .slice(0, 3)
                  .map((row) => row[i])
                  .filter(Boolean)
                  .join(" · ")}
              </TableCell>
              <TableCell>
                <Select
                  aria-label={`What "${name}" is`}
                  value={targets[i] ?? ""}
                  options={optionsFor(targets[i] ?? "")}
                  onChange={(event) => onChange(i, event.target.value)}
                />
              </TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
