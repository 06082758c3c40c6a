import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ForecastAnomalies, ForecastComponents } from "@/components/growth/forecast-components";
import { ForecastControls } from "@/components/growth/forecast-controls";
import { ForecastFan } from "@/components/growth/forecast-fan";
import { MakeForecast } from "@/components/growth/forecast-make";
import { ForecastAccuracy, ForecastModelPanel } from "@/components/growth/forecast-model";
import { NarrowIntervals, PastCoverage, PastTable } from "@/components/growth/forecast-past";
import { ForecastTable } from "@/components/growth/forecast-table";
import { parseForecastView } from "@/components/growth/forecast-view";
import { refusalWords } from "@/components/growth/forecast-words";
import { ExportMenu } from "@/components/reports/export-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { formatDay } from "@/lib/format";
import { type ForecastPage, getForecastPage } from "@/lib/growth/queries/forecast/forecast-page";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Forecast" };

type PageProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What a metric may become, how sure that is, what stands out, and what earlier forecasts were worth. */
export default async function ForecastRoute({ params, searchParams }: PageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const view = parseForecastView(await searchParams);
  const page = await getForecastPage(actor, venture.id, view, clock.now());
  if (page.choices.length === 0) {
    return (
      <EmptyState
        title={`Nothing of ${venture.name} can be forecast yet`}
        action={<ButtonLink href={`/ventures/${venture.slug}/data`}>Import data</ButtonLink>}
      >
        Seven months or more of revenue, cash, customers or subscriptions are what a forecast is made from.
      </EmptyState>
    );
  }
  const path = `/ventures/${venture.slug}/growth/forecast`;
  return (
    <div className="grid gap-9 *:min-w-0">
      <h1 className="sr-only">{venture.name}: forecast</h1>
      <div className="grid gap-4 *:min-w-0">
        <ForecastControls path={path} page={page} horizon={view.horizon} />
        {page.refusal ? (
          <Notice level="unknown" word="no forecast">
            {refusalWords(page.refusal, page.label)}
          </Notice>
        ) : null}
        <ForecastFan page={page} />
        <NarrowIntervals accuracy={page.accuracy} />
        <PastCoverage calibration={page.calibration} />
      </div>
      {page.model ? <Ahead page={page} slug={venture.slug} horizon={view.horizon} /> : null}
      {page.model ? <Method page={page} slug={venture.slug} /> : null}
      {page.refusal ? null : <Apart page={page} slug={venture.slug} />}
      <Section
        title="Kept forecasts"
        aside={page.past.length > 0 ? <Past page={page} slug={venture.slug} /> : undefined}
      >
        <div className="grid gap-3 *:min-w-0">
          <Keep page={page} ventureId={venture.id} may={isPermitted(actor.role, "run:start")} />
          <PastTable past={page.past} />
        </div>
      </Section>
    </div>
  );
}

function Ahead({ page, slug, horizon }: { page: ForecastPage; slug: string; horizon: number }) {
  const query = { venture: slug, metric: page.metric, months: String(horizon) };
  return (
    <Section title="Month by month" aside={<ExportMenu table="forecast" of="the forecast" query={query} />}>
      <ForecastTable page={page} />
    </Section>
  );
}

const Past = ({ page, slug }: { page: ForecastPage; slug: string }) => (
  <ExportMenu table="kept-forecasts" of="kept forecasts" query={{ venture: slug, metric: page.metric }} />
);

function Method({ page, slug }: { page: ForecastPage; slug: string }) {
  const query = { venture: slug, metric: page.metric };
  return (
    <Section
      title="Model, and how it would have done"
      aside={<ExportMenu table="forecast-accuracy" of="how it would have done" query={query} />}
    >
      <div className="grid gap-3 *:min-w-0">
        {page.model ? <ForecastModelPanel model={page.model} /> : null}
        <ForecastAccuracy accuracy={page.accuracy} />
      </div>
    </Section>
  );
}

function Apart({ page, slug }: { page: ForecastPage; slug: string }) {
  const query = { venture: slug, metric: page.metric };
  const menu = page.components ? <ExportMenu table="forecast-parts" of="trend and season" query={query} /> : undefined;
  return (
    <Section title="What stands out" aside={menu}>
      <div className="grid gap-6 *:min-w-0">
        <ForecastAnomalies page={page} />
        {page.components ? <ForecastComponents months={page.components} unit={page.unit} /> : null}
      </div>
    </Section>
  );
}

function Keep({ page, ventureId, may }: { page: ForecastPage; ventureId: string; may: boolean }) {
  if (page.keptOn) {
    return (
      <p className="text-muted">
        This month&rsquo;s forecast was kept on {formatDay(page.keptOn)}; the next can be made next month.
      </p>
    );
  }
  if (page.refusal || !may) return <p className="text-muted">No forecast of this month is kept.</p>;
  return (
    <>
      <p className="prose-width text-muted">
        Keep this month&rsquo;s forecast, once, as it is now: what comes will be held against it and shown above.
      </p>
      <MakeForecast ventureId={ventureId} metric={page.metric} />
    </>
  );
}
