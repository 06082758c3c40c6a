import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { LedgerPanel } from "@/components/payments/ledger-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getLedger } from "@/lib/ledger/queries";
import { listDistributions } from "@/lib/ledger/queries/distributions";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Ledger" };

/** The books of the sale. */
export default async function LedgerRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [ledger, distributions] = await Promise.all([
    getLedger(actor, venture.id, clock.now().toISOString().slice(0, 10)),
    listDistributions(actor, venture.id),
  ]);
  const may = {
    prepare: isPermitted(actor.role, "payment:prepare"),
    release: isPermitted(actor.role, "payment:release"),
  };
  const { id, slug, name, currency } = venture;
  return (
    <>
      <h1 className="sr-only">{name}: ledger</h1>
      <LedgerPanel venture={{ id, slug, currency }} ledger={ledger} distributions={distributions} may={may} />
    </>
  );
}
