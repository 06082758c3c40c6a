import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import type { InitiativeLine, StandingViews } from "@/lib/growth/queries/initiatives/initiatives";
import { BudgetBar } from "./initiative-budget-bar";
import { type InitiativeSort, sortHref, sortInitiatives } from "./initiative-sort";
import { STATUS_LEVELS, VERDICTS } from "./initiative-words";

type InitiativeListProps = { initiatives: readonly InitiativeLine[]; slug: string; sort: InitiativeSort };

export function InitiativeList({ initiatives, slug, sort }: InitiativeListProps) {
  const path = `/ventures/${slug}/growth/initiatives`;
  const head = (by: NonNullable<InitiativeSort["by"]>) => ({
    sort: sort.by === by ? (sort.descending ? ("descending" as const) : ("ascending" as const)) : null,
    sortHref: sortHref(path, sort, by),
  });
  return (
    <Table caption="Initiatives">
      <TableHead>
        <TableHeadCell {...head("title")}>Initiative</TableHeadCell>
        <TableHeadCell {...head("status")}>State</TableHeadCell>
        <TableHeadCell numeric {...head("used")}>
          Budget used
        </TableHeadCell>
        <TableHeadCell numeric>Before → now → target</TableHeadCell>
        <TableHeadCell {...head("next")}>Next milestone</TableHeadCell>
        <TableHeadCell {...head("review")}>Review</TableHeadCell>
        <TableHeadCell {...head("verdict")}>Effect</TableHeadCell>
      </TableHead>
      <TableBody>
        {sortInitiatives(initiatives, sort).map((one) => (
          <TableRow key={one.id}>
            <TableRowHead className="min-w-48">
              <TextLink quiet href={`${path}/${one.id}`}>
                {one.title}
              </TextLink>
              <span className="block text-sm font-normal text-muted">{one.owner ?? `no owner (${one.ownerRole})`}</span>
            </TableRowHead>
            <TableCell>
              <Level level={STATUS_LEVELS[one.status]} word={one.status} />
            </TableCell>
            <TableCell numeric>
              <BudgetBar used={one.used} figures={one.figures} />
            </TableCell>
            <TableCell numeric>
              <Way figures={one.figures} />
              <span className="block max-w-56 truncate text-sm text-muted" title={one.measure}>
                {one.measure}
              </span>
            </TableCell>
            <TableCell className="min-w-40">
              <Next line={one} />
            </TableCell>
            <TableCell className="whitespace-nowrap text-muted">{formatDay(one.reviewOn)}</TableCell>
            <TableCell className="min-w-36">
              <Verdict line={one} />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** From where it started to where it should go. */
export function Way({ figures }: { figures: StandingViews }) {
  const steps = [figures.baseline, figures.now, figures.target];
  return (
    <span className="inline-flex flex-wrap justify-end gap-x-1 whitespace-nowrap">
      {steps.map((figure, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: always the same three
        <span key={index} className="inline-flex gap-x-1">
          {index > 0 ? <span aria-hidden="true">→</span> : null}
          {figure ? <FigureValue figure={figure} /> : <span className="text-muted">unknown</span>}
        </span>
      ))}
    </span>
  );
}

function Next({ line }: { line: InitiativeLine }) {
  const { next, reached, milestones, overdue } = line;
  return (
    <>
      {next ? (
        <>
          {next.title}, {formatDay(next.dueOn, "short")}
        </>
      ) : (
        "All reached"
      )}
      <span className="flex flex-wrap gap-x-2 text-sm text-muted">
        {reached} of {milestones} reached
        {overdue > 0 ? <Level level="warning" word={`${overdue} overdue`} /> : null}
      </span>
    </>
  );
}

function Verdict({ line: { verdict } }: { line: InitiativeLine }) {
  if (!verdict) return <span className="text-muted">not measured yet</span>;
  const said = VERDICTS[verdict.verdict] ?? VERDICTS["cannot-tell"];
  return (
    <>
      {said ? <Level level={said.level} word={said.word} /> : null}
      {verdict.why ? <span className="block text-sm text-muted">{verdict.why}</span> : null}
    </>
  );
}
