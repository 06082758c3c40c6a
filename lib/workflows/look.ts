import "server-only";
import { keepMemosFresh } from "@/lib/decisions/mutations/revisions";
import { watchTriggers } from "@/lib/governance/mutations/watch-triggers";
import { raiseMetricAlerts } from "@/lib/growth/mutations/anomalies/metric-alerts";
import { watchContradictions } from "@/lib/reports/mutations/contradictions";
import { postAlerts } from "@/lib/stage/mutations/alert-post";
import { raiseRollbacks } from "@/lib/stage/mutations/rollback-alerts";
import { lookAtStage } from "@/lib/stage/mutations/run";
import { watchActor } from "./agent-actor";
import { defineWorkflow, patched, runStep } from "./engine";

/** After an import: what the changed facts begin or end. Each step may be done twice, and finds what it did. */
async function look(ventureId: string): Promise<void> {
  await runStep("anomalies", ({ now }) => raiseMetricAlerts(ventureId, now));
  await runStep("rollbacks", ({ now }) => raiseRollbacks(ventureId, now));
  await runStep("triggers", ({ now }) => watchTriggers(ventureId, now));
  await runStep("letters", ({ now }) => postAlerts(ventureId, now));
  await runStep("stage", ({ key }) => lookAtStage(ventureId, key));
  if (await patched("memos"))
    await runStep("memos", ({ now }) => keepMemosFresh(watchActor(ventureId), ventureId, now));
  if (await patched("contradictions"))
    await runStep("contradictions", ({ now }) => watchContradictions(ventureId, now));
}

defineWorkflow("look", look);

/** What other rooms raised in between, in the middle of their own writes, is passed on within the hour. */
async function letters(_due: Date): Promise<void> {
  await runStep("letters", ({ now }) => postAlerts(null, now));
}

defineWorkflow("letters", letters);
