import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { OffersPanel } from "@/components/deals/offers-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getOffersPage } from "@/lib/deals/queries/offers";
import { listImports, listSources } from "@/lib/imports/queries";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Offers" };

/** What each offer brings the group and each holder, side by side. */
export default async function OffersRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const mayImport = isPermitted(actor.role, "data:import");
  const [page, imports, sources] = await Promise.all([
    getOffersPage(actor, venture.id, clock.now()),
    mayImport ? listImports(actor, venture.id, 200, "offers") : [],
    mayImport ? listSources(actor, venture.id) : [],
  ]);
  const files = mayImport ? { imports, sources, zone: venture.timeZone } : null;
  return (
    <>
      <h1 className="sr-only">{venture.name}: offers</h1>
      <OffersPanel page={page} mayEdit={isPermitted(actor.role, "deal:edit")} files={files} />
    </>
  );
}
