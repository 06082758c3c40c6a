import { Fragment, type ReactNode } from "react";
import { TrendChart } from "@/components/charts/trend-chart";
import { FigureValue, type FigureView } from "@/components/figures/figure-value";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { type ReportBlock, type Span, spans } from "@/lib/agents/report";
import { unitSchema } from "@/lib/figures/schema";
import { formatDay, formatFigure } from "@/lib/format";
import { isCaptioned } from "@/lib/reports/rules/document";
import type { ReportChart, ReportTable } from "@/lib/reports/schema";

type Figures = Readonly<Record<string, FigureView>>;

/** What an agent wrote: its words, with each number drawn from its figure. */
export function ReportText({ blocks, figures }: { blocks: readonly ReportBlock[]; figures: Figures }) {
  const wide = blocks.some(({ kind }) => kind === "table" || kind === "chart");
  return (
    <div className={wide ? "grid gap-3 *:max-w-[68ch] *:data-wide:max-w-none" : "prose-width grid gap-3"}>
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end
        <Block key={index} block={block} above={blocks[index - 1]} figures={figures} />
      ))}
    </div>
  );
}

type BlockProps = { block: ReportBlock; above: ReportBlock | undefined; figures: Figures };

function Block({ block, above, figures }: BlockProps) {
  if (block.kind === "table")
    return <TableBlock table={block} captioned={isCaptioned(block, above)} figures={figures} />;
  if (block.kind === "chart") return <ChartBlock chart={block} />;
  if (block.kind === "heading") {
    return block.level <= 2 ? (
      <h3 className="headline mt-3 text-lg first:mt-0">{line(block.text, figures)}</h3>
    ) : (
      <h4 className="mt-1 font-medium">{line(block.text, figures)}</h4>
    );
  }
  if (block.kind === "paragraph") return <p>{line(block.text, figures)}</p>;
  // The model is for workbooks: its results stand in the tables.
  if (block.kind === "model") return null;
  if (block.kind === "link")
    return (
      <p>
        <TextLink href={block.href} prefetch={false} download>
          {block.text}
        </TextLink>
      </p>
    );
  const List = block.ordered ? "ol" : "ul";
  return (
    <List className={block.ordered ? "grid list-decimal gap-2 pl-5" : "grid list-disc gap-1 pl-5"}>
      {block.items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: items only grow at the end
        <li key={index}>{line(item, figures)}</li>
      ))}
    </List>
  );
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;

type TableBlockProps = { table: ReportTable; captioned: boolean; figures: Figures };

function TableBlock({ table, captioned, figures }: TableBlockProps) {
  const content = (text: string) => (DAY.test(text) ? formatDay(text) : line(text, figures));
  return (
    <div data-wide="" className="min-w-0">
      <Table caption={table.caption} showCaption={captioned}>
        <TableHead>
          {table.columns.map(({ label, numeric }) => (
            <TableHeadCell key={label} numeric={numeric}>
              {label}
            </TableHeadCell>
          ))}
        </TableHead>
        <TableBody>
          {table.rows.map(([name = "", ...cells], row) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a stored table never changes its order
            <TableRow key={row}>
              <TableRowHead className={DAY.test(name) ? "whitespace-nowrap" : "min-w-28"}>{content(name)}</TableRowHead>
              {table.columns.slice(1).map(({ label, numeric }, index) => (
                <TableCell
                  key={label}
                  numeric={numeric}
                  className={DAY.test(cells[index] ?? "") ? "whitespace-nowrap" : undefined}
                >
                  {content(cells[index] ?? "")}
                </TableCell>
              ))}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function ChartBlock({ chart: { title, unit, points } }: { chart: ReportChart }) {
  const text = (value: string | number | null) => formatFigure({ value: value === null ? null : String(value), unit });
  const unknown = points.filter(({ value }) => value === null).length;
  const known = unitSchema.safeParse(unit);
  return (
    <TrendChart
      title={title}
      summary={`${title}, by month.${unknown > 0 ? ` ${unknown} of these months are unknown.` : ""}`}
      series={[
        {
          name: title,
          points: points.map(({ month, value, figure }) => ({
            day: `${month.slice(0, 7)}-01`,
            value: value === null ? null : Number(value),
            text: text(value),
            figure: figure && known.success ? { ...figure, value, unit: known.data, revision: 0 } : null,
          })),
        },
      ]}
      formatTick={text}
    />
  );
}

const line = (text: string, figures: Figures): ReactNode =>
  spans(text).map((span, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: spans only grow at the end
    <Fragment key={index}>{piece(span, figures)}</Fragment>
  ));

function piece(span: Span, figures: Figures): ReactNode {
  if (span.kind === "text") return span.text;
  if (span.kind === "strong") return <strong className="font-medium">{span.text}</strong>;
  if (span.kind === "day") return <span className="whitespace-nowrap">{formatDay(span.day)}</span>;
  if (span.kind === "name") return <q title="A name as the data has it">{span.name}</q>;
  const figure = figures[span.id];
  return figure ? <FigureValue figure={figure} /> : <span className="text-muted">unknown</span>;
}
