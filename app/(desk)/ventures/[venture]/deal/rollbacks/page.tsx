import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readerZone } from "@/components/shell/reader";
import { ImpedimentSection } from "@/components/stage/impediment-section";
import { RollbackList } from "@/components/stage/rollback-list";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listImpediments } from "@/lib/stage/queries/impediments";
import { getRollbacks } from "@/lib/stage/queries/rollbacks";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Rollbacks" };

/** What can send the venture back, whenever it did, who decided; and where an emergency is recorded. */
export default async function RollbacksRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [zone, rollbacks, emergencies] = await Promise.all([
    readerZone(),
    getRollbacks(actor, venture.id, clock.now()),
    listImpediments(actor, venture.id, "fundamental-issue"),
  ]);
  const mayRecord = isPermitted(actor.role, "deal:edit") && venture.stage === "active";
  return (
    <div className="grid gap-9 *:min-w-0">
      <h1 className="sr-only">{venture.name}: rollbacks</h1>
      <RollbackList rollbacks={rollbacks} zone={zone} />
      <ImpedimentSection
        {...{ ventureId: venture.id, kind: "fundamental-issue", impediments: emergencies, places: [], mayRecord }}
        title="Emergency"
        empty="Fraud or a legal ground that would stop any buyer is recorded here. Everything waits from that moment, and the chairman decides."
      />
    </div>
  );
}
