import { Section } from "@/components/ui/section";
import type { Contradiction, StoredSeries } from "@/lib/metrics/queries";
import { ContradictionPanel } from "./contradiction-panel";
import { PointTable } from "./point-table";
import { SeriesTable } from "./series-table";

type Props = {
  ventureId: string;
  series: readonly StoredSeries[];
  contradictions: readonly Contradiction[];
  /** "revenue": the metric whose values are shown; the address carries it. */
  metric: string | null;
  dataPath: string;
  mayCorrect: boolean;
};

/** What is stored for a venture, value by value: where sources disagree, how fresh each series is, and corrections. */
export function MetricsSection({ ventureId, series, contradictions, metric, dataPath, mayCorrect }: Props) {
  const opened = series.filter((one) => one.metric.key === metric);
  return (
    <>
      {contradictions.length > 0 ? (
        <div id="contradictions">
          <Section title="Sources that disagree">
            <ContradictionPanel ventureId={ventureId} contradictions={contradictions} mayCorrect={mayCorrect} />
          </Section>
        </div>
      ) : null}
      <div id="values">
        <Section title="Stored metrics">
          <SeriesTable ventureId={ventureId} series={series} metric={metric} dataPath={dataPath} />
        </Section>
        {opened.map((one) => (
          <PointTable
            key={`${one.basis}/${one.grain}/${one.sourceId}`}
            ventureId={ventureId}
            series={one}
            mayCorrect={mayCorrect}
          />
        ))}
      </div>
    </>
  );
}
