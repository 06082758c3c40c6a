import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ExportMenu } from "@/components/reports/export-menu";
import { OutputList } from "@/components/reports/output-list";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { listArtefacts } from "@/lib/reports/queries/artefacts";
import { ventureOf } from "../../venture-of";

export const metadata: Metadata = { title: "Exit reports" };

const MOST = 200;

/** The outputs of the Exit agent: the newest version of each, and how to keep another. */
export default async function GrowthReportsPage({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("report:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [zone, artefacts] = await Promise.all([readerZone(), listArtefacts(actor, { ventureId: venture.id }, MOST)]);
  return (
    <ListKeys up={`/ventures/${venture.slug}/exit`}>
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="headline text-xl">Reports</h1>
        <ExportMenu table="reports" of="the list of reports" query={{ venture: venture.slug }} />
      </div>
      <OutputList
        of="exit"
        venture={venture}
        artefacts={artefacts}
        zone={zone}
        mayWrite={isPermitted(actor.role, "run:start")}
      />
    </ListKeys>
  );
}
