import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { readComparableSort } from "@/components/valuation/comparable-sort";
import { ValuationPanel } from "@/components/valuation/valuation-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listImports, listSources } from "@/lib/imports/queries";
import { findVentureValuation } from "@/lib/valuation/queries/page";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Valuation" };

type PageProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What the venture is worth by several methods, from the enterprise to the group's net proceeds. */
export default async function ValuationPage({ params, searchParams }: PageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const mayImport = isPermitted(actor.role, "data:import");
  const [found, imports, sources] = await Promise.all([
    findVentureValuation(actor, venture.id, clock.now()),
    mayImport ? listImports(actor, venture.id, 200, "comparables") : [],
    mayImport ? listSources(actor, venture.id) : [],
  ]);
  if (!found) notFound();
  return (
    <>
      <h1 className="sr-only">{venture.name}: valuation</h1>
      <ValuationPanel
        found={found}
        sort={readComparableSort((await searchParams).sort)}
        path={`/ventures/${venture.slug}/exit/valuation`}
        mayEdit={isPermitted(actor.role, "valuation:edit")}
        files={mayImport ? { imports, sources, zone: venture.timeZone } : null}
      />
    </>
  );
}
