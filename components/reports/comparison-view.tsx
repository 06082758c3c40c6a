import { FigureValue } from "@/components/figures/figure-value";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { FigureView } from "@/lib/figures/schema";
import { formatFigure, plural } from "@/lib/format";
import type { ArtefactComparison } from "@/lib/reports/queries/artefacts";
import type { ComparedFigure, Passage, Words } from "@/lib/reports/rules/comparison";
import { changeText } from "./change-text";

type Figures = Readonly<Record<string, FigureView>>;

/** What two versions say differently: first the figures, from and to, then the words. */
export function ComparisonView({ compared }: { compared: ArtefactComparison }) {
  const { comparison, figures } = compared;
  const changed = comparison.passages.filter(({ change }) => change !== "same");
  const same = comparison.passages.length - changed.length;
  return (
    <div className="grid gap-9">
      <Section title="Figures" aside={`${plural(comparison.unchangedFigures, "figure")} did not change`}>
        {comparison.figures.length === 0 ? (
          <p className="py-2 text-muted">Every figure has the value that it had.</p>
        ) : (
          <FigureTable pairs={comparison.figures} figures={figures} />
        )}
      </Section>
      <Section title="Words" aside={`${plural(same, "passage")} did not change`}>
        {changed.length === 0 ? (
          <p className="py-2 text-muted">Every passage reads as it did.</p>
        ) : (
          <ul className="grid gap-3">
            {changed.map((passage, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: two stored versions never change
              <PassageLine key={index} passage={passage} figures={figures} />
            ))}
          </ul>
        )}
      </Section>
    </div>
  );
}

function FigureTable({ pairs, figures }: { pairs: ArtefactComparison["comparison"]["figures"]; figures: Figures }) {
  return (
    <Table caption="Figures that changed">
      <TableHead>
        <TableHeadCell>Figure</TableHeadCell>
        <TableHeadCell numeric>From</TableHeadCell>
        <TableHeadCell numeric>To</TableHeadCell>
        <TableHeadCell numeric>Change</TableHeadCell>
      </TableHead>
      <TableBody>
        {pairs.map(({ before, after }) => (
          <TableRow key={after?.id ?? before?.id}>
            <TableRowHead>{(after ?? before)?.label}</TableRowHead>
            <TableCell numeric>{value(before, figures, "not in it")}</TableCell>
            <TableCell numeric>{value(after, figures, "no longer in it")}</TableCell>
            <TableCell numeric>{changeText(viewOf(before, figures), viewOf(after, figures))}</TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

const viewOf = (figure: ComparedFigure | null, figures: Figures): FigureView | null =>
  figure ? (figures[`${figure.id}:${figure.revision}`] ?? null) : null;

/** As it was quoted, not struck: that the old one no longer holds is what the table says. */
function value(figure: ComparedFigure | null, figures: Figures, without: string) {
  const view = viewOf(figure, figures);
  return view ? <FigureValue figure={{ ...view, stale: null }} /> : <span className="text-muted">{without}</span>;
}

const SAID: Readonly<Record<Exclude<Passage["change"], "same">, string>> = {
  changed: "Changed",
  gone: "Removed",
  new: "Added",
};

function PassageLine({ passage, figures }: { passage: Passage; figures: Figures }) {
  if (passage.change === "same") return null;
  return (
    <li className="prose-width border-l-3 border-line pl-3">
      <span className="rubric block">{SAID[passage.change]}</span>
      {passage.words.map((words, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the words of a stored passage never change
        <WordRun key={index} words={words} figures={figures} />
      ))}
    </li>
  );
}

/** Told apart by the element, the mark under or through it and the colour: by ear, on paper and in greyscale too. */
function WordRun({ words: { kind, text }, figures }: { words: Words; figures: Figures }) {
  const shown = readable(text, figures);
  if (kind === "same") return shown;
  if (kind === "gone") return <del className="text-muted decoration-critical">{shown}</del>;
  return <ins className="bg-selected decoration-accent underline-offset-3">{shown}</ins>;
}

function readable(text: string, figures: Figures): string {
  const of = (id: string) => Object.values(figures).find((figure) => figure.id === id);
  return text
    .replace(/\[\[fig:([0-9a-f]{16})\]\]/g, (_, id: string) => {
      const figure = of(id);
      return figure ? `‹${figure.label}: ${formatFigure(figure)}›` : "unknown";
    })
    .replace(/\[\[name:([^\]]*)\]\]/g, "“$1”")
    .replaceAll("**", "");
}
