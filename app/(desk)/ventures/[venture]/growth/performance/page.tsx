import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { type ReactNode, Suspense } from "react";
import { PerformanceControls } from "@/components/metrics/performance-controls";
import { PerformanceGroups } from "@/components/metrics/performance-groups";
import {
  type PerformanceView,
  parsePerformanceView,
  performanceHref,
  performanceParams,
  type SearchParams,
} from "@/components/metrics/performance-view";
import { ExportMenu } from "@/components/reports/export-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { formatDay } from "@/lib/format";
import { withKeptForecasts } from "@/lib/growth/queries/forecast/kept-column";
import { getPerformanceTable, type PerformanceTable } from "@/lib/metrics/queries/performance-page";
import type { ExportName } from "@/lib/reports/schema";
import { ventureOf } from "../../venture-of";
import { benchmarksOf } from "./benchmarks-of";
import { Bridge, Cohorts, Concentration, Movements, Trend } from "./sections";

export const metadata: Metadata = { title: "Performance" };

type PageProps = { params: Promise<{ venture: string }>; searchParams: Promise<SearchParams> };

/** How the venture does, over a window that the reader chooses; every number opens to its proof. */
export default async function PerformancePage({ params, searchParams }: PageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const view = parsePerformanceView(await searchParams);
  const path = `/ventures/${venture.slug}/growth/performance`;
  const measured = await getPerformanceTable(actor, venture.id, view, clock.now());
  const table = await withKeptForecasts(actor, measured, { ventureId: venture.id, span: view.span });
  if (!table.groups.some(({ rows }) => rows.some((row) => row.now.value !== null))) {
    return (
      <>
        <h1 className="sr-only">{venture.name}: performance</h1>
        <EmptyState
          title={`Nothing is known of ${venture.name} up to ${formatDay(table.through, "month")}`}
          action={<ButtonLink href={`/ventures/${venture.slug}/data`}>Import data</ButtonLink>}
        >
          Customers, subscriptions, invoices and monthly accounts are what this page computes from.
          {view.month ? (
            <TextLink href={performanceHref(path, view, { month: null })}> Show the newest month</TextLink>
          ) : null}
        </EmptyState>
      </>
    );
  }
  const shared = { actor, venture, view, path, table };
  return (
    <div className="grid gap-9 *:min-w-0">
      <h1 className="sr-only">{venture.name}: performance</h1>
      <div className="grid gap-4 *:min-w-0">
        <PerformanceControls path={path} view={view} months={table.months} shown={table.through.slice(0, 7)} />
        <Reach table={table} span={view.span} />
        <div className="-mb-2 flex justify-end">
          <ExportMenu table="performance" of="Measures" query={exportQuery(shared)} />
        </div>
        <PerformanceGroups table={table} view={view} path={path} benchmarks={await benchmarksOf(shared)} />
      </div>
      <Part title="Month by month" table="trend" asked={shared}>
        <Trend {...shared} />
      </Part>
      <Part title="MRR bridge" table="bridge" asked={shared}>
        <Bridge {...shared} />
      </Part>
      <Part title="Movements by customer" table="movements" asked={shared}>
        <Movements {...shared} />
      </Part>
      <Cohorts {...shared} />
      <Part title="Concentration" table="largest-customers" asked={shared}>
        <Concentration {...shared} />
      </Part>
    </div>
  );
}

type PartProps = { title: string; table: ExportName; asked: Asked; children: ReactNode };

function Part({ title, table, asked, children }: PartProps) {
  return (
    <Section title={title} aside={<ExportMenu table={table} of={title} query={exportQuery(asked)} />}>
      <Suspense fallback={<SkeletonLines lines={6} label={`${title} is being computed`} />}>{children}</Suspense>
    </Section>
  );
}

type Asked = { venture: { slug: string }; view: PerformanceView };

/** A file has the window, the filters and the order of the screen. */
const exportQuery = ({ venture, view }: Asked): Record<string, string> => ({
  ...Object.fromEntries(performanceParams(view).filter(([name]) => name !== "page")),
  venture: venture.slug,
});

/** Where accounts and subscriptions end differently, and what contradicts. */
const SPAN_TEXT = { 1: "one month", 3: "three months", 12: "twelve months" } as const;

function Reach({ table, span }: { table: PerformanceTable; span: keyof typeof SPAN_TEXT }) {
  const { financeThrough, billingThrough, warnings } = table;
  const apart = financeThrough && billingThrough && financeThrough !== billingThrough;
  return (
    <>
      <p className="prose-width text-sm text-muted">
        Flows and rates are over {SPAN_TEXT[span]}. Where a measure has a window of its own, such as growth over three
        months, the number that the desk, memos and reports quote stands beside it. A forecast is the last one kept
        before the window began, or the first one since with what had come by then; a dash says that none was kept.
      </p>
      {apart ? (
        <p className="text-sm text-muted">
          Accounts reach to {formatDay(financeThrough, "month")}, subscriptions to {formatDay(billingThrough, "month")}.
        </p>
      ) : null}
      {warnings.map((warning) => (
        <Notice key={warning} level="warning" word="sources disagree">
          {warning}
        </Notice>
      ))}
    </>
  );
}
