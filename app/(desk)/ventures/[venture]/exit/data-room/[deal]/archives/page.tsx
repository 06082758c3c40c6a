import type { Metadata } from "next";
import { RoomHeader } from "@/components/data-room/room/room-header";
import { sizeText } from "@/components/data-room/words";
import { readerZone } from "@/components/shell/reader";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { requirePermission } from "@/lib/auth/session";
import { listArchives } from "@/lib/data-room/queries/archives";
import { formatMoment, plural } from "@/lib/format";
import { roomOf } from "../../room-of";

export const metadata: Metadata = { title: "Frozen states" };

export default async function ArchivesPage({ params }: { params: Promise<{ venture: string; deal: string }> }) {
  const actor = await requirePermission("data-room:manage");
  const { head, path } = await roomOf(params);
  const [archives, zone] = await Promise.all([listArchives(actor, head.id), readerZone()]);
  return (
    <>
      <RoomHeader head={head} path={path} />
      {archives.length === 0 ? (
        <EmptyState title="Never frozen">
          A freeze fixes what was disclosed: every document by its hash, and one archive of them all.
        </EmptyState>
      ) : (
        <Table caption="Frozen states">
          <TableHead>
            {["No.", "Why", "Frozen", "Hashes", "Archive"].map((label) => (
              <TableHeadCell key={label}>{label}</TableHeadCell>
            ))}
          </TableHead>
          <TableBody>
            {archives.map((one) => (
              <TableRow key={one.id}>
                <TableCell>{one.number}</TableCell>
                <TableRowHead className="min-w-40">
                  {one.reason}
                  {one.reopenedAt ? (
                    <span className="block text-xs font-normal text-muted">
                      Opened again {formatMoment(new Date(one.reopenedAt), zone)}: {one.reopenReason}
                    </span>
                  ) : null}
                </TableRowHead>
                <TableCell className="whitespace-nowrap">
                  {formatMoment(new Date(one.frozenAt), zone)}
                  <span className="block text-xs text-muted">{one.frozenBy}</span>
                </TableCell>
                <TableCell className="min-w-72 text-xs">
                  List <code className="break-all">{one.manifestHash}</code>
                  <span className="block">
                    Archive <code className="break-all">{one.archiveHash}</code>
                  </span>
                </TableCell>
                <TableCell>
                  <a className={buttonStyle("bare")} href={`/api/data-room/archives/${one.id}`} download>
                    {plural(one.documents, "document")}, {sizeText(one.sizeBytes)}
                  </a>
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
