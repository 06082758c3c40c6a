import { type Files, TableFiles } from "@/components/imports/table-files";
import { ExportMenu } from "@/components/reports/export-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { ClosingPage } from "@/lib/closing/queries/closing";
import { Checklist } from "./checklist";
import { ClosingHead } from "./closing-head";
import { OpenClosing } from "./open-closing";
import { RegulatoryCard } from "./regulatory-card";
import { Removed } from "./removals";
import { SignatureMatrix } from "./signature-matrix";
import { StatusUpdates } from "./status-updates";

type ClosingPanelProps = { page: ClosingPage; mayEdit: boolean; mayAsk: boolean; files: Files | null };

/** From the signed agreement to closing: what is open, what holds it up, who has signed. */
export function ClosingPanel({ page, mayEdit, mayAsk, files }: ClosingPanelProps) {
  const { venture, deals, chosen, closing, documents, names, today } = page;
  if (!chosen)
    return (
      <EmptyState title="No deal is on its way to closing">
        The checklist begins once the chairman has approved the definitive agreement. Conditions, signatures and the
        regulatory question stand here from then on.
      </EmptyState>
    );
  const others = deals.filter(({ id }) => id !== chosen.id);
  const links = others.map(({ id, bidder }) => (
    <TextLink key={id} href={`/ventures/${venture.slug}/deal/closing?deal=${id}`}>
      {bidder}
    </TextLink>
  ));
  if (!closing)
    return (
      <div className="grid gap-6">
        {links.length > 0 ? <p className="flex flex-wrap gap-4">Also: {links}</p> : null}
        <EmptyState
          title={`No checklist for ${chosen.bidder} yet`}
          action={mayEdit ? <OpenClosing dealId={chosen.id} /> : null}
        >
          It begins with what a sale of its kind usually needs; every item can be changed, added or set aside.
        </EmptyState>
      </div>
    );
  const exported = <ExportMenu table="closing" of="the checklist" query={{ venture: venture.slug, deal: chosen.id }} />;
  return (
    <div className="grid gap-9 *:min-w-0">
      {links.length > 0 ? <p className="flex flex-wrap gap-4">Also: {links}</p> : null}
      <ClosingHead closing={closing} mayAsk={mayAsk} />
      <Section title="Checklist" aside={exported}>
        <Checklist {...{ closing, documents, names, today, mayEdit, mayAsk }} />
        <Removed closing={closing} mayEdit={mayEdit} />
        {files ? (
          <TableFiles kind="checklist" summary="Load a checklist (CSV or XLSX)" {...{ files, venture }} />
        ) : null}
      </Section>
      <SignatureMatrix closing={closing} today={today} mayEdit={mayEdit} />
      <RegulatoryCard closing={closing} mayEdit={mayEdit} />
      <StatusUpdates {...{ closing, venture, today, mayEdit, mayAsk }} />
    </div>
  );
}
