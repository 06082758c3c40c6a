import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EscrowPanel } from "@/components/payments/escrow-panel";
import { ImpedimentSection } from "@/components/stage/impediment-section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listPlannedTranches } from "@/lib/ledger/queries/planned-tranches";
import { listTranches } from "@/lib/ledger/queries/tranches";
import { listImpediments } from "@/lib/stage/queries/impediments";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Escrow" };

/** Escrow, holdback and earn-out: what is held, when it is due, what lets it go. */
export default async function EscrowRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const tranches = await listTranches(actor, venture.id, clock.now().toISOString().slice(0, 10));
  const planned = await listPlannedTranches(actor, venture.id);
  const disputes = await listImpediments(actor, venture.id, "earn-out-dispute");
  const earnOuts = tranches
    .filter(({ kind, status }) => kind === "earn-out" && status !== "closed")
    .map((one) => ({ value: one.id, label: one.label }));
  const may = {
    prepare: isPermitted(actor.role, "payment:prepare"),
    release: isPermitted(actor.role, "payment:release"),
  };
  const { id, name, currency } = venture;
  return (
    <>
      <h1 className="sr-only">{name}: escrow, holdback and earn-out</h1>
      <div className="grid gap-9 *:min-w-0">
        <EscrowPanel venture={{ id, currency }} tranches={tranches} planned={planned} reader={actor.ref} may={may} />
        {earnOuts.length > 0 || disputes.length > 0 ? (
          <ImpedimentSection
            {...{ ventureId: id, kind: "earn-out-dispute", impediments: disputes, places: earnOuts }}
            mayRecord={isPermitted(actor.role, "deal:edit")}
            title="Disputes about an earn-out"
            empty="No earn-out is disputed. A dispute freezes its tranche; everything else goes on."
          />
        ) : null}
      </div>
    </>
  );
}
