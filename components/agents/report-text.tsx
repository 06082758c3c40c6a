import { Fragment, type ReactNode } from "react";
import { FigureValue, type FigureView } from "@/components/figures/figure-value";
import { type ReportBlock, type Span, spans } from "@/lib/agents/report";

type Figures = Readonly<Record<string, FigureView>>;

/** What an agent wrote: its words, with each number drawn from its figure. */
export function ReportText({ blocks, figures }: { blocks: readonly ReportBlock[]; figures: Figures }) {
  return (
    <div className="prose-width grid gap-3">
      {blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end
        <Block key={index} block={block} figures={figures} />
      ))}
    </div>
  );
}

function Block({ block, figures }: { block: ReportBlock; figures: Figures }) {
  if (block.kind === "heading") {
    return block.level <= 2 ? (
      <h3 className="headline mt-3 text-lg first:mt-0">{line(block.text, figures)}</h3>
    ) : (
      <h4 className="mt-1 font-medium">{line(block.text, figures)}</h4>
    );
  }
  if (block.kind === "paragraph") return <p>{line(block.text, figures)}</p>;
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

const line = (text: string, figures: Figures): ReactNode =>
  spans(text).map((span, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: spans only grow at the end
    <Fragment key={index}>{piece(span, figures)}</Fragment>
  ));

function piece(span: Span, figures: Figures): ReactNode {
  if (span.kind === "text") return span.text;
  if (span.kind === "strong") return <strong className="font-medium">{span.text}</strong>;
  if (span.kind === "name") return <q title="A name as the data has it">{span.name}</q>;
  const figure = figures[span.id];
  return figure ? <FigureValue figure={figure} /> : <span className="text-muted">unknown</span>;
}
