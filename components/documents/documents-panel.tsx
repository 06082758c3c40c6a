import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { Level } from "@/components/ui/level";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { DocumentLine, DocumentsPage } from "@/lib/documents/queries/documents";
import { KIND_NAMES } from "@/lib/documents/schema";
import { formatDay, plural } from "@/lib/format";
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
      <Table caption="Documents of the sale">
        <TableHead>
          <TableHeadCell>Document</TableHeadCell>
          <TableHeadCell>Bidder</TableHeadCell>
          <TableHeadCell>State</TableHeadCell>
          <TableHeadCell>Missing</TableHeadCell>
          <TableHeadCell>Written</TableHeadCell>
        </TableHead>
        <TableBody>
          {documents.map((line) => (
            <Line key={line.id} line={line} href={`${base}/documents/${line.id}`} />
          ))}
        </TableBody>
      </Table>
    </div>
  );
}

function Line({ line, href }: { line: DocumentLine; href: string }) {
  const { kind, title, bidder, state, sentOn, missing, version, at, byName } = line;
  const about = title.slice(KIND_NAMES[kind].length + 2);
  return (
    <TableRow>
      <TableRowHead>
        <TextLink href={href}>{about && about !== bidder ? title : KIND_NAMES[kind]}</TextLink>
      </TableRowHead>
      <TableCell>{bidder}</TableCell>
      <TableCell className="whitespace-nowrap">
        <Badge>{state}</Badge>
        {state === "sent" && sentOn ? <span className="text-sm text-muted"> {formatDay(sentOn)}</span> : null}
      </TableCell>
      <TableCell className="whitespace-nowrap">
        {missing === 0 ? "nothing" : <Level level="warning" word={plural(missing, "part")} />}
      </TableCell>
      <TableCell className="whitespace-nowrap text-muted">
        version {version}, {formatDay(at.slice(0, 10))}, {byName}
      </TableCell>
    </TableRow>
  );
}
