"use client";

import { FigureValue } from "@/components/figures/figure-value";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatNumber } from "@/lib/format";
import type { ActionView } from "@/lib/readiness/queries/readiness-page";
import { TaskForm } from "./task-form";

type NextActionsProps = {
  actions: readonly ActionView[];
  ventureId: string;
  people: readonly { id: string; name: string }[];
  mayScore: boolean;
};

const SHOWN = 6;

/** Points lost, turned round: what an hour of work is worth most at. */
export function NextActions({ actions, ventureId, people, mayScore }: NextActionsProps) {
  const first = actions.filter(({ points }) => points.value !== null).slice(0, SHOWN);
  return (
    <Section title="Next best actions" aside="an estimate">
      {first.length === 0 ? (
        <p className="py-2 text-muted">Nothing answered loses points. Answer the open criteria next.</p>
      ) : (
        <Table caption="Next best actions">
          <TableHead>
            <TableHeadCell>Criterion, and what the next step is</TableHeadCell>
            <TableHeadCell numeric>Points lost</TableHeadCell>
            <TableHeadCell numeric>Hours</TableHeadCell>
            <TableHeadCell numeric>Worth of an hour</TableHeadCell>
            {mayScore ? (
              <TableHeadCell>
                <span className="sr-only">Task</span>
              </TableHeadCell>
            ) : null}
          </TableHead>
          <TableBody>
            {first.map(({ criterion, label, toDo, points, hours, worth }) => (
              <TableRow key={criterion}>
                <TableRowHead className="py-1.5">
                  {label}
                  <span className="block text-sm font-normal text-muted">{toDo}</span>
                </TableRowHead>
                <TableCell numeric>
                  <FigureValue figure={points} />
                </TableCell>
                <TableCell numeric>≈ {formatNumber(hours)}</TableCell>
                <TableCell numeric>
                  <FigureValue figure={worth} />
                </TableCell>
                {mayScore ? (
                  <TableCell>
                    <TaskForm
                      ventureId={ventureId}
                      criterion={criterion}
                      suggestion={`${label}: ${toDo}`}
                      people={people}
                    />
                  </TableCell>
                ) : null}
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}
