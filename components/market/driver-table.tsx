"use client";

import { useState } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { sorting } from "@/components/ui/table-order";
import { type FigureView, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay } from "@/lib/format";
import type { SeriesView } from "@/lib/market/queries/series";
import type { DriverLine } from "@/lib/market/rules/drivers";
import { DRIVER_NAMES } from "@/lib/market/schema/timing";
import { type DriverOrder, inDriverOrder } from "./driver-order";

type DriverTableProps = {
  lines: readonly DriverLine[];
  figures: Readonly<Record<string, FigureView>>;
  options: readonly SeriesView[];
};

/** A line is drawn from at most as many values as it has room for. */
const MOST_DRAWN = 60;
const thinned = (values: readonly number[]): number[] => {
  const step = Math.max(1, Math.ceil(values.length / MOST_DRAWN));
  return values.filter((_, index) => (values.length - 1 - index) % step === 0);
};

/** Each driver: where it stands in its own history, which way it points, and what it is read from. */
export function DriverTable({ lines, figures, options }: DriverTableProps) {
  const labels = new Map(options.map(({ key, label }) => [key, label]));
  const [order, setOrder] = useState<DriverOrder>({ by: null, descending: false });
  const head = (by: NonNullable<DriverOrder["by"]>, label: string) => (
    <TableHeadCell numeric={by !== "name"} {...sorting(order, by, setOrder, by !== "name")}>
      {label}
    </TableHeadCell>
  );
  return (
    <Table caption="Drivers of the exit window" compact>
      <TableHead>
        {head("name", "Driver")}
        <TableHeadCell>Ten years</TableHeadCell>
        <TableHeadCell numeric>Newest</TableHeadCell>
        {head("percentile", "Percentile")}
        <TableHeadCell>0 to 100</TableHeadCell>
        {head("direction", "For a sale")}
        {head("weight", "Weight")}
        <TableHeadCell>Series</TableHeadCell>
      </TableHead>
      <TableBody>
        {inDriverOrder(lines, order).map((line) => (
          <DriverRow key={line.key} line={line} figures={figures} label={labels.get(line.series ?? "") ?? null} />
        ))}
      </TableBody>
    </Table>
  );
}

type RowProps = { line: DriverLine; figures: DriverTableProps["figures"]; label: string | null };

function DriverRow({ line, figures, label }: RowProps) {
  const { key, sign, weight, latest, percentile, history, reason } = line;
  const name = DRIVER_NAMES[key];
  const cell = (part: string) => {
    const figure = figures[`driver.${key}.${part}`];
    return figure && figure.value !== null ? <FigureValue figure={figure} keepZeros /> : "–";
  };
  return (
    <TableRow>
      <TableRowHead>
        {name} <span className="font-normal text-muted">{sign > 0 ? "(high is good)" : "(low is good)"}</span>
      </TableRowHead>
      <TableCell>
        {history.length > 1 ? (
          <Sparkline values={thinned(history.map(({ value }) => value))} label={`${name} over ten years`} />
        ) : null}
      </TableCell>
      <TableCell numeric>{cell("value")}</TableCell>
      <TableCell numeric>{cell("percentile")}</TableCell>
      <TableCell>{percentile === null ? null : <PercentileBar percentile={percentile} />}</TableCell>
      <TableCell numeric>{cell("direction")}</TableCell>
      <TableCell numeric>{weight}</TableCell>
      <TableCell className="min-w-48 text-muted">
        {label ?? "none"}
        {latest ? `, ${formatDay(latest.day)}` : ""}
        {reason ? <span className="block text-sm">{REASON_SENTENCES[reason] ?? reason}</span> : null}
      </TableCell>
    </TableRow>
  );
}

/** The place between the lowest and the highest of ten years; the tick in the middle is their median. */
function PercentileBar({ percentile }: { percentile: number }) {
  return (
    <svg viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true" className="block h-3 w-24">
      <line x1="0" x2="100" y1="6" y2="6" className="stroke-edge" vectorEffect="non-scaling-stroke" />
      <line x1="50" x2="50" y1="2" y2="10" className="stroke-edge" vectorEffect="non-scaling-stroke" />
      <rect x={Math.max(0, Math.min(97, percentile - 1.5))} y="1" width="3" height="10" className="fill-series-1" />
    </svg>
  );
}
