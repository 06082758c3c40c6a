import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { BuyersPanel } from "@/components/buyers/buyers-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { getBuyersPage } from "@/lib/buyers/queries";
import { clock } from "@/lib/clock";
import { listImports, listSources } from "@/lib/imports/queries";
import { listServers } from "@/lib/imports/queries/servers";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Buyers" };

/** Who may buy the venture, and how far each of them is. */
export default async function BuyersRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const mayImport = isPermitted(actor.role, "data:import");
  const [page, imports, sources, servers] = await Promise.all([
    getBuyersPage(actor, venture.id, clock.now()),
    mayImport ? listImports(actor, venture.id, 200, "buyers") : [],
    mayImport ? listSources(actor, venture.id) : [],
    mayImport ? listServers(actor, venture.id) : [],
  ]);
  const lists = { imports, sources, servers, zone: venture.timeZone };
  return (
    <>
      <h1 className="sr-only">{venture.name}: buyers</h1>
      <BuyersPanel page={page} mayEdit={isPermitted(actor.role, "buyer:edit")} lists={mayImport ? lists : null} />
    </>
  );
}
