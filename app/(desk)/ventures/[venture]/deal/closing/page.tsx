import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ClosingPanel } from "@/components/closing/closing-panel";
import { ImpedimentSection } from "@/components/stage/impediment-section";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getClosingPage } from "@/lib/closing/queries/closing";
import { listImports, listSources } from "@/lib/imports/queries";
import { listImpediments } from "@/lib/stage/queries/impediments";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Closing" };

type ClosingRouteProps = {
  params: Promise<{ venture: string }>;
  searchParams: Promise<{ deal?: string | string[] }>;
};

/** What has to be there before the sale closes, and who has signed. */
export default async function ClosingRoute({ params, searchParams }: ClosingRouteProps) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const { deal } = await searchParams;
  const mayImport = isPermitted(actor.role, "data:import");
  const [page, imports, sources] = await Promise.all([
    getClosingPage(actor, venture.id, typeof deal === "string" ? deal : null, clock.now()),
    mayImport ? listImports(actor, venture.id, 200, "checklist") : [],
    mayImport ? listSources(actor, venture.id) : [],
  ]);
  const files = mayImport ? { imports, sources, zone: venture.timeZone } : null;
  const blocks = await listImpediments(actor, venture.id, "regulatory-block");
  const places = page.deals
    .filter(({ stage }) => stage !== "complete")
    .map(({ id, bidder }) => ({ value: id, label: bidder }));
  const [mayEdit, mayAsk] = [isPermitted(actor.role, "deal:edit"), isPermitted(actor.role, "memo:draft")];
  return (
    <>
      <h1 className="sr-only">{venture.name}: closing</h1>
      <div className="grid gap-9 *:min-w-0">
        <ClosingPanel page={page} mayEdit={mayEdit} mayAsk={mayAsk} files={files} />
        {places.length > 0 || blocks.length > 0 ? (
          <ImpedimentSection
            {...{ ventureId: venture.id, kind: "regulatory-block", impediments: blocks, places, mayRecord: mayEdit }}
            title="Regulators"
            empty="No regulator stands against the deal. One that blocks it, or clears it with conditions only, is recorded here."
          />
        ) : null}
      </div>
    </>
  );
}
