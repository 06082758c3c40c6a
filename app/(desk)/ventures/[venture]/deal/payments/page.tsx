import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PaymentsPanel } from "@/components/payments/payments-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listTranches } from "@/lib/ledger/queries/tranches";
import { getPaymentsPage } from "@/lib/payments/queries/payments-page";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Payments" };

/** What the sale owes, what is paid of it, and what the bank says. */
export default async function PaymentsRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const today = clock.now().toISOString().slice(0, 10);
  const [page, tranches] = await Promise.all([
    getPaymentsPage(actor, venture.id, today),
    listTranches(actor, venture.id, today),
  ]);
  const may = {
    prepare: isPermitted(actor.role, "payment:prepare"),
    release: isPermitted(actor.role, "payment:release"),
    draft: isPermitted(actor.role, "memo:draft"),
  };
  return (
    <>
      <h1 className="sr-only">{venture.name}: payments</h1>
      <PaymentsPanel
        venture={{ id: venture.id, slug: venture.slug }}
        page={page}
        tranches={tranches.map(({ id, label }) => ({ id, label }))}
        today={today}
        may={may}
      />
    </>
  );
}
