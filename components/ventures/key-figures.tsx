import { Sparkline } from "@/components/charts/sparkline";
import { FigureValue } from "@/components/figures/figure-value";
import { Level, levelOf } from "@/components/ui/level";
import { formatDay } from "@/lib/format";
import type { SnapshotMeasure } from "@/lib/metrics/queries/snapshots";

const PRIMARY = [
  "growth_rate",
  "valuation",
  "exit_readiness",
  "cash_runway",
  "customer_concentration",
  "team_retention",
] as const;

type Measures = Readonly<Record<string, SnapshotMeasure | undefined>>;

/** The six of the stage, each with its level, its date and its last twelve months. */
export function KeyFigures({ measures }: { measures: Measures }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-5 sm:grid-cols-3 xl:grid-cols-6">
      {PRIMARY.map((key) => {
        const measure = measures[key];
        return measure ? (
          <KeyFigure key={key} measure={measure} change={key === "valuation" ? measures.valuation_change : undefined} />
        ) : null;
      })}
    </dl>
  );
}

function KeyFigure({ measure, change }: { measure: SnapshotMeasure; change?: SnapshotMeasure }) {
  const level = measure.level ?? change?.level ?? null;
  return (
    <div className="min-w-0">
      <dt className="text-sm text-muted">{measure.label}</dt>
      <dd>
        <p className="text-xl font-medium">
          <FigureValue figure={measure} />
        </p>
        <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
          {level ? <Level level={levelOf(level.tone)} word={level.word} /> : null}
          {change ? (
            <span className="text-muted">
              <FigureValue figure={change} /> in a quarter
            </span>
          ) : null}
        </p>
        {measure.spark.some((value) => value !== null) ? (
          <p className="mt-1">
            <Sparkline values={measure.spark} label={`${measure.label} over twelve months`} />
          </p>
        ) : null}
        <p className="text-xs text-muted">{measure.asOf ? `as of ${formatDay(measure.asOf)}` : "no date"}</p>
      </dd>
    </div>
  );
}
