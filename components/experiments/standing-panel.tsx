import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { Level } from "@/components/ui/level";
import { Notice } from "@/components/ui/notice";
import { Progress } from "@/components/ui/progress";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { ExperimentDetail } from "@/lib/experiments/queries";
import { formatDay, formatRatio } from "@/lib/format";
import { IntervalChart } from "./interval-chart";
import { ResultTable } from "./result-table";
import { SAID_WORDS } from "./words";

/** The split first; then what may be shown, and what the rule says of it. */
export function StandingPanel({ detail }: { detail: ExperimentDetail }) {
  const { standing, through } = detail;
  return (
    <>
      {standing.hidden === "sample-ratio" ? <BrokenSplit detail={detail} /> : <RuleSays detail={detail} />}
      {standing.hidden === "no-data" ? null : (
        <Section title="Split" aside={through ? `counted through ${formatDay(through)}` : null}>
          <ArmTable detail={detail} />
        </Section>
      )}
      {standing.comparisons.length > 0 ? <Results detail={detail} /> : null}
    </>
  );
}

function BrokenSplit({ detail: { views } }: { detail: ExperimentDetail }) {
  return (
    <Notice level="critical" word="split broken">
      The units did not fall on the arms as planned
      {views.sampleRatio ? (
        <>
          {" "}
          (p = <FigureValue figure={views.sampleRatio} />)
        </>
      ) : null}
      . Something in the assignment or the counting is wrong, so no result is shown. Find the cause, then import correct
      counts or stop the experiment.
    </Notice>
  );
}

function RuleSays({ detail: { head, standing, views } }: { detail: ExperimentDetail }) {
  const said = SAID_WORDS[standing.verdict.said];
  const arm = head.design.arms.find(({ key }) => key === standing.verdict.arm);
  return (
    <Section title="The pre-set rule says">
      <div className="grid gap-3">
        <p className="headline text-lg">
          <Level level={said.level} word={arm ? `${said.word}: ${arm.name}` : said.word} />
        </p>
        <p className="prose-width text-muted">{standing.verdict.why}.</p>
        {head.plannedUnits !== null && standing.units > 0 ? (
          <div className="grid max-w-120 gap-1">
            <Progress
              label={`${capital(head.design.unit)} counted`}
              done={standing.units}
              total={head.plannedUnits}
              text={formatRatio(String(standing.progress ?? 0))}
            />
            <p className="text-sm text-muted">
              {views.units ? <FigureValue figure={views.units} /> : null} of{" "}
              {views.plannedUnits ? <FigureValue figure={views.plannedUnits} /> : null} planned
              {head.plannedEnd ? `, by ${formatDay(head.plannedEnd)}` : ""}
            </p>
          </div>
        ) : null}
      </div>
    </Section>
  );
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

function ArmTable({ detail: { head, standing, views } }: { detail: ExperimentDetail }) {
  const weights = head.design.arms.reduce((all, { weight }) => all + weight, 0);
  return (
    <div className="grid gap-2">
      <Table caption="Units by arm">
        <TableHead>
          <TableHeadCell>Arm</TableHeadCell>
          <TableHeadCell numeric>{capital(head.design.unit)}</TableHeadCell>
          <TableHeadCell numeric>Planned share</TableHeadCell>
        </TableHead>
        <TableBody>
          {standing.arms.map(({ arm }, index) => {
            const figure = views[`units:${arm.key}`];
            return (
              <TableRow key={arm.key}>
                <TableRowHead>
                  {arm.name}
                  {index === 0 && arm.name.toLowerCase() !== "control" ? (
                    <span className="font-normal text-muted"> (control)</span>
                  ) : null}
                </TableRowHead>
                <TableCell numeric>{figure ? <FigureValue figure={figure} /> : "–"}</TableCell>
                <TableCell numeric>{formatRatio(String(arm.weight / weights))}</TableCell>
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
      {views.sampleRatio ? (
        <p className="text-sm text-muted">
          Sample ratio: p = <FigureValue figure={views.sampleRatio} />
          {standing.sampleRatio?.severity === "possible" ? ", worth a look" : ""}
        </p>
      ) : null}
    </div>
  );
}

const MOVED = { increase: "rose", decrease: "fell", none: "cannot be told from no change" } as const;

function Results({ detail }: { detail: ExperimentDetail }) {
  const { head, standing, views } = detail;
  const primary = standing.comparisons.filter(({ metric }) => metric.role === "primary");
  const lead = primary.find(({ arm }) => arm.key === standing.verdict.arm) ?? primary[0];
  const several = head.design.arms.length > 2;
  const rows = standing.comparisons.map(({ metric, arm }) => {
    const at = `${metric.key}:${arm.key}`;
    const view = (name: string) => views[`${name}:${at}`] ?? null;
    const label = several ? `${metric.name}, ${arm.name}` : metric.name;
    return {
      label,
      estimate: view("estimate"),
      low: view("low"),
      high: view("high"),
      emphasis: metric.role === "primary",
    };
  });
  const notes: Readonly<Record<typeof head.method, string>> = {
    fixed: "Welch's t at the planned size; intervals are not adjusted for several metrics, the p-values are.",
    sequential: "Confidence sequences: valid at every look.",
    bayesian: "Credible intervals.",
  };
  const moved = lead ? MOVED[lead.analysis.decision ?? "none"] : "";
  return (
    <Section
      title="Results"
      aside={
        <ExportMenu
          table="experiment-results"
          of="the results"
          query={{ venture: head.ventureId, experiment: head.id }}
        />
      }
    >
      <div className="grid gap-6">
        <IntervalChart
          title={lead ? `${lead.metric.name} ${moved}` : "Changes"}
          rows={rows}
          note={notes[head.method]}
        />
        <ResultTable detail={detail} />
      </div>
    </Section>
  );
}
