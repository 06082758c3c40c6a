import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { ExperimentDetail } from "@/lib/experiments/queries";
import { primaryOf } from "@/lib/experiments/rules/design";
import { formatDay, formatMoment, formatNumber, formatRatio } from "@/lib/format";
import { FORMAT_WORDS, METHOD_WORDS, ROLE_WORDS } from "./words";

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-1">
      <dt className="text-muted">{label}</dt>
      <dd className="text-right">{children}</dd>
    </div>
  );
}

/** What was set before the start. */
export function DesignSummary({ detail: { head, views, initiative } }: { detail: ExperimentDetail }) {
  const { design } = head;
  const isPercent = design.difference === "relative" || "rate" in design.baseline;
  const effect = (value: number) => (isPercent ? formatRatio(String(value)) : formatNumber(value));
  const weights = design.arms.reduce((all, { weight }) => all + weight, 0);
  return (
    <dl className="grid gap-x-8 sm:grid-cols-2">
      <Line label="Analysis">{METHOD_WORDS[head.method]}</Line>
      <Line label="Primary metric">{primaryOf(design).name}</Line>
      <Line label="Smallest change that matters">
        {effect(design.minimalEffect)} {design.difference}
      </Line>
      <Line label="Baseline">
        {"rate" in design.baseline ? formatRatio(String(design.baseline.rate)) : formatNumber(design.baseline.mean)}
      </Line>
      <Line label="α, power">
        {formatRatio(String(design.alpha))}, {formatRatio(String(design.power))}
      </Line>
      <Line label={`Planned ${design.unit}`}>
        {views.plannedUnits ? <FigureValue figure={views.plannedUnits} /> : "–"}
      </Line>
      <Line label="Planned duration">{views.plannedDays ? <FigureValue figure={views.plannedDays} /> : "–"}</Line>
      <Line label="Arms">
        {design.arms.map(({ name, weight }) => `${name} ${formatRatio(String(weight / weights))}`).join(", ")}
      </Line>
      <Line label="Metrics">{design.metrics.map(({ name, role }) => `${name} (${ROLE_WORDS[role]})`).join(", ")}</Line>
      <Line label="Ship rule">
        {head.method === "bayesian"
          ? `chance to win ≥ ${formatRatio(String(design.rule.chanceToWin))}, risk ≤ ${effect(design.rule.maxRisk)}, guardrails hold`
          : "primary metric better after Holm, guardrails hold"}
      </Line>
      {design.cuped ? <Line label="CUPED">where the counts hold a pre-period</Line> : null}
      {head.startedOn ? <Line label="Started">{formatDay(head.startedOn)}</Line> : null}
      {initiative ? <Line label="Initiative">{initiative.title}</Line> : null}
    </dl>
  );
}

/** Every state of the counts, the newest first. */
export function CountHistory({ imports, zone }: { imports: ExperimentDetail["imports"]; zone: string }) {
  return (
    <Table caption="Imports of counts" compact>
      <TableHead>
        <TableHeadCell>Revision</TableHeadCell>
        <TableHeadCell>Imported</TableHeadCell>
        <TableHeadCell>Counted through</TableHeadCell>
        <TableHeadCell>From</TableHeadCell>
        <TableHeadCell>State</TableHeadCell>
      </TableHead>
      <TableBody>
        {imports.map(({ revision, importedAt, through, format, fileName, current }) => (
          <TableRow key={revision}>
            <TableRowHead>{revision}</TableRowHead>
            <TableCell className="whitespace-nowrap">{formatMoment(new Date(importedAt), zone)}</TableCell>
            <TableCell className="whitespace-nowrap">{formatDay(through)}</TableCell>
            <TableCell>{fileName || FORMAT_WORDS[format as keyof typeof FORMAT_WORDS] || format}</TableCell>
            <TableCell>{current ? "stands" : "replaced"}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
