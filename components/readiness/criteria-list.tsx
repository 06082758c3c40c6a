import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import type { LineView, ReadinessPage } from "@/lib/readiness/queries/readiness-page";
import { ScoreDialog } from "./score-dialog";

type CriteriaListProps = { page: ReadinessPage; mayScore: boolean };

/** Every criterion under its component: what it scored, who or what says so, and on what evidence. */
export function CriteriaList({ page, mayScore }: CriteriaListProps) {
  return (
    <Section
      title="Criteria"
      aside={<ExportMenu table="readiness" of="the criteria of readiness" query={{ venture: page.venture.slug }} />}
    >
      <div className="grid gap-6 *:min-w-0">
        {page.components.map(({ id, label, weight, figure }) => (
          <div key={id}>
            <h3 className="mb-1 flex flex-wrap items-baseline gap-x-3 font-medium">
              {label}
              <FigureValue figure={figure} />
              <span className="text-sm font-normal text-muted">{weight} % of the total</span>
            </h3>
            <Table caption={label}>
              <TableHead>
                <TableHeadCell className="w-1/2">Criterion</TableHeadCell>
                <TableHeadCell numeric className="w-20 max-md:hidden">
                  Weight
                </TableHeadCell>
                <TableHeadCell numeric className="w-24">
                  Score of 4
                </TableHeadCell>
                <TableHeadCell>Evidence</TableHeadCell>
              </TableHead>
              <TableBody>
                {page.lines
                  .filter(({ criterion }) => criterion.component === id)
                  .map((line) => (
                    <CriterionRow key={line.criterion.id} line={line} page={page} mayScore={mayScore} />
                  ))}
              </TableBody>
            </Table>
          </div>
        ))}
      </div>
    </Section>
  );
}

function CriterionRow({ line, page, mayScore }: { line: LineView; page: ReadinessPage; mayScore: boolean }) {
  const { criterion, figure, answeredBy, gate, stale } = line;
  return (
    <TableRow>
      <TableRowHead className="min-w-40 py-1.5">
        {criterion.label}
        <span className="text-sm font-normal text-muted md:hidden"> {criterion.weight} %</span>
        {gate || stale ? (
          <span className="flex flex-wrap gap-x-3 font-normal">
            {gate ? <Level level="critical" word="red flag" /> : null}
            {stale ? <Level level="warning" word={decayWords(line, page.today)} /> : null}
          </span>
        ) : null}
        <span className="block max-w-96 text-sm font-normal text-muted">{criterion.question}</span>
      </TableRowHead>
      <TableCell numeric className="max-md:hidden">
        {criterion.weight} %
      </TableCell>
      <TableCell numeric>
        <FigureValue figure={figure} />
      </TableCell>
      <TableCell className="min-w-44 py-1.5">
        <Evidence line={line} slug={page.venture.slug} />
        {mayScore && answeredBy !== "data" ? (
          <ScoreDialog
            ventureId={page.venture.id}
            today={page.today}
            criterion={criterion}
            given={line.given ? { ...line.given, score: figure.value === null ? null : Number(figure.value) } : null}
            documents={page.documents}
            figures={page.figures}
          />
        ) : null}
      </TableCell>
    </TableRow>
  );
}

/** What becomes of a score whose evidence is old. */
const decayWords = ({ countsUntil }: LineView, today: string): string =>
  countsUntil === null
    ? "old evidence"
    : countsUntil <= today
      ? `old evidence, counts for nothing since ${formatDay(countsUntil)}`
      : `old evidence, counts less each day until ${formatDay(countsUntil)}`;

function Evidence({ line, slug }: { line: LineView; slug: string }) {
  const { answeredBy, measure, given } = line;
  if (answeredBy === "data" && measure) {
    return (
      <span className="text-sm">
        {measure.label}: <FigureValue figure={measure} />
      </span>
    );
  }
  if (!given) return <span className="block text-sm text-muted">Nobody has answered it yet.</span>;
  return (
    <div className="max-w-96 text-sm">
      <p>{given.rationale}</p>
      <ul className="text-muted">
        {given.cited.map(({ label, date, document, figure }) => (
          <li key={`${label}-${date}`}>
            {document ? (
              <TextLink href={`/ventures/${slug}/exit/data-room/${document.dealType}/documents/${document.id}`}>
                {label}
              </TextLink>
            ) : (
              label
            )}
            {figure ? (
              <>
                : <FigureValue figure={figure} />
              </>
            ) : null}
            {`, ${formatDay(date)}`}
          </li>
        ))}
      </ul>
      <p className="text-muted">{`${given.by}, ${formatDay(given.on)}`}</p>
    </div>
  );
}
