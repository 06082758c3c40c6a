import { actorWords } from "@/components/record/event-words";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatMoment } from "@/lib/format";
import type { ListedArtefact } from "@/lib/reports/queries/artefacts";
import { reportHref, reportsHref, roomOfKind } from "@/lib/reports/schema";
import { DownloadLinks } from "./download-links";
import { ExportMenu } from "./export-menu";

/** The stored reports of all ventures in sight, newest first. */
export function ArtefactTable({ artefacts, zone }: { artefacts: readonly ListedArtefact[]; zone: string }) {
  return (
    <Table caption="Reports, newest first" tools={<ExportMenu table="reports" of="the list of reports" />}>
      <TableHead>
        <TableHeadCell>Report</TableHeadCell>
        <TableHeadCell>Venture</TableHeadCell>
        <TableHeadCell>Kind</TableHeadCell>
        <TableHeadCell numeric>Version</TableHeadCell>
        <TableHeadCell>Stored</TableHeadCell>
        <TableHeadCell>By</TableHeadCell>
        <TableHeadCell>
          <span className="sr-only">Files</span>
        </TableHeadCell>
      </TableHead>
      <TableBody>
        {artefacts.map((artefact) => (
          <TableRow key={artefact.id}>
            <TableRowHead className="min-w-56">
              <TextLink href={reportHref(artefact.venture.slug, artefact)} quiet data-list-item>
                {artefact.title}
              </TextLink>
            </TableRowHead>
            <TableCell className="whitespace-nowrap">
              <TextLink href={reportsHref(artefact.venture.slug, roomOfKind(artefact.kind))} quiet>
                {artefact.venture.name}
              </TextLink>
            </TableCell>
            <TableCell>{artefact.kindName}</TableCell>
            <TableCell numeric>{artefact.version}</TableCell>
            <TableCell className="whitespace-nowrap text-muted">{formatMoment(artefact.createdAt, zone)}</TableCell>
            <TableCell>{artefact.agent ? actorWords(`agent:${artefact.agent}`) : "rules"}</TableCell>
            <TableCell className="whitespace-nowrap text-right">
              <DownloadLinks
                artefactId={artefact.id}
                of={`${artefact.title}, version ${artefact.version},`}
                held={artefact.held}
                why={reportHref(artefact.venture.slug, artefact)}
              />
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
