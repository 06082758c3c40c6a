import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readLeverSort } from "@/components/valuation/plan/lever-sort";
import { PlanPanel } from "@/components/valuation/plan/plan-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { findPlan } from "@/lib/valuation/queries/optimization-page";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Optimization plan" };

type PageProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What raises the value most for the effort, in which order, and what came of it. */
export default async function PlanRoute({ params, searchParams }: PageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  const page = venture ? await findPlan(actor, venture.id, clock.now()) : null;
  if (!venture || !page) notFound();
  return (
    <>
      <h1 className="sr-only">{venture.name}: optimization plan</h1>
      <PlanPanel
        page={page}
        sort={readLeverSort((await searchParams).sort)}
        path={`/ventures/${venture.slug}/exit/plan`}
        mayEdit={isPermitted(actor.role, "valuation:edit")}
      />
    </>
  );
}
