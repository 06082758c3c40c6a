import type { ReactNode } from "react";
import { Sparkline } from "@/components/charts/sparkline";
import { ExportMenu } from "@/components/reports/export-menu";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatAge } from "@/lib/format";
import { LevelledFigure } from "../levelled-figure";
import { type Compared, type FigureLine, factLines, figureLines } from "./comparison";

const PATH = "/portfolio/compare";
const without = (ventures: readonly Compared[], slug: string): string => {
  const others = ventures.filter((one) => one.slug !== slug).map((one) => one.slug);
  return others.length > 0 ? `${PATH}?v=${others.join(",")}` : "/portfolio";
};

/** A venture per column, a fact or figure per line; each figure opens to its proof. */
export function ComparisonTable({ ventures, now }: { ventures: readonly Compared[]; now: Date }) {
  const { headline, further } = figureLines(ventures);
  const slugs = ventures.map(({ slug }) => slug);
  return (
    <Table
      caption="Ventures compared"
      tools={<ExportMenu table="portfolio" of="the comparison" query={{ only: slugs.join() }} />}
    >
      <TableHead>
        <TableHeadCell>
          <span className="sr-only">What is compared</span>
        </TableHeadCell>
        {ventures.map(({ slug, name }) => (
          <TableHeadCell key={slug} numeric>
            <span className="grid justify-items-end">
              <TextLink
                href={`/ventures/${slug}`}
                quiet
                data-list-item
                className="target inline-flex items-end text-base"
              >
                {name}
              </TextLink>
              <TextLink
                href={without(ventures, slug)}
                className="target inline-flex items-center font-normal"
                data-print="none"
              >
                Remove<span className="sr-only"> {name}</span>
              </TextLink>
            </span>
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {factLines(ventures).map(({ label, values }) => (
          <Line key={label} label={label} slugs={slugs} cells={values} />
        ))}
        <Line
          label="Age of the data"
          slugs={slugs}
          cells={ventures.map(({ freshnessDays }) =>
            formatAge(freshnessDays === null ? null : new Date(now.getTime() - freshnessDays * 86_400_000), now),
          )}
        />
        <Figures lines={headline} slugs={slugs} />
        <Line
          label="Growth over twelve months"
          slugs={slugs}
          cells={ventures.map(({ name, measures }) => (
            <Sparkline
              key={name}
              values={measures.growth_rate?.spark ?? []}
              label={`Growth rate of ${name} over twelve months`}
            />
          ))}
        />
        <Figures lines={further} slugs={slugs} />
      </TableBody>
    </Table>
  );
}

function Figures({ lines, slugs }: { lines: readonly FigureLine[]; slugs: readonly string[] }) {
  return lines.map(({ key, label, values }) => (
    <Line
      key={key}
      label={label}
      slugs={slugs}
      cells={values.map((value, index) => <LevelledFigure key={slugs[index]} of={value} words />)}
    />
  ));
}

function Line({ label, slugs, cells }: { label: string; slugs: readonly string[]; cells: readonly ReactNode[] }) {
  return (
    <TableRow>
      <TableRowHead className="min-w-44 font-normal text-muted">{label}</TableRowHead>
      {slugs.map((slug, index) => (
        <TableCell key={slug} numeric>
          {cells[index]}
        </TableCell>
      ))}
    </TableRow>
  );
}
