import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { parseOrder } from "@/components/growth/lever-views";
import { LeversPanel } from "@/components/growth/levers-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getVentureLevers } from "@/lib/growth/queries/levers";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Levers" };

type PageProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** What could be done about growth, ranked, and which of it to do now. */
export default async function LeversPage({ params, searchParams }: PageProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const found = await getVentureLevers(actor, venture.id, null, clock.now());
  return (
    <>
      <h1 className="sr-only">{venture.name}: levers</h1>
      <LeversPanel
        found={found}
        order={parseOrder(await searchParams)}
        path={`/ventures/${venture.slug}/growth/levers`}
        mayPropose={isPermitted(actor.role, "memo:draft")}
        mayLoad={isPermitted(actor.role, "data:import")}
      />
    </>
  );
}
