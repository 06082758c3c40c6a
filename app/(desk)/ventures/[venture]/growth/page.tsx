import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { AskPanel } from "@/components/agents/ask-panel";
import { RunPanel } from "@/components/agents/run-panel";
import { CyclePanel } from "@/components/growth/cycle-panel";
import { GrowthFigures } from "@/components/growth/growth-figures";
import { LatestReport } from "@/components/growth/latest-report";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import { FreshnessNote } from "@/components/ventures/freshness-note";
import { VentureTrends } from "@/components/ventures/venture-trends";
import { findLatestReport } from "@/lib/agents/queries/artefacts";
import { listConversation } from "@/lib/agents/queries/conversation";
import { findLatestRun, findRunMemos } from "@/lib/agents/queries/runs";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getLoopStart, listCycles } from "@/lib/growth/queries/cycle/cycles";
import { getVenturePerformance } from "@/lib/metrics/queries/performance";
import { findVentureRow } from "@/lib/reports/queries/venture-rows";
import { modelLabel } from "@/lib/workflows/run-runtime";
import { ventureOf } from "../venture-of";

export const metadata: Metadata = { title: "Growth" };

/** How many questions and answers stay in sight. */
const QUESTIONS = 8;

/** Left the result, right the work. */
export default async function GrowthPage({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [zone, row, report, run, cycles, start] = await Promise.all([
    readerZone(),
    findVentureRow(actor, venture.id),
    findLatestReport(actor, venture.id, "growth-lever-report"),
    findLatestRun(actor, { ventureId: venture.id, agent: "growth", task: "analyse" }),
    listCycles(actor, venture.id),
    getLoopStart(actor, venture.id, clock.now()),
  ]);
  const memos = run ? await findRunMemos(actor, run.id) : [];
  const measured = row && Object.keys(row.measures).length > 0 ? row : null;
  return (
    <div className="grid items-start gap-x-10 gap-y-9 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <h1 className="sr-only">{venture.name}: growth</h1>
      <div className="grid min-w-0 gap-9">
        {measured ? (
          <Section title="Performance">
            <div className="grid gap-5">
              <FreshnessNote days={measured.freshnessDays} asOf={measured.asOf} slug={venture.slug} />
              <GrowthFigures measures={measured.measures} />
              <Suspense fallback={<SkeletonLines lines={8} label="The charts are being drawn" />}>
                <Trends actor={actor} ventureId={venture.id} />
              </Suspense>
            </div>
          </Section>
        ) : (
          <EmptyState
            title="No figures yet"
            action={<ButtonLink href={`/ventures/${venture.slug}/data`}>Import data</ButtonLink>}
          >
            The analysis needs metrics, customers and subscriptions.
          </EmptyState>
        )}
        <LatestReport report={report} zone={zone} />
      </div>
      <div className="order-first grid min-w-0 gap-9 lg:order-none lg:sticky lg:top-6">
        <CyclePanel
          venture={venture}
          cycles={cycles}
          start={start}
          mayReview={isPermitted(actor.role, "run:start")}
          maySteer={isPermitted(actor.role, "venture:configure")}
        />
        <RunPanel
          ventureId={venture.id}
          run={run ? { id: run.id, status: run.status, model: run.model } : null}
          memos={memos}
          model={modelLabel()}
          mayStart={isPermitted(actor.role, "run:start")}
          mayStop={isPermitted(actor.role, "run:stop")}
        />
        <Suspense fallback={<SkeletonLines lines={3} />}>
          <Questions actor={actor} ventureId={venture.id} zone={zone} />
        </Suspense>
      </div>
    </div>
  );
}

/** The conversation with the specialist, under its work. */
async function Questions({ actor, ventureId, zone }: { actor: Actor; ventureId: string; zone: string }) {
  const asked = await listConversation(actor, ventureId, QUESTIONS);
  const [mayAsk, mayStop] = [isPermitted(actor.role, "run:start"), isPermitted(actor.role, "run:stop")];
  return <AskPanel ventureId={ventureId} asked={asked} mayAsk={mayAsk} mayStop={mayStop} zone={zone} />;
}

async function Trends({ actor, ventureId }: { actor: Actor; ventureId: string }) {
  const { series, warnings } = await getVenturePerformance(actor, ventureId);
  const growth = series.filter(({ key }) => ["revenue", "mrr", "customers"].includes(key));
  return (
    <div className="grid gap-5">
      {warnings.map((warning) => (
        <Notice key={warning} level="warning" word="sources disagree">
          {warning}
        </Notice>
      ))}
      <VentureTrends series={growth} />
    </div>
  );
}
