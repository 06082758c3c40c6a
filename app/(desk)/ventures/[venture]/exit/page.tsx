import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Suspense } from "react";
import { AskPanel } from "@/components/agents/ask-panel";
import { RunPanel } from "@/components/agents/run-panel";
import { ExitOrders } from "@/components/exit/exit-orders";
import { ExitOverviewPanel } from "@/components/exit/exit-overview-panel";
import { LatestReport } from "@/components/growth/latest-report";
import { readerZone } from "@/components/shell/reader";
import { SkeletonLines } from "@/components/ui/skeleton-lines";
import { findLatestReport } from "@/lib/agents/queries/artefacts";
import { listConversation } from "@/lib/agents/queries/conversation";
import { findLatestRun, findRunMemos } from "@/lib/agents/queries/runs";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getExitOverview, type PreparationView } from "@/lib/stage/queries/exit-overview";
import { modelLabel } from "@/lib/workflows/run-runtime";
import { ventureOf } from "../venture-of";

export const metadata: Metadata = { title: "Exit" };

/** How many questions and answers stay in sight. */
const QUESTIONS = 8;

const runningOf = (preparation: PreparationView | null) =>
  preparation && (preparation.status === "running" || preparation.status === "paused")
    ? { id: preparation.id, version: preparation.version, status: preparation.status }
    : null;

/** Left where exit preparation stands, right the advisor's work. */
export default async function ExitPage({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [zone, overview, report, run] = await Promise.all([
    readerZone(),
    getExitOverview(actor, venture.id, clock.now()),
    findLatestReport(actor, venture.id, "exit-readiness-report"),
    findLatestRun(actor, { ventureId: venture.id, agent: "exit", task: "prepare" }),
  ]);
  const memos = run ? await findRunMemos(actor, run.id) : [];
  const [mayStart, mayStop] = [isPermitted(actor.role, "run:start"), isPermitted(actor.role, "run:stop")];
  const orders = (
    <ExitOrders
      ventureId={venture.id}
      running={runningOf(overview.preparation)}
      mayCheck={mayStart}
      maySteer={isPermitted(actor.role, "venture:configure")}
    />
  );
  return (
    <div className="grid items-start gap-x-10 gap-y-9 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <h1 className="sr-only">{venture.name}: exit</h1>
      <div className="grid min-w-0 gap-9">
        <ExitOverviewPanel overview={overview} orders={orders} />
        <LatestReport
          report={report}
          zone={zone}
          empty="The exit readiness report appears here: how ready it is, what it is worth, what is missing and what to do next."
        />
      </div>
      <div className="grid min-w-0 gap-9 lg:sticky lg:top-6">
        <RunPanel
          ventureId={venture.id}
          agent="exit"
          run={run ? { id: run.id, status: run.status, model: run.model } : null}
          memos={memos}
          model={modelLabel()}
          mayStart={mayStart}
          mayStop={mayStop}
        />
        <Suspense fallback={<SkeletonLines lines={3} />}>
          <Questions actor={actor} ventureId={venture.id} zone={zone} />
        </Suspense>
      </div>
    </div>
  );
}

async function Questions({ actor, ventureId, zone }: { actor: Actor; ventureId: string; zone: string }) {
  const asked = await listConversation(actor, ventureId, QUESTIONS, "exit");
  const [mayAsk, mayStop] = [isPermitted(actor.role, "run:start"), isPermitted(actor.role, "run:stop")];
  return <AskPanel ventureId={ventureId} agent="exit" asked={asked} mayAsk={mayAsk} mayStop={mayStop} zone={zone} />;
}
