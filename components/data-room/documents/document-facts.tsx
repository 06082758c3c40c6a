import { buttonStyle } from "@/components/ui/button-style";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import type { DeedLine } from "@/lib/data-room/queries/document";
import type { VersionLine } from "@/lib/data-room/queries/documents";
import { FLAG_WORDS } from "@/lib/data-room/rules/file-types";
import { formatMoment } from "@/lib/format";
import { DEED_WORDS, dwellText, sizeText, typeText } from "../words";

const TEXT_WORDS: Readonly<Record<string, string>> = {
  pending: "being read",
  done: "searchable",
  none: "not searchable",
  failed: "could not be read",
};

export function VersionTable({ versions, zone }: { versions: readonly VersionLine[]; zone: string }) {
  return (
    <Table caption="Versions">
      <TableHead>
        <TableHeadCell numeric>Version</TableHeadCell>
        <TableHeadCell>File</TableHeadCell>
        <TableHeadCell numeric>Size</TableHeadCell>
        <TableHeadCell>SHA-256</TableHeadCell>
        <TableHeadCell>Uploaded</TableHeadCell>
        <TableHeadCell>Text</TableHeadCell>
        <TableHeadCell>
          <span className="sr-only">Download</span>
        </TableHeadCell>
      </TableHead>
      <TableBody>
        {versions.map((one) => (
          <TableRow key={one.id}>
            <TableCell numeric>{one.number}</TableCell>
            <TableRowHead className="min-w-40 break-all">
              {one.fileName}
              <span className="block text-xs font-normal text-muted">
                {[typeText(one.type), ...one.flags.map((flag) => `▲ ${FLAG_WORDS[flag] ?? flag}`)].join(" · ")}
              </span>
            </TableRowHead>
            <TableCell numeric>{sizeText(one.sizeBytes)}</TableCell>
            <TableCell className="min-w-52">
              <code className="text-xs break-all">{one.hash}</code>
            </TableCell>
            <TableCell className="whitespace-nowrap">
              {formatMoment(new Date(one.uploadedAt), zone)}
              <span className="block text-xs text-muted">{one.uploadedBy}</span>
            </TableCell>
            <TableCell>{TEXT_WORDS[one.textState] ?? one.textState}</TableCell>
            <TableCell>
              <a
                className={buttonStyle("bare")}
                href={`/api/data-room/versions/${one.id}`}
                download
                aria-label={`Download version ${one.number}`}
              >
                Download
              </a>
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

export function DeedTable({ deeds, zone }: { deeds: readonly DeedLine[]; zone: string }) {
  if (deeds.length === 0) return <p className="text-muted">Nobody has opened it yet.</p>;
  return (
    <Table caption="Who opened it">
      <TableHead>
        <TableHeadCell>When</TableHeadCell>
        <TableHeadCell>Who</TableHeadCell>
        <TableHeadCell>Did</TableHeadCell>
      </TableHead>
      <TableBody>
        {deeds.map((deed) => (
          <TableRow key={deed.id}>
            <TableCell className="whitespace-nowrap">{formatMoment(new Date(deed.at), zone)}</TableCell>
            <TableRowHead>
              {deed.who}
              <span className="block text-xs font-normal text-muted">{deed.group ?? "of the holding"}</span>
            </TableRowHead>
            <TableCell>
              {DEED_WORDS[deed.kind] ?? deed.kind}
              {deed.seconds ? ` for ${dwellText(deed.seconds)}` : ""}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
