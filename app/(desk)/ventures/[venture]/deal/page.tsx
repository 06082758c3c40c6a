import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AskPanel } from "@/components/agents/ask-panel";
import { RunPanel } from "@/components/agents/run-panel";
import { DealsPanel } from "@/components/deals/deals-panel";
import { LatestReport } from "@/components/growth/latest-report";
import { readerZone } from "@/components/shell/reader";
import { RealizationPanel } from "@/components/stage/realization-panel";
import { findLatestReport } from "@/lib/agents/queries/artefacts";
import { listConversation } from "@/lib/agents/queries/conversation";
import { findLatestRun, findRunMemos } from "@/lib/agents/queries/runs";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getDealsPage } from "@/lib/deals/queries/deals";
import { findRealization } from "@/lib/stage/queries/realization";
import { modelLabel } from "@/lib/workflows/run-runtime";
import { ventureOf } from "../venture-of";

export const metadata: Metadata = { title: "Deal" };

/** How many questions and answers stay in sight. */
const QUESTIONS = 8;

/** The sale of the venture, and below it the manager's report and work. */
export default async function DealPage({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [zone, page, report, run, realization, asked] = await Promise.all([
    readerZone(),
    getDealsPage(actor, venture.id, clock.now()),
    findLatestReport(actor, venture.id, "deal-negotiation-report"),
    findLatestRun(actor, { ventureId: venture.id, agent: "value", task: ["review", "follow"] }),
    findRealization(actor, venture.id),
    listConversation(actor, venture.id, QUESTIONS, "value"),
  ]);
  const memos = run ? await findRunMemos(actor, run.id) : [];
  const may = (permission: Parameters<typeof isPermitted>[1]) => isPermitted(actor.role, permission);
  return (
    <div className="grid gap-9">
      <h1 className="sr-only">{venture.name}: deal</h1>
      {realization ? <RealizationPanel run={realization} zone={zone} maySteer={may("venture:configure")} /> : null}
      <DealsPanel page={page} mayEdit={may("deal:edit")} mayAsk={may("memo:draft")} />
      <div className="grid items-start gap-x-10 gap-y-9 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <LatestReport
          report={report}
          zone={zone}
          empty="The deal negotiation report appears here: where each bidder stands, what its offer brings the group, what is missing, and with whom to negotiate first."
        />
        <div className="grid min-w-0 gap-9">
          <RunPanel
            key={run?.id ?? "none"}
            ventureId={venture.id}
            agent="value"
            run={run ? { id: run.id, status: run.status, model: run.model, aside: run.task === "follow" } : null}
            memos={memos}
            model={modelLabel()}
            mayStart={may("run:start") && page.deals.length > 0}
            mayStop={may("run:stop")}
          />
          <AskPanel
            ventureId={venture.id}
            agent="value"
            asked={asked}
            mayAsk={may("run:start")}
            mayStop={may("run:stop")}
            zone={zone}
          />
        </div>
      </div>
    </div>
  );
}
