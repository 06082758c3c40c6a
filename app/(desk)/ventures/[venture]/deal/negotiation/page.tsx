import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { NegotiationPanel } from "@/components/deals/negotiation-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getNegotiationPage } from "@/lib/deals/queries/negotiation";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Negotiation" };

/** Our position against each bidder. */
export default async function NegotiationRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const page = await getNegotiationPage(actor, venture.id, clock.now());
  const [mayEdit, mayAsk] = [isPermitted(actor.role, "deal:edit"), isPermitted(actor.role, "memo:draft")];
  return (
    <>
      <h1 className="sr-only">{venture.name}: negotiation</h1>
      <NegotiationPanel page={page} mayEdit={mayEdit} mayAsk={mayAsk} />
    </>
  );
}
