"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { ChoiceField } from "@/components/ui/choice-field";
import { SearchField } from "@/components/ui/search-field";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { sorting } from "@/components/ui/table-order";
import type { RegisterLine } from "@/lib/distribution/queries/records/records";
import { formatDay, plural } from "@/lib/format";
import { inRegisterOrder, isShownLine, REGISTER_NUMBERS, type RegisterKey, type RegisterOrder } from "./register-order";

const AMOUNTS = ["gross", "withheld", "net"] as const;
const SHOWN_AT_ONCE = 200;

/** Every share of every distribution; found by words, narrowed and sorted in place. */
export function RegisterTable({ lines }: { lines: readonly RegisterLine[] }) {
  const [filter, setFilter] = useState({ text: "", label: "" });
  const [order, setOrder] = useState<RegisterOrder>({ by: "day", descending: false });
  const found = inRegisterOrder(
    lines.filter((line) => isShownLine(line, filter)),
    order,
  );
  const shown = found.slice(0, SHOWN_AT_ONCE);
  const labels = [...new Set(lines.map(({ label }) => label))];
  const head = (by: RegisterKey, label: string) => (
    <TableHeadCell
      numeric={REGISTER_NUMBERS.includes(by)}
      {...sorting(order, by, setOrder, REGISTER_NUMBERS.includes(by))}
    >
      {label}
    </TableHeadCell>
  );
  return (
    <div className="grid gap-3 *:min-w-0">
      <search className="flex flex-wrap items-end gap-3">
        <SearchField value={filter.text} onChange={(text) => setFilter({ ...filter, text })} />
        {labels.length > 1 ? (
          <ChoiceField
            label="Distribution"
            all="All"
            options={labels.map((value) => ({ value, label: value }))}
            value={filter.label}
            onChange={(label) => setFilter({ ...filter, label })}
          />
        ) : null}
      </search>
      <p role="status" className="text-sm text-muted">
        {plural(found.length, "share")}
        {found.length > shown.length ? `, the first ${shown.length} of them; the file has all` : ""}
      </p>
      <Table caption="Register of distributions">
        <TableHead>
          {head("day", "Day")}
          {head("label", "Distribution")}
          {head("holder", "Holder")}
          {head("className", "Class")}
          {head("gross", "Before tax")}
          {head("withheld", "Tax kept")}
          {head("net", "After tax")}
        </TableHead>
        <TableBody>
          {shown.map((line) => (
            <TableRow key={line.key}>
              <TableCell className="whitespace-nowrap">{formatDay(line.day)}</TableCell>
              <TableCell>{line.label}</TableCell>
              <TableRowHead>
                {line.holder}
                {line.group ? <span className="font-normal text-muted"> (group)</span> : null}
              </TableRowHead>
              <TableCell>{line.className}</TableCell>
              {AMOUNTS.map((part) => (
                <TableCell key={part} numeric>
                  {line[part] ? <FigureValue figure={line[part]} exact /> : null}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}
