import { RadarChart } from "@/components/charts/radar-chart";
import { FigureValue } from "@/components/figures/figure-value";
import { Level } from "@/components/ui/level";
import { Notice } from "@/components/ui/notice";
import { formatDay, formatNumber } from "@/lib/format";
import type { ReadinessPage } from "@/lib/readiness/queries/readiness-page";
import { WEIGHTS_ARE_OURS } from "@/lib/readiness/rules/criteria";
import { CriteriaList } from "./criteria-list";
import { NextActions } from "./next-actions";
import { ReadinessHistory } from "./readiness-history";
import { BAND_LEVEL, COMPONENT_SHORT } from "./readiness-words";
import { TaskList } from "./task-list";

type ReadinessPanelProps = { page: ReadinessPage; mayScore: boolean };

/** How ready the venture is, why, what stops it, and what to do next. */
export function ReadinessPanel({ page, mayScore }: ReadinessPanelProps) {
  return (
    <div className="grid gap-9 *:min-w-0">
      <Headline page={page} />
      <div className="grid gap-x-10 gap-y-9 lg:grid-cols-2 *:min-w-0">
        <Shape page={page} />
        <NextActions actions={page.actions} ventureId={page.venture.id} people={page.people} mayScore={mayScore} />
      </div>
      <TaskList tasks={page.tasks} people={page.people} mayScore={mayScore} />
      <CriteriaList page={page} mayScore={mayScore} />
      <ReadinessHistory history={page.history} quarter={page.quarter} lines={page.lines} />
      <p className="prose-width text-sm text-muted">{WEIGHTS_ARE_OURS}</p>
    </div>
  );
}

function Headline({ page }: { page: ReadinessPage }) {
  const gates = page.lines.filter(({ gate }) => gate);
  const stale = page.lines.filter((line) => line.stale);
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-baseline gap-x-6 gap-y-1">
        <p className="headline text-2xl">
          <FigureValue figure={page.score} />
          <span className="text-base text-muted"> of 100</span>
        </p>
        {page.band ? (
          <Level level={BAND_LEVEL[page.band]} word={page.band} />
        ) : (
          <Level level="unknown" word="no total yet" />
        )}
        <p className="text-muted">
          <FigureValue figure={page.coverage} /> of the weight answered
        </p>
      </div>
      {gates.length > 0 ? (
        <Notice level="critical" word="red flag">
          {`Not ready whatever the total says: ${gates.map(({ criterion }) => criterion.label).join(", ")}.`}
        </Notice>
      ) : null}
      {page.score.value === null ? (
        <Notice level="unknown" word="too little answered">
          A total is shown from 70 % of the weight. Answer the criteria below, the heaviest first.
        </Notice>
      ) : null}
      {stale.length > 0 ? (
        <Notice level="warning" word="old evidence">
          {`Older than 12 months, so it counts less each day: ${stale.map(({ criterion }) => criterion.label).join(", ")}.`}
        </Notice>
      ) : null}
    </div>
  );
}

function finding({ components }: ReadinessPage): string {
  const known = components.filter(({ figure }) => figure.value !== null);
  const weakest = [...known].sort((a, b) => Number(a.figure.value) - Number(b.figure.value))[0];
  if (!weakest) return "Nothing is answered yet";
  return `${weakest.label} holds it back: ${formatNumber(Math.round(Number(weakest.figure.value)))} of 100`;
}

function Shape({ page }: { page: ReadinessPage }) {
  const before = page.quarter ? formatDay(page.quarter.day) : null;
  return (
    <RadarChart
      title={finding(page)}
      summary={page.components
        .map(({ label, figure }) => `${label} ${figure.value === null ? "unknown" : Math.round(Number(figure.value))}`)
        .join(", ")}
      parts={page.components.map(({ id, label, figure, before: was, weight }) => ({
        ...{ label: `${label}, ${weight} %`, short: COMPONENT_SHORT[id], figure, before: was },
      }))}
      beforeName={before}
      note={before ? `Dashed: ${before}.` : "The shape of an earlier quarter appears here once a day of it is kept."}
    />
  );
}
