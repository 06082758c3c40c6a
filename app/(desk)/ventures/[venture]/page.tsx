import { notFound } from "next/navigation";
import { Suspense } from "react";
import { riskOf } from "@/components/desk/desk-view";
import { RiskList } from "@/components/desk/risk-list";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import { ArtefactList } from "@/components/ventures/artefact-list";
import { ContradictionList } from "@/components/ventures/contradiction-list";
import { EntryGate } from "@/components/ventures/entry-gate";
import { FreshnessNote } from "@/components/ventures/freshness-note";
import { InitiativeTable } from "@/components/ventures/initiative-table";
import { KeyFigures } from "@/components/ventures/key-figures";
import { MemoLines } from "@/components/ventures/memo-lines";
import { MoreFigures } from "@/components/ventures/more-figures";
import { StagePanel } from "@/components/ventures/stage-panel";
import { StartStage } from "@/components/ventures/start-stage";
import { VentureTrends } from "@/components/ventures/venture-trends";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getVenturePerformance } from "@/lib/metrics/queries/performance";
import { listContradictions } from "@/lib/metrics/queries/series";
import { listStandingAlerts } from "@/lib/reports/queries/news";
import { getVentureBrief } from "@/lib/reports/queries/venture-brief";
import { findVentureRow } from "@/lib/reports/queries/venture-rows";
import { getEntryGate, getVentureSettings, type VentureSummary } from "@/lib/ventures/queries";
import { ventureOf } from "./venture-of";

type OverviewProps = { params: Promise<{ venture: string }> };

export default async function OverviewPage({ params }: OverviewProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const now = clock.now();
  const zone = await readerZone();
  const [row, brief, alerts] = await Promise.all([
    findVentureRow(actor, venture.id),
    getVentureBrief(actor, venture.id, now),
    listStandingAlerts(actor, 6, venture.id),
  ]);
  const measured = row && Object.keys(row.measures).length > 0 ? row : null;
  return (
    <ListKeys up="/ventures" className="grid gap-9">
      <h1 className="sr-only">{venture.name}: overview</h1>
      {venture.summary ? <p className="prose-width text-lg text-muted">{venture.summary}</p> : null}
      {measured ? (
        <>
          <FreshnessNote days={measured.freshnessDays} asOf={measured.asOf} slug={venture.slug} />
          <KeyFigures measures={measured.measures} />
          <Section title="Trends">
            <Suspense fallback={<SkeletonLines lines={8} label="The charts are being drawn" />}>
              <Trends actor={actor} ventureId={venture.id} />
            </Suspense>
          </Section>
          <Section title="More figures">
            <MoreFigures measures={measured.measures} />
          </Section>
        </>
      ) : (
        <EmptyState
          title="No figures yet"
          action={<ButtonLink href={`/ventures/${venture.slug}/data`}>Import data</ButtonLink>}
        >
          Growth, valuation, readiness and runway are computed from imported metrics, customers and invoices.
        </EmptyState>
      )}
      <div className="grid gap-x-10 gap-y-9 lg:grid-cols-2">
        <Section title="Decisions" aside={<TextLink href="/inbox">Inbox</TextLink>}>
          <MemoLines memos={brief.memos} now={now} zone={zone} />
        </Section>
        <Section title="Risks" aside={<TextLink href={`/alerts?venture=${venture.slug}`}>History</TextLink>}>
          <RiskList
            risks={alerts.map((alert) => ({ ...riskOf(alert), venture: null }))}
            mayNote={isPermitted(actor.role, "alert:acknowledge")}
            zone={zone}
          />
        </Section>
        <Section title="Initiatives">
          <InitiativeTable ventureId={venture.id} initiatives={brief.initiatives} />
        </Section>
        <Section title="Reports">
          <ArtefactList artefacts={brief.artefacts} slug={venture.slug} now={now} zone={zone} />
        </Section>
        <Section title="Contradictions" aside={<TextLink href={`/ventures/${venture.slug}/data`}>Data</TextLink>}>
          <Suspense fallback={<SkeletonLines lines={2} />}>
            <Contradictions actor={actor} venture={venture} />
          </Suspense>
        </Section>
        <Section title="Stage" aside={<TextLink href={`/ventures/${venture.slug}/stage`}>Gates and timeline</TextLink>}>
          <Suspense fallback={<SkeletonLines lines={5} />}>
            <Stage actor={actor} venture={venture} />
          </Suspense>
        </Section>
      </div>
    </ListKeys>
  );
}

async function Trends({ actor, ventureId }: { actor: Actor; ventureId: string }) {
  const { series, warnings } = await getVenturePerformance(actor, ventureId);
  return (
    <div className="grid gap-5">
      {warnings.map((warning) => (
        <Notice key={warning} level="warning" word="sources disagree">
          {warning}
        </Notice>
      ))}
      <VentureTrends series={series} />
    </div>
  );
}

async function Contradictions({ actor, venture }: { actor: Actor; venture: VentureSummary }) {
  return <ContradictionList contradictions={await listContradictions(actor, venture.id)} slug={venture.slug} />;
}

async function Stage({ actor, venture }: { actor: Actor; venture: VentureSummary }) {
  const settings = await getVentureSettings(actor, venture.id);
  if (venture.stage !== "mature") return <StagePanel venture={venture} settings={settings} />;
  const gate = await getEntryGate(actor, venture.id);
  return (
    <div className="grid gap-4">
      <EntryGate gate={gate} />
      {isPermitted(actor.role, "venture:configure") ? (
        <p>
          <StartStage ventureId={venture.id} gatePassed={gate.passed} />
        </p>
      ) : null}
      <StagePanel venture={venture} settings={settings} />
    </div>
  );
}
