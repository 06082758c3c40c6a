import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import type { DocumentsPage } from "@/lib/documents/queries/documents";
import { DocumentTable } from "./document-table";
import { WriteDialog } from "./write-dialog";

/** The papers of the sale: what is a draft, what may go, what went. */
export function DocumentsPanel({ page, mayEdit }: { page: DocumentsPage; mayEdit: boolean }) {
  const { documents, deals, venture } = page;
  const base = `/ventures/${venture.slug}/deal`;
  const write = mayEdit && deals.length > 0 ? <WriteDialog page={page} /> : null;
  if (documents.length === 0)
    return (
      <EmptyState title="Nothing written yet" action={write ?? <ButtonLink href={base}>The sale</ButtonLink>}>
        {deals.length === 0
          ? "Documents are written from a bidder’s terms. There is no bidder yet."
          : "Letters, certificates and notices are written from the house’s templates and the terms of an offer. What nobody has said is marked, never made up."}
      </EmptyState>
    );
  return (
    <div className="grid gap-6 *:min-w-0">
      <PageHeader
        title="Documents"
        lead="Counsel must review each of them. Nothing leaves before the chairman says so."
        trail={<TextLink href={`${base}/documents/templates`}>Templates</TextLink>}
        actions={write}
      />
      <DocumentTable documents={documents} base={`${base}/documents`} />
    </div>
  );
}
