import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { WaterfallPanel } from "@/components/distribution/waterfall-panel";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getWaterfallPage } from "@/lib/distribution/queries/waterfall";
import { waterfallAsked } from "@/lib/distribution/schema/asked";
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
  const page = await getWaterfallPage(actor, venture.id, waterfallAsked(await searchParams), clock.now());
  return (
    <>
      <h1 className="sr-only">{venture.name}: waterfall</h1>
      <WaterfallPanel page={page} mayEdit={isPermitted(actor.role, "deal:edit")} />
    </>
  );
}
