import { ExportMenu } from "@/components/reports/export-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { formatDay } from "@/lib/format";
import type { DataServer } from "@/lib/imports/queries/servers";
import type { SeriesLoadView } from "@/lib/market/queries/series";
import type { TimingPage } from "@/lib/market/queries/timing-page";
import { DRIVER_NAMES } from "@/lib/market/schema/timing";
import { AssumptionEditor } from "./assumption-editor";
import { DriverTable } from "./driver-table";
import { SeriesList } from "./series-list";
import { type LoadRow, SeriesLoads } from "./series-loads";
import { SeriesUpload } from "./series-upload";
import { VerdictHead } from "./verdict-head";
import { WaitingChart } from "./waiting-chart";
import { WindowQuadrant } from "./window-quadrant";

type TimingPanelProps = {
  page: TimingPage;
  loads: readonly SeriesLoadView[];
  servers: readonly DataServer[];
  mayEdit: boolean;
};

const rowOf = ({ loadedAt, undoneAt, undoneBy, ...load }: SeriesLoadView): LoadRow => ({
  ...load,
  loadedOn: loadedAt.toISOString().slice(0, 10),
  undone: undoneAt && { by: undoneBy, on: undoneAt.toISOString().slice(0, 10) },
});

/** When to sell: the answer and why, the market driver by driver, what waiting is worth, and what all of it assumes. */
export function TimingPanel({ page, loads, servers, mayEdit }: TimingPanelProps) {
  const { venture, figures, timing, facts, options, version } = page;
  const query = { venture: venture.slug };
  return (
    <div className="grid gap-9 *:min-w-0">
      {options.length === 0 ? <Nothing mayEdit={mayEdit} /> : null}
      <div className="grid gap-6 lg:grid-cols-[minmax(0,1fr)_24rem] *:min-w-0">
        <VerdictHead page={page} />
        <WindowQuadrant
          score={timing.market.score}
          readiness={facts.readiness.value}
          target={facts.readinessTarget}
          openFrom={Number(page.assumptions.rule.openFrom)}
          figures={figures}
        />
      </div>
      <Section
        title="The market in its own ten years"
        aside={<ExportMenu table="timing" of="Exit timing" query={query} />}
      >
        <Gaps page={page} />
        <DriverTable lines={timing.market.lines} figures={figures} options={options} />
      </Section>
      <Section title="Selling today or waiting" aside={`as of ${formatDay(facts.asOf)}`}>
        <WaitingChart timing={timing} facts={facts} figures={figures} currency={venture.currency} />
      </Section>
      <Section
        title="Assumptions"
        aside={version === 0 ? "the house's, not kept yet" : `version ${version}: ${page.reason}`}
      >
        <AssumptionEditor
          key={version}
          ventureId={venture.id}
          version={version}
          kept={page.assumptions}
          facts={facts}
          options={options}
          mayEdit={mayEdit}
        />
      </Section>
      <Section
        title="Series of the market"
        aside={<ExportMenu table="market-series" of="Market series" query={query} />}
      >
        <SeriesList options={options} />
        {mayEdit ? <SeriesUpload options={options} servers={servers} /> : null}
      </Section>
      <Section title="Files loaded">
        <SeriesLoads loads={loads.map(rowOf)} mayUndo={mayEdit} />
      </Section>
    </div>
  );
}

function Nothing({ mayEdit }: { mayEdit: boolean }) {
  return (
    <EmptyState title="No series of the market is loaded yet">
      {mayEdit
        ? "Load the multiple of the sector, the 10-year yield and what else is at hand below; the window is read from them at once."
        : "An analyst or the chairman loads the multiple of the sector, the 10-year yield and what else is at hand."}
    </EmptyState>
  );
}

/** What is missing or too old, by name. */
function Gaps({ page: { timing, options } }: { page: TimingPage }) {
  const lines = timing.market.lines.filter(({ percentile, weight }) => percentile === null && weight > 0);
  if (options.length === 0 || lines.length === 0) return null;
  const of = (reason: string) => lines.filter((line) => line.reason === reason).map(({ key }) => DRIVER_NAMES[key]);
  const [stale, few] = [of("no-recent-data"), of("too-few-values")];
  const rest = lines.filter(({ reason }) => reason !== "no-recent-data" && reason !== "too-few-values");
  const sentences = [
    ...(rest.length > 0 ? [`No series: ${rest.map(({ key }) => DRIVER_NAMES[key]).join(", ")}.`] : []),
    ...(few.length > 0 ? [`Too short a history: ${few.join(", ")}.`] : []),
    ...(stale.length > 0 ? [`Too old: ${stale.join(", ")}.`] : []),
  ];
  return (
    <div className="mb-3">
      <Notice level={stale.length > 0 ? "warning" : "unknown"} word={stale.length > 0 ? "stale" : "partial"}>
        {sentences.join(" ")} The score is over the rest, and says how much of the weight that is.
      </Notice>
    </div>
  );
}
