import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OffersPanel } from "@/components/deals/offers-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getOffersPage } from "@/lib/deals/queries/offers";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Offers" };

/** What each offer brings the group and each holder, side by side. */
export default async function OffersRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const page = await getOffersPage(actor, venture.id, clock.now());
  return (
    <>
      <h1 className="sr-only">{venture.name}: offers</h1>
      <OffersPanel page={page} mayEdit={isPermitted(actor.role, "deal:edit")} />
    </>
  );
}
