import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TimingPanel } from "@/components/market/timing-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listServers } from "@/lib/imports/queries/servers";
import { listSeriesLoads } from "@/lib/market/queries/series";
import { findTiming } from "@/lib/market/queries/timing-page";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Exit timing" };

/** When to sell: the market, readiness and runway, and what waiting is worth. */
export default async function TimingRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const page = await findTiming(actor, venture.id, clock.now());
  if (!page) notFound();
  const mayEdit = isPermitted(actor.role, "valuation:edit");
  return (
    <>
      <h1 className="sr-only">{venture.name}: exit timing</h1>
      <TimingPanel
        page={page}
        loads={await listSeriesLoads(actor)}
        servers={mayEdit ? await listServers(actor, null) : []}
        mayEdit={mayEdit}
      />
    </>
  );
}
