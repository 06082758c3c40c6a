import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { CapTablePanel } from "@/components/cap-table/cap-table-panel";
import { ImportHistory } from "@/components/imports/import-history";
import { SourceTable } from "@/components/imports/source-table";
import { UploadForm } from "@/components/imports/upload-form";
import { MetricsSection } from "@/components/metrics/metrics-section";
import { readerZone } from "@/components/shell/reader";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { findCapTableView } from "@/lib/cap-table/queries";
import { clock } from "@/lib/clock";
import { listImports, listSources } from "@/lib/imports/queries";
import { listContradictions, listSeries, venturesToday } from "@/lib/metrics/queries";
import { findVentureBySlug } from "@/lib/ventures/queries";
import { DisagreementSections } from "./disagreement-sections";

export const metadata: Metadata = { title: "Data" };

type Props = { params: Promise<{ venture: string }>; searchParams: Promise<{ metric?: string | string[] }> };

export default async function DataPage({ params, searchParams }: Props) {
  const actor = await requirePermission("venture:read");
  const venture = await findVentureBySlug(actor, (await params).venture);
  if (!venture) notFound();
  const [sources, imports, capTable, zone, series, contradictions] = await Promise.all([
    listSources(actor, venture.id),
    listImports(actor, venture.id),
    findCapTableView(actor, venture.id),
    readerZone(),
    listSeries(actor, venture.id, venturesToday(venture, clock.now())),
    listContradictions(actor, venture.id),
  ]);
  const { metric } = await searchParams;
  const dataPath = `/ventures/${venture.slug}/data`;
  const mayImport = isPermitted(actor.role, "data:import");
  const mayCorrect = isPermitted(actor.role, "data:correct");
  return (
    <div className="grid gap-10 *:min-w-0">
      <Section title="Sources">
        <SourceTable ventureId={venture.id} sources={sources} zone={zone} now={clock.now()} />
      </Section>
      {mayImport ? (
        <Section title="Import a file">
          <UploadForm
            ventureId={venture.id}
            dataPath={dataPath}
            sources={sources.map(({ name, holds }) => ({ name, holds }))}
          />
        </Section>
      ) : null}
      <Section title="Imports">
        <ImportHistory ventureId={venture.id} imports={imports} dataPath={dataPath} zone={zone} mayImport={mayImport} />
      </Section>
      <Suspense fallback={null}>
        <DisagreementSections actor={actor} venture={venture} mayCorrect={mayCorrect} />
      </Suspense>
      <MetricsSection
        ventureId={venture.id}
        series={series}
        contradictions={contradictions}
        metric={typeof metric === "string" ? metric : null}
        dataPath={dataPath}
        mayCorrect={mayCorrect}
      />
      <CapTablePanel ventureId={venture.id} view={capTable} mayImport={mayImport} mayAnswer={mayCorrect} />
    </div>
  );
}
