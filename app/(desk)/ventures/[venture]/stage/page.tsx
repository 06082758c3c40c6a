import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { DirectiveBrief } from "@/components/governance/directive-brief";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { CertificatePanel } from "@/components/stage/run/certificate-panel";
import { CriteriaPanel } from "@/components/stage/run/criteria-panel";
import { gateWaiting } from "@/components/stage/run/run-words";
import { StageOrders } from "@/components/stage/run/stage-orders";
import { StageRunPanel, WaitingPanel } from "@/components/stage/run/stage-run-panel";
import { StageTimeline } from "@/components/stage/run/stage-timeline";
import { StateOnPanel } from "@/components/stage/run/state-on-panel";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import { StartStage } from "@/components/ventures/start-stage";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listDirectives } from "@/lib/governance/queries";
import { findCertificate } from "@/lib/stage/queries/certificate";
import { getCriteria } from "@/lib/stage/queries/criteria";
import { getStateOn } from "@/lib/stage/queries/state-on";
import { findStageRun, type StageRunView } from "@/lib/stage/queries/timeline";
import { stageViewSchema } from "@/lib/stage/schema/run";
import { getEntryGate, type VentureSummary } from "@/lib/ventures/queries";
import { ventureOf } from "../venture-of";
import { Coordinator } from "./coordinator";

export const metadata: Metadata = { title: "Stage" };

type StagePageProps = { params: Promise<{ venture: string }>; searchParams: Promise<Record<string, unknown>> };

/** The stage as one run: where it stands, what it waits for, both gates with their evidence, and everything it did. */
export default async function StagePage({ params, searchParams }: StagePageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const now = clock.now();
  const { on, before = null } = stageViewSchema.parse(await searchParams);
  const [zone, run, criteria, certificate, governance] = await Promise.all([
    readerZone(),
    findStageRun(actor, venture.id, before),
    getCriteria(actor, venture.id, now),
    findCertificate(actor, venture.id),
    listDirectives(actor, venture.id),
  ]);
  const state = await getStateOn(actor, venture.id, on ?? criteria.today, now);
  const maySteer = isPermitted(actor.role, "venture:configure");
  const mature = venture.stage === "mature" && maySteer;
  const underWay = run?.status === "running" || run?.status === "paused";
  const gate = mature ? await getEntryGate(actor, venture.id) : null;
  return (
    <ListKeys up={`/ventures/${venture.slug}`} className="grid gap-9">
      <h1 className="sr-only">{venture.name}: stage</h1>
      {run ? (
        <>
          <StageRunPanel run={run} zone={zone} orders={maySteer ? <Orders run={run} /> : null} />
          {certificate ? <CertificatePanel certificate={certificate} zone={zone} /> : null}
          <WaitingPanel waiting={[...run.waiting, ...gateWaiting(run, criteria)]} zone={zone} />
        </>
      ) : (
        <NoRun venture={venture} />
      )}
      {gate ? (
        <p data-print="none">
          <StartStage ventureId={venture.id} gatePassed={gate.passed} />
        </p>
      ) : null}
      <Suspense fallback={<SkeletonLines lines={4} />}>
        <Coordinator actor={actor} venture={venture} zone={zone} />
      </Suspense>
      <CriteriaPanel criteria={criteria} ventureId={venture.id} slug={venture.slug} maySteer={maySteer && underWay} />
      {run ? <StageTimeline run={run} zone={zone} before={before} /> : null}
      <DirectiveBrief governance={governance} slug={venture.slug} zone={zone} />
      <StateOnPanel state={state} latest={criteria.today} />
    </ListKeys>
  );
}

function Orders({ run }: { run: StageRunView }) {
  if (run.status !== "running" && run.status !== "paused") return null;
  if (run.record?.outcome) return null;
  const { id, version, status, record } = run;
  return (
    <StageOrders run={{ id, version, paused: status === "paused", open: record?.open ?? [], gate: record === null }} />
  );
}

function NoRun({ venture }: { venture: VentureSummary }) {
  return venture.stage === "mature" ? (
    <EmptyState title="Not in stage 40">
      Stage 40 begins here once the entry gate holds, or when the chairman begins it with a reason.
    </EmptyState>
  ) : (
    <EmptyState title="Its run begins tonight">
      The venture is in stage 40 from before there were runs of it. The nightly work begins one, with this page as its
      timeline.
    </EmptyState>
  );
}
