import { AskPanel } from "@/components/agents/ask-panel";
import { RunPanel } from "@/components/agents/run-panel";
import { LatestReport } from "@/components/growth/latest-report";
import { HeldNotice } from "@/components/reports/held-notice";
import { Section } from "@/components/ui/section";
import { findLatestReport } from "@/lib/agents/queries/artefacts";
import { listConversation } from "@/lib/agents/queries/conversation";
import { findLatestRun } from "@/lib/agents/queries/runs";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { listContradictions } from "@/lib/reports/queries/contradictions";
import { modelLabel } from "@/lib/workflows/run-runtime";

const QUESTIONS = 8;

type CoordinatorProps = { actor: Actor; venture: { id: string; name: string; slug: string }; zone: string };

/** Where the Coordinator works: its last report, its run, questions to it. */
export async function Coordinator({ actor, venture, zone }: CoordinatorProps) {
  const ventureId = venture.id;
  const [report, run, asked, contradictions] = await Promise.all([
    findLatestReport(actor, ventureId, "stage-status-report"),
    findLatestRun(actor, { ventureId, agent: "coordinator", task: "coordinate" }),
    listConversation(actor, ventureId, QUESTIONS, "coordinator"),
    listContradictions(actor, ventureId),
  ]);
  const [mayStart, mayStop] = [isPermitted(actor.role, "run:start"), isPermitted(actor.role, "run:stop")];
  return (
    <div className="grid items-start gap-9 lg:grid-cols-[minmax(0,1fr)_minmax(0,24rem)]">
      <div className="grid min-w-0 gap-9">
        {contradictions.length > 0 ? (
          <Section title="Where reports disagree">
            <HeldNotice contradictions={contradictions} venture={venture} mayWrite={mayStart} all />
          </Section>
        ) : null}
        <LatestReport report={report} zone={zone} empty="The Coordinator has written nothing about this venture yet." />
      </div>
      <div className="grid min-w-0 gap-9">
        <RunPanel
          ventureId={ventureId}
          agent="coordinator"
          run={run ? { id: run.id, status: run.status, model: run.model } : null}
          memos={[]}
          model={modelLabel()}
          mayStart={mayStart}
          mayStop={mayStop}
        />
        <AskPanel
          ventureId={ventureId}
          agent="coordinator"
          asked={asked}
          mayAsk={mayStart}
          mayStop={mayStop}
          zone={zone}
        />
      </div>
    </div>
  );
}
