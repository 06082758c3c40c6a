import { FigureValue } from "@/components/figures/figure-value";
import { Badge } from "@/components/ui/badge";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { ExperimentLine } from "@/lib/experiments/queries";
import { formatDay } from "@/lib/format";
import { hrefOf, type ListSort, type SortKey, sortExperiments } from "./experiment-sort";
import { METHOD_WORDS, SAID_WORDS, STATUS_WORDS, saidWord } from "./words";

type Props = { path: string; lines: readonly ExperimentLine[]; sort: ListSort };

/** The experiments of a venture: how far, and what the rule says. */
export function ExperimentTable({ path, lines, sort }: Props) {
  const head = (by: SortKey, label: string, numeric = false) => (
    <TableHeadCell
      numeric={numeric}
      sort={sort.by === by ? (sort.descending ? "descending" : "ascending") : null}
      sortHref={hrefOf(path, by, sort)}
    >
      {label}
    </TableHeadCell>
  );
  return (
    <Table caption="Experiments">
      <TableHead>
        {head("name", "Experiment")}
        {head("status", "State")}
        {head("method", "Analysis")}
        {head("units", "Counted", true)}
        {head("planned", "Planned", true)}
        {head("end", "Planned end")}
        {head("said", "The rule says")}
        {head("decision", "Decided")}
      </TableHead>
      <TableBody>
        {sortExperiments(lines, sort).map((line) => (
          <ExperimentTableRow key={line.head.id} path={path} line={line} />
        ))}
      </TableBody>
    </Table>
  );
}

function ExperimentTableRow({ path, line: { head, standing, views } }: { path: string; line: ExperimentLine }) {
  const said = SAID_WORDS[standing.verdict.said];
  return (
    <TableRow>
      <TableRowHead>
        <TextLink quiet href={`${path}/${head.id}`}>
          {head.name}
        </TextLink>
      </TableRowHead>
      <TableCell>
        <Badge>{STATUS_WORDS[head.status]}</Badge>
      </TableCell>
      <TableCell className="whitespace-nowrap">{METHOD_WORDS[head.method]}</TableCell>
      <TableCell numeric>{views.units ? <FigureValue figure={views.units} /> : "–"}</TableCell>
      <TableCell numeric>{views.plannedUnits ? <FigureValue figure={views.plannedUnits} /> : "–"}</TableCell>
      <TableCell className="whitespace-nowrap">{head.plannedEnd ? formatDay(head.plannedEnd) : "–"}</TableCell>
      <TableCell>
        {standing.hidden === "sample-ratio" ? (
          <Level level="critical" word="split broken" />
        ) : head.status === "running" ? (
          <Level level={said.level} word={said.word} />
        ) : (
          saidWord(head.ruleSaid)
        )}
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {saidWord(head.decision)}
        {head.decision !== null && head.decision !== head.ruleSaid ? (
          <span className="text-muted"> (against the rule)</span>
        ) : null}
      </TableCell>
    </TableRow>
  );
}
