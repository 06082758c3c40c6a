import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PayeesPanel } from "@/components/payments/payees-panel";
import { readerZone } from "@/components/shell/reader";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { getPayees } from "@/lib/payments/queries/payees";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Payees" };

/** Who is paid, and who has confirmed where to. */
export default async function PayeesRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [page, zone] = await Promise.all([getPayees(actor, venture.id), readerZone()]);
  const may = {
    prepare: isPermitted(actor.role, "payment:prepare"),
    release: isPermitted(actor.role, "payment:release"),
  };
  return (
    <>
      <h1 className="sr-only">{venture.name}: payees</h1>
      <PayeesPanel ventureId={venture.id} page={page} may={may} zone={zone} />
    </>
  );
}
