import { FigureValue } from "@/components/figures/figure-value";
import { Table, TableBody, TableCell, TableHead, TableRow } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { DocumentBlock, DocumentModel, Piece } from "@/lib/documents/rules/model";
import type { FigureView } from "@/lib/figures/schema";

/** The document on the screen, as it will be in Word. A hole is framed and says what is missing in words. */
export function DocumentBody({ model, figures }: { model: DocumentModel; figures: Figures }) {
  return (
    <div className="grid gap-3 prose-width *:min-w-0">
      {model.blocks.map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stored version never changes
        <Block key={index} block={block} figures={figures} />
      ))}
    </div>
  );
}

type Figures = Readonly<Record<string, FigureView>>;

function Block({ block, figures }: { block: DocumentBlock; figures: Figures }) {
  if (block.kind === "page-break") return <hr className="border-line" />;
  if (block.kind === "table") return <BlockTable block={block} figures={figures} />;
  const words = <Pieces pieces={block.pieces} figures={figures} />;
  switch (block.kind) {
    case "title":
      return <h2 className="headline text-2xl">{words}</h2>;
    case "heading":
      return <h3 className="headline mt-3 text-lg">{words}</h3>;
    case "note":
      return <p className="border-l-3 border-edge bg-wash px-3 py-2 text-sm">{words}</p>;
    case "signature":
      return <p className="mt-6 w-fit border-t border-ink pt-1 pr-8 text-sm">{words}</p>;
    case "clause":
    case "sub-clause":
    case "item":
      return (
        <div className={block.kind === "sub-clause" ? "flex gap-3 pl-8" : "flex gap-3"}>
          <span className="w-6 shrink-0">{block.label}</span>
          <p className="min-w-0">{words}</p>
        </div>
      );
    case "paragraph":
      return <p>{words}</p>;
  }
}

function Pieces({ pieces, figures }: { pieces: readonly Piece[]; figures: Figures }) {
  return pieces.map(({ text, strong, missing, figure }, index) => {
    const key = `${index}${text.slice(0, 12)}`;
    if (missing)
      return (
        <mark key={key} className="border border-warning bg-transparent px-0.5 text-ink wrap-anywhere">
          {text}
        </mark>
      );
    const proof = figure ? figures[figure] : undefined;
    if (proof) {
      const quoted = <FigureValue key={key} figure={proof} written={text} />;
      return strong ? <strong key={key}>{quoted}</strong> : quoted;
    }
    return strong ? <strong key={key}>{text}</strong> : <span key={key}>{text}</span>;
  });
}

type TableProps = { block: Extract<DocumentBlock, { kind: "table" }>; figures: Figures };

function BlockTable({ block: { columns, rows }, figures }: TableProps) {
  if (rows.length === 0) return <p className="text-muted">Nothing stored to list here.</p>;
  return (
    <Table caption={columns.map(({ label }) => label).join(", ")} compact>
      <TableHead>
        {columns.map(({ label, numeric }) => (
          <TableHeadCell key={label} numeric={numeric}>
            {label}
          </TableHeadCell>
        ))}
      </TableHead>
      <TableBody>
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stored version never changes
          <TableRow key={index}>
            {row.map((cell, at) => (
              <TableCell key={columns[at]?.label ?? at} numeric={columns[at]?.numeric ?? false}>
                <Pieces pieces={cell} figures={figures} />
              </TableCell>
            ))}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
