// Bare DBOS below the bodies of lib/workflows: a workflow is a workflow, a step a step, a wait a recv, as its manual has
// them. No fence, no adoption of a dead process's runs, no rounds of retries, no versions.
import { DBOS } from "@dbos-inc/dbos-sdk";
import { env } from "@/lib/env";
import { APPLICATION, disconnectEngineClient, engineClient } from "@/lib/workflows/transport";

type Body = (...args: never[]) => Promise<unknown>;
type Step = { key: string; now: Date };

export function defineWorkflow(name: string, body: Body): void {
  DBOS.registerWorkflow(body as unknown as (...args: unknown[]) => Promise<unknown>, { name });
}

export const runStep = <T>(name: string, work: (step: Step) => Promise<T>): Promise<T> =>
  DBOS.runStep(() => work({ key: `${DBOS.workflowID}/${DBOS.stepID}`, now: new Date() }), { name });
export const lastingStep = runStep;

export const receive = <T>(topic: string, timeoutSeconds: number): Promise<T | null> =>
  DBOS.recv<T>(topic, { timeoutSeconds });

export async function launchEngine(): Promise<void> {
  await engineClient();
  const silent = () => undefined;
  DBOS.setConfig({
    ...{ name: APPLICATION, systemDatabaseUrl: env().DATABASE_URL, applicationVersion: env().APP_VERSION },
    logger: { info: silent, debug: silent, warn: silent, error: silent },
  });
  await DBOS.launch();
}

export async function stopEngine(): Promise<void> {
  await DBOS.shutdown();
  await disconnectEngineClient();
}
