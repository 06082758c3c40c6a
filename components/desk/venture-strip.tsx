"use client";

import { Sparkline } from "@/components/charts/sparkline";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { LevelledFigure } from "@/components/ventures/levelled-figure";
import { stageWords } from "@/components/ventures/stage-words";
import { formatAge } from "@/lib/format";
import type { StripLine } from "./desk-view";

/** The ventures in a strip: those that need attention first. The page carries its numbers once, not their cells as well. */
export function VentureStrip({ lines, now }: { lines: readonly StripLine[]; now: Date }) {
  return (
    <Table caption="Ventures, those that need attention first">
      <TableHead>
        <TableHeadCell>Venture</TableHeadCell>
        <TableHeadCell numeric>Growth</TableHeadCell>
        <TableHeadCell>
          <span className="sr-only">Growth over twelve months</span>
        </TableHeadCell>
        <TableHeadCell numeric>Valuation</TableHeadCell>
        <TableHeadCell numeric>Change, quarter</TableHeadCell>
        <TableHeadCell numeric>Readiness</TableHeadCell>
        <TableHeadCell numeric>Runway</TableHeadCell>
        <TableHeadCell>Stage</TableHeadCell>
        <TableHeadCell numeric>Data</TableHeadCell>
      </TableHead>
      <TableBody>
        {lines.map((line) => (
          <TableRow key={line.id}>
            <TableRowHead className="min-w-40">
              <TextLink href={`/ventures/${line.slug}`} quiet data-list-item>
                {line.name}
              </TextLink>
            </TableRowHead>
            <TableCell numeric>
              <LevelledFigure of={line.figures.growth} />
            </TableCell>
            <TableCell>
              <Sparkline values={line.trend} label={`Growth rate of ${line.name} over twelve months`} />
            </TableCell>
            <TableCell numeric>
              <LevelledFigure of={line.figures.valuation} />
            </TableCell>
            <TableCell numeric>
              <LevelledFigure of={line.figures.valuationChange} />
            </TableCell>
            <TableCell numeric>
              <LevelledFigure of={line.figures.readiness} />
            </TableCell>
            <TableCell numeric>
              <LevelledFigure of={line.figures.runway} />
            </TableCell>
            <TableCell className="text-sm whitespace-nowrap text-muted">
              {stageWords(line.stage, line.openSubstages)}
            </TableCell>
            <TableCell numeric className="text-muted">
              {formatAge(line.asOf ? new Date(line.asOf) : null, now)}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
