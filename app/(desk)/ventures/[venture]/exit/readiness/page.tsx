import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ReadinessPanel } from "@/components/readiness/readiness-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getReadinessPage } from "@/lib/readiness/queries/readiness-page";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Exit readiness" };

/** How ready the venture is for a sale, and what to do next. */
export default async function ReadinessRoute({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const page = await getReadinessPage(actor, venture.id, clock.now());
  return (
    <>
      <h1 className="sr-only">{venture.name}: exit readiness</h1>
      <ReadinessPanel page={page} mayScore={isPermitted(actor.role, "readiness:score")} />
    </>
  );
}
