"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { type SortKey, sortedBy, sorting } from "@/components/ui/table-order";
import type { HolderLine, Sums } from "@/lib/distribution/rules/split/split";
import type { FigureView } from "@/lib/figures/schema";

type Figures = Readonly<Record<string, FigureView>>;

const COLUMNS: readonly (readonly [keyof Sums, string])[] = [
  ["preference", "Preference"],
  ["residual", "Conversion and participation"],
  ["gross", "Before tax"],
  ["held", "Escrow, holdback"],
  ["withheld", "Tax withheld"],
  ["net", "At closing"],
  ["later", "Later, at most"],
];

/** A holder as the table sorts it: its amounts in minor units, and in words what it has. */
export type HolderRow = Pick<HolderLine, "id" | "name" | "group" | keyof Sums> & { has: string };
type HolderSplitProps = { holders: readonly HolderRow[]; group: boolean; figures: Figures };

/** What each holder has and receives; the group's own holders are marked. */
export function HolderSplit({ holders, group, figures }: HolderSplitProps) {
  const [order, setOrder] = useState<{ by: keyof Sums | "name"; descending: boolean }>({
    by: "gross",
    descending: true,
  });
  const keyOf = (line: HolderRow): SortKey =>
    order.by === "name" ? line.name.toLocaleLowerCase("en") : Number(line[order.by]);
  const head = (by: keyof Sums | "name", label: string) => (
    <TableHeadCell
      key={by}
      numeric={by !== "name"}
      className={by === "name" ? undefined : "whitespace-normal"}
      {...sorting(order, by, setOrder, by !== "name")}
    >
      {label}
    </TableHeadCell>
  );
  return (
    <Table caption="What each holder receives" compact>
      <TableHead>
        {head("name", "Holder")}
        {COLUMNS.map(([key, label]) => head(key, label))}
      </TableHead>
      <TableBody>
        {group ? <Row name="The group" part="group" figures={figures} strong /> : null}
        {sortedBy(holders, keyOf, order.descending).map((line) => (
          <Row
            key={line.id}
            name={line.name}
            part={`holder.${line.id}`}
            figures={figures}
            group={line.group}
            held={line.has}
          />
        ))}
        <Row name="All holders" part="all" figures={figures} strong />
      </TableBody>
    </Table>
  );
}

type RowProps = { name: string; part: string; figures: Figures; group?: boolean; held?: string; strong?: boolean };

function Row({ name, part, figures, group = false, held = "", strong = false }: RowProps) {
  return (
    <TableRow>
      <TableRowHead className={strong ? "min-w-40" : "min-w-40 font-normal wrap-anywhere"}>
        {name} {group ? <Badge>group</Badge> : null}
        {held ? <span className="block text-sm font-normal text-muted">{held}</span> : null}
      </TableRowHead>
      {COLUMNS.map(([key]) => {
        const figure = figures[`${part}.${key}`];
        return (
          <TableCell key={key} numeric className="align-top">
            {figure ? <FigureValue figure={figure} exact /> : "–"}
          </TableCell>
        );
      })}
    </TableRow>
  );
}
