import { LoadedFiles } from "@/components/imports/loaded-files";
import type { KnownSource } from "@/components/imports/source-fields";
import { UploadForm } from "@/components/imports/upload-form";
import { ExportMenu } from "@/components/reports/export-menu";
import { Disclosure } from "@/components/ui/disclosure";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatNumber } from "@/lib/format";
import type { ImportSummary } from "@/lib/imports/queries";
import type { StoredComparable } from "@/lib/valuation/rules/venture-methods";
import { type ComparableKey, type ComparableSort, comparableSortHref, sortComparables } from "./comparable-sort";
import { ExcludeComparable } from "./exclude-comparable";

/** Where multiples come from and which files were loaded, for those who may. */
export type ComparableFiles = { sources: readonly KnownSource[]; imports: readonly ImportSummary[]; zone: string };

type ComparableTableProps = {
  venture: { id: string; slug: string };
  rows: readonly StoredComparable[];
  sort: ComparableSort;
  path: string;
  mayEdit: boolean;
  files: ComparableFiles | null;
};

const KIND_WORDS = { trading: "traded", precedent: "sold" } as const;

/** Multiples of companies that are traded or were sold, each dated, with its source, and left out with a reason. */
export function ComparableTable({ venture, rows, sort, path, mayEdit, files }: ComparableTableProps) {
  const head = (by: ComparableKey, label: string, numeric = false) => (
    <TableHeadCell
      numeric={numeric}
      sort={sort.by === by ? (sort.descending ? "descending" : "ascending") : null}
      sortHref={comparableSortHref(path, sort, by)}
    >
      {label}
    </TableHeadCell>
  );
  return (
    <div className="grid gap-4 *:min-w-0">
      {rows.length > 0 ? (
        <Table
          caption="Comparables and precedents"
          tools={<ExportMenu table="comparables" of="the comparables" query={{ venture: venture.slug }} />}
        >
          <TableHead>
            {head("name", "Company or sale")}
            {head("kind", "Kind")}
            {head("metric", "Multiple of")}
            {head("multiple", "Multiple", true)}
            {head("date", "Of")}
            {head("source", "Source")}
            <TableHeadCell>Counts</TableHeadCell>
          </TableHead>
          <TableBody>
            {sortComparables(rows, sort).map((row) => (
              <TableRow key={row.id}>
                <TableRowHead>{row.name}</TableRowHead>
                <TableCell>{KIND_WORDS[row.kind]}</TableCell>
                <TableCell>{row.metric}</TableCell>
                <TableCell numeric>{formatNumber(row.multiple, { decimals: 2, keepZeros: true })}×</TableCell>
                <TableCell className="whitespace-nowrap">{formatDay(row.date)}</TableCell>
                <TableCell>{row.source}</TableCell>
                <TableCell>
                  {row.excluded ? <span className="block text-muted">left out: {row.excluded}</span> : null}
                  {mayEdit ? <ExcludeComparable id={row.id} name={row.name} excluded={row.excluded} /> : null}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      ) : (
        <p className="prose-width text-muted">
          No multiples are stored. {mayEdit ? "Load a file of them; each row names its day and its source." : null}
        </p>
      )}
      {files ? <Files files={files} venture={venture} /> : null}
    </div>
  );
}

function Files({ files, venture }: { files: ComparableFiles; venture: ComparableTableProps["venture"] }) {
  const dataPath = `/ventures/${venture.slug}/data`;
  return (
    <div>
      <Disclosure summary="Load multiples (CSV or XLSX)">
        <UploadForm ventureId={venture.id} dataPath={dataPath} sources={files.sources} kinds={["comparables"]} />
      </Disclosure>
      <LoadedFiles
        summary="Files that were loaded"
        ventureId={venture.id}
        {...{ dataPath, zone: files.zone, imports: files.imports }}
      />
    </div>
  );
}
