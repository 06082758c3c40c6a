import { ExportMenu } from "@/components/reports/export-menu";
import { TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatMoment, formatNumber } from "@/lib/format";
import type { RateFilter, RateRow } from "@/lib/metrics/queries/rates";
import { TakeBackRate } from "./take-back-rate";

type RateTableProps = {
  listed: { rows: readonly RateRow[]; total: number };
  filter: RateFilter;
  page: number;
  pageSize: number;
  zone: string;
  mayChange: boolean;
};

const count = (value: number) => formatNumber(value, { decimals: 0 });

function hrefOf({ base, quote, history }: RateFilter, page: number): string {
  const query = new URLSearchParams({
    ...(base && quote ? { pair: `${base}-${quote}` } : {}),
    ...(history ? { history: "1" } : {}),
    ...(page > 1 ? { page: String(page) } : {}),
  });
  return `/settings/rates${query.size > 0 ? `?${query}` : ""}`;
}

/** Rates by day, the newest first, down to the row of the file or the person that said so. */
export function RateTable({ listed: { rows, total }, filter, page, pageSize, zone, mayChange }: RateTableProps) {
  if (total === 0) return <p className="py-2 text-muted">No rate is stored for this pair.</p>;
  const { base, quote, history } = filter;
  const first = (page - 1) * pageSize + 1;
  return (
    <div className="grid gap-2 *:min-w-0">
      <Table
        caption="Exchange rates, newest first"
        compact
        tools={
          <div className="flex flex-wrap items-center gap-x-4 text-sm">
            {base ? <TextLink href="/settings/rates">All pairs</TextLink> : null}
            <TextLink href={hrefOf({ base, quote, history: !history }, 1)} scroll={false}>
              {history ? "Only what stands" : "With what was replaced"}
            </TextLink>
            <ExportMenu table="rates" of="these rates" query={{ base, quote, history: history ? "1" : null }} />
          </div>
        }
      >
        <TableHead>
          <TableHeadCell>Day</TableHeadCell>
          <TableHeadCell>Pair</TableHeadCell>
          <TableHeadCell numeric>Rate</TableHeadCell>
          <TableHeadCell>Published by</TableHeadCell>
          <TableHeadCell>From</TableHeadCell>
          <TableHeadCell>Recorded</TableHeadCell>
          <TableHeadCell>
            <span className="sr-only">Actions</span>
          </TableHeadCell>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.id}>
              <TableRowHead className="whitespace-nowrap">{formatDay(row.day)}</TableRowHead>
              <TableCell className="whitespace-nowrap">
                {row.base}/{row.quote}
              </TableCell>
              <TableCell numeric>
                {row.supersededAt ? <del className="text-muted">{row.rate}</del> : row.rate}
              </TableCell>
              <TableCell>{row.source}</TableCell>
              <TableCell>
                <Origin row={row} />
              </TableCell>
              <TableCell className="whitespace-nowrap">
                {formatMoment(new Date(row.recordedAt), zone)}
                {row.supersededAt ? (
                  <span className="block text-muted">replaced {formatMoment(new Date(row.supersededAt), zone)}</span>
                ) : null}
              </TableCell>
              <TableCell>
                {mayChange && row.byPerson && row.supersededAt === null ? <TakeBackRate rate={row} /> : null}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
      <Pagination
        page={page}
        pages={Math.ceil(total / pageSize)}
        summary={`${count(first)}–${count(first + rows.length - 1)} of ${count(total)} rates`}
        hrefOf={(next) => hrefOf(filter, next)}
      />
    </div>
  );
}

function Origin({ row: { importId, fileName, rowNumber, recordedBy, byPerson, reason } }: { row: RateRow }) {
  if (importId && fileName)
    return (
      <TextLink href={`/settings/rates/imports/${importId}`}>
        {fileName}, row {rowNumber}
      </TextLink>
    );
  return (
    <>
      {byPerson ? recordedBy : "at the start"}
      {reason ? <span className="block text-muted">{reason}</span> : null}
    </>
  );
}
