import { Level, levelOf } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import type { WeeklyMetricRow, WeeklyVentureRow } from "@/lib/reports/schema/weekly";
import { WeeklyLight } from "./weekly-light";
import { Quoted, type WeeklyFigures } from "./weekly-text";

type Rows<T> = { rows: readonly T[]; figures: WeeklyFigures };

export function WeeklyMetrics({ rows, none, figures }: Rows<WeeklyMetricRow> & { none: string | undefined }) {
  return (
    <Section title="Metrics">
      {rows.length === 0 ? (
        <p className="text-muted">{none ?? "No measure is known."}</p>
      ) : (
        <Table caption="Metrics">
          <TableHead>
            <TableHeadCell>Measure</TableHeadCell>
            <TableHeadCell numeric>Actual</TableHeadCell>
            <TableHeadCell>Level</TableHeadCell>
            <TableHeadCell numeric>Plan</TableHeadCell>
            <TableHeadCell numeric>Month before</TableHeadCell>
            <TableHeadCell numeric>Change</TableHeadCell>
            <TableHeadCell>As of</TableHeadCell>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.label}>
                <TableRowHead>{row.label}</TableRowHead>
                <TableCell numeric className="font-medium">
                  <Quoted id={row.actual} figures={figures} />
                </TableCell>
                <TableCell>
                  {row.level ? <Level level={levelOf(row.level.tone)} word={row.level.word} /> : null}
                </TableCell>
                {[row.plan, row.prior].map((id, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: plan and month before, always in this order
                  <TableCell key={index} numeric>
                    <Quoted id={id} figures={figures} />
                  </TableCell>
                ))}
                <TableCell numeric>
                  <Quoted id={row.change} figures={figures} />
                  {row.change && row.points ? " pts" : null}
                </TableCell>
                <TableCell className="whitespace-nowrap text-muted">{formatDay(row.asOf, "short")}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </Section>
  );
}

function Measured({ of, figures }: { of: WeeklyVentureRow["growth"]; figures: WeeklyFigures }) {
  if (!of) return <span className="text-muted">–</span>;
  const { level, figure } = of;
  return (
    <>
      {level && level.tone !== "unknown" ? <Level level={levelOf(level.tone)} word={level.word} markOnly /> : null}{" "}
      <Quoted id={figure} figures={figures} />
    </>
  );
}

export function WeeklyVentures({ rows, more, figures, week }: Rows<WeeklyVentureRow> & { week: string; more: number }) {
  return (
    <Section title="Ventures">
      {rows.length === 0 ? (
        <p className="text-muted">No venture is in Stage 40.</p>
      ) : (
        <Table caption="Ventures">
          <TableHead>
            <TableHeadCell>Venture</TableHeadCell>
            <TableHeadCell>Light</TableHeadCell>
            <TableHeadCell>Last week</TableHeadCell>
            <TableHeadCell numeric>Growth</TableHeadCell>
            <TableHeadCell numeric>Runway</TableHeadCell>
            <TableHeadCell numeric>Readiness</TableHeadCell>
            <TableHeadCell numeric>Value</TableHeadCell>
            <TableHeadCell>Stage</TableHeadCell>
          </TableHead>
          <TableBody>
            {rows.map((row) => (
              <TableRow key={row.slug}>
                <TableRowHead className="whitespace-nowrap">
                  <TextLink href={`/reports/weekly/${week}/${row.slug}`} quiet>
                    {row.name}
                  </TextLink>
                </TableRowHead>
                <TableCell>
                  <WeeklyLight light={row.light} />
                </TableCell>
                <TableCell>
                  {row.last ? <WeeklyLight light={row.last} /> : <span className="text-muted">–</span>}
                </TableCell>
                {[row.growth, row.runway, row.readiness].map((of, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: three measures, always in this order
                  <TableCell key={index} numeric>
                    <Measured of={of} figures={figures} />
                  </TableCell>
                ))}
                <TableCell numeric>
                  <Quoted id={row.value} figures={figures} />
                </TableCell>
                <TableCell className="min-w-36">{row.stage}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
      {more > 0 ? <p className="mt-1 text-sm text-muted">The others stand in the appendix.</p> : null}
    </Section>
  );
}
