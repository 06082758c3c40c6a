"use client";

import { Button } from "@/components/ui/button";
import { Menu, MenuItem } from "@/components/ui/menu";
import type { ExportName, TableFormat } from "@/lib/reports/schema";

type ExportMenuProps = {
  table: ExportName;
  /** What is taken along, to tell two menus of one page apart: "Imports". */
  of: string;
  /** What the button says, where one page section has two. */
  label?: string;
  /** The filter and the order of the screen; what is empty is left out. */
  query?: Readonly<Record<string, string | null | undefined>>;
};

const FORMATS: readonly { format: TableFormat; label: string }[] = [
  { format: "csv", label: "CSV" },
  { format: "xlsx", label: "Excel (XLSX)" },
];

export function exportHref(table: ExportName, format: TableFormat, query: ExportMenuProps["query"] = {}): string {
  const entries = Object.entries(query).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return `/api/exports/${table}?${new URLSearchParams([...entries, ["format", format]])}`;
}

/** In the head of a table: the whole of it as a file, as it is filtered and sorted now. */
export function ExportMenu({ table, of, label = "Export", query }: ExportMenuProps) {
  return (
    <span data-print="none">
      <Menu
        trigger={
          <Button variant="bare" aria-label={`Export ${of}`}>
            {label}
          </Button>
        }
      >
        {FORMATS.map(({ format, label }) => (
          <MenuItem key={format} asChild>
            <a href={exportHref(table, format, query)} download>
              {label}
            </a>
          </MenuItem>
        ))}
      </Menu>
    </span>
  );
}
