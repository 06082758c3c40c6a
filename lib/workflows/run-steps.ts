import "server-only";
import { engineClient } from "./transport";

/** A step as the engine has recorded it: what it returned, and when it began and ended. */
export type RecordedStep = {
  name: string;
  output: unknown;
  failed: boolean;
  startedAt: string | null;
  endedAt: string | null;
};

const moment = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(Number(ms)).toISOString();

/** The steps of a workflow in order; empty where the engine no longer holds them, or never did. */
export async function listRecordedSteps(workflowId: string): Promise<RecordedStep[]> {
  const steps = (await (await engineClient()).listWorkflowSteps(workflowId)) ?? [];
  return steps.map(({ name, output, error, startedAtEpochMs, completedAtEpochMs }) => ({
    ...{ name, output, failed: error !== null },
    ...{ startedAt: moment(startedAtEpochMs), endedAt: moment(completedAtEpochMs) },
  }));
}
