import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EscrowPanel } from "@/components/payments/escrow-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listTranches } from "@/lib/ledger/queries/tranches";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Escrow" };

/** Escrow, holdback and earn-out: what is held, when it is due, what lets it go. */
export default async function EscrowRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const tranches = await listTranches(actor, venture.id, clock.now().toISOString().slice(0, 10));
  const may = {
    prepare: isPermitted(actor.role, "payment:prepare"),
    release: isPermitted(actor.role, "payment:release"),
  };
  const { id, name, currency } = venture;
  return (
    <>
      <h1 className="sr-only">{name}: escrow, holdback and earn-out</h1>
      <EscrowPanel venture={{ id, currency }} tranches={tranches} reader={actor.ref} may={may} />
    </>
  );
}
