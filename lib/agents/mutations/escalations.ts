import "server-only";
import type { Tx } from "@/lib/db";
import { type Cause, tellCauses } from "@/lib/stage/mutations/alert-cause";
import type { Escalated } from "../coordinator-tools";

type Escalations = { ventureId: string; by: string; escalated: readonly Escalated[] };

/** What the Coordinator has brought before the chairman stands as alerts; what it no longer brings up is over. */
export async function tellEscalations(tx: Tx, { ventureId, by, escalated }: Escalations, now: Date): Promise<void> {
  const causes = escalated.map(
    ({ matter, reason }): Cause => ({
      ...{ causeKey: `escalation:${ventureId}:${matter.id}`, ventureId, kind: "escalation" },
      ...{
        severity: matter.severity,
        title: `Escalated: ${matter.title.charAt(0).toLowerCase()}${matter.title.slice(1)}`,
        detail: reason,
      },
    }),
  );
  await tellCauses(tx, { ventureId, kind: "escalation" }, causes, { by, now });
}
