import { Suspense } from "react";
import { CohortMap } from "@/components/metrics/cohort-map";
import { ConcentrationTable } from "@/components/metrics/concentration-table";
import { MovementTable } from "@/components/metrics/movement-table";
import { PerformanceBridge } from "@/components/metrics/performance-bridge";
import { PerformanceTrend } from "@/components/metrics/performance-trend";
import { type PerformanceView, performanceHref, performanceParams } from "@/components/metrics/performance-view";
import { ExportMenu } from "@/components/reports/export-menu";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { getMeasureAhead, type MeasureAhead } from "@/lib/growth/queries/forecast/forecast-page";
import {
  getCohortTable,
  getMrrBridge,
  listCustomerMovements,
  listTopCustomers,
} from "@/lib/metrics/queries/customers-page";
import { getPerformanceTrend, type PerformanceTable } from "@/lib/metrics/queries/performance-page";

type SectionProps = {
  actor: Actor;
  venture: { id: string; slug: string };
  view: PerformanceView;
  path: string;
  table: PerformanceTable;
};

/** The months of the bridge and the movements: from the month chosen, or the window's first. */
function rangeOf({ view, table }: SectionProps) {
  const since = view.since && `${view.since}-01` <= table.through ? `${view.since}-01` : table.from;
  return { from: since, to: table.through };
}

export async function Trend({ actor, venture, view, path, table }: SectionProps) {
  const asked = { key: view.trend, span: view.span, through: table.through };
  const [trend, ahead] = await Promise.all([
    getPerformanceTrend(actor, venture.id, asked),
    aheadOf({ actor, venture, view, table }),
  ]);
  return <PerformanceTrend trend={trend} view={view} path={path} coming={ahead} />;
}

const HORIZON = 12;

type AheadProps = Pick<SectionProps, "actor" | "venture" | "view" | "table">;

/** What may come after the newest month; behind an older one everything has come. */
async function aheadOf({ actor, venture, view, table }: AheadProps): Promise<MeasureAhead | null> {
  const through = table.through.slice(0, 7);
  if (table.months[0] !== through) return null;
  const asked = { key: view.trend, span: view.span, through, horizon: HORIZON };
  return getMeasureAhead(actor, venture.id, asked, clock.now());
}

export async function Bridge(props: SectionProps) {
  const { actor, venture, view, path, table } = props;
  const { from, to } = rangeOf(props);
  const bridge = await getMrrBridge(actor, venture.id, { from: from.slice(0, 7), to: to.slice(0, 7) });
  return <PerformanceBridge bridge={bridge} view={view} path={path} months={table.months} to={to.slice(0, 7)} />;
}

export async function Movements(props: SectionProps) {
  const { actor, venture, view, path } = props;
  const movements = await listCustomerMovements(actor, venture.id, { ...rangeOf(props), ...view });
  return <MovementTable movements={movements} view={view} path={path} />;
}

/** By number of customers or by what they pay. */
export function Cohorts(props: SectionProps) {
  const { view, path, venture } = props;
  const other = view.cohorts === "customers" ? "revenue" : "customers";
  const href = `${performanceHref(path, view, { cohorts: other })}#cohorts`;
  const asked = { ...Object.fromEntries(performanceParams(view)), page: null, venture: venture.slug };
  return (
    <div id="cohorts" className="min-w-0 scroll-mt-4">
      <Section
        title={`Cohorts by ${view.cohorts}`}
        aside={
          <span className="flex items-baseline gap-3">
            <TextLink href={href}>By {other}</TextLink>
            <ExportMenu table="cohorts" of="Cohorts" query={asked} />
          </span>
        }
      >
        <Suspense fallback={<SkeletonLines lines={10} label="The cohorts are being computed" />}>
          <CohortCells {...props} />
        </Suspense>
      </Section>
    </div>
  );
}

async function CohortCells({ actor, venture, view, table }: SectionProps) {
  const cohorts = await getCohortTable(actor, venture.id, { through: table.through, by: view.cohorts });
  if (cohorts.rows.length === 0) {
    const why = cohorts.reason ? REASON_SENTENCES[cohorts.reason] : "Nobody was won in the last 24 months.";
    return <p className="py-2 text-muted">{why}</p>;
  }
  return <CohortMap table={cohorts} by={view.cohorts} />;
}

export async function Concentration({ actor, venture, table }: SectionProps) {
  const top = await listTopCustomers(actor, venture.id, { from: table.from, to: table.through });
  return <ConcentrationTable {...top} />;
}
