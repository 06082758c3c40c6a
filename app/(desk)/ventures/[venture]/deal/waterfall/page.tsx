import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WaterfallPanel } from "@/components/distribution/waterfall-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getWaterfallPage } from "@/lib/distribution/queries/waterfall";
import { waterfallAsked } from "@/lib/distribution/schema/asked";
import { listDistributions } from "@/lib/ledger/queries/distributions";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Waterfall" };

type WaterfallRouteProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

/** From a headline price to each class and holder, the price that brings an amount, and the money of the closing. */
export default async function WaterfallRoute({ params, searchParams }: WaterfallRouteProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [page, made] = await Promise.all([
    getWaterfallPage(actor, venture.id, waterfallAsked(await searchParams), clock.now()),
    listDistributions(actor, venture.id),
  ]);
  const may = {
    prepare: isPermitted(actor.role, "payment:prepare"),
    release: isPermitted(actor.role, "payment:release"),
  };
  return (
    <>
      <h1 className="sr-only">{venture.name}: waterfall</h1>
      <WaterfallPanel page={page} made={made} may={may} mayEdit={isPermitted(actor.role, "deal:edit")} />
    </>
  );
}
