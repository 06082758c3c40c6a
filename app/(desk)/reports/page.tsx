import type { Metadata } from "next";
import { ArtefactTable } from "@/components/reports/artefact-table";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { requirePermission } from "@/lib/auth/session";
import { listArtefacts } from "@/lib/reports/queries/artefacts";

export const metadata: Metadata = { title: "Reports" };

const MOST = 300;

export default async function ReportsPage() {
  const actor = await requirePermission("report:read");
  const [zone, artefacts] = await Promise.all([readerZone(), listArtefacts(actor, {}, MOST)]);
  return (
    <ListKeys up="/">
      <PageHeader
        title="Reports"
        lead="The newest version of each report. Every number in it opens to its proof; older versions are beside it."
      />
      {artefacts.length === 0 ? (
        <EmptyState title="No report yet" action={<ButtonLink href="/ventures">Ventures</ButtonLink>}>
          A venture's growth panel writes the first; its Reports page keeps the others.
        </EmptyState>
      ) : (
        <ArtefactTable artefacts={artefacts} zone={zone} />
      )}
    </ListKeys>
  );
}
