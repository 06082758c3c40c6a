import { ExportMenu } from "@/components/reports/export-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatNumber } from "@/lib/format";
import type { RatePair } from "@/lib/metrics/queries/rates";

const DAY_MS = 86_400_000;
/** Month-end rates are at most a month old, and a few days late. */
const LATE_DAYS = 40;

type RatePairsProps = { pairs: readonly RatePair[]; chosen: string | null; today: Date };

/** What is known of each pair: its newest rate, how far back it goes, and how many ventures need it. */
export function RatePairs({ pairs, chosen, today }: RatePairsProps) {
  if (pairs.length === 0) {
    return (
      <EmptyState title="No exchange rates yet">
        Amounts in another currency than their venture's stay unknown until a rate is added or a file is imported.
      </EmptyState>
    );
  }
  const late = (day: string) => today.getTime() - Date.parse(day) > LATE_DAYS * DAY_MS;
  return (
    <Table caption="Pairs of currencies" tools={<ExportMenu table="rates" of="all rates" />}>
      <TableHead>
        <TableHeadCell>Pair</TableHeadCell>
        <TableHeadCell numeric>Newest rate</TableHeadCell>
        <TableHeadCell>Of</TableHeadCell>
        <TableHeadCell>Published by</TableHeadCell>
        <TableHeadCell numeric>Rates</TableHeadCell>
        <TableHeadCell>Since</TableHeadCell>
        <TableHeadCell numeric>Ventures</TableHeadCell>
      </TableHead>
      <TableBody>
        {pairs.map(({ base, quote, rate, newest, source, rates, from, ventures }) => {
          const key = `${base}-${quote}`;
          return (
            <TableRow key={key} aria-selected={key === chosen || undefined}>
              <TableRowHead className="whitespace-nowrap">
                <TextLink href={`/settings/rates?pair=${key}`} scroll={false}>
                  {base}/{quote}
                </TextLink>
              </TableRowHead>
              <TableCell numeric>{rate}</TableCell>
              <TableCell className="whitespace-nowrap">
                {formatDay(newest)} {late(newest) ? <Level level="warning" word="old" /> : null}
              </TableCell>
              <TableCell>{source}</TableCell>
              <TableCell numeric>{formatNumber(rates, { decimals: 0 })}</TableCell>
              <TableCell className="whitespace-nowrap">{formatDay(from)}</TableCell>
              <TableCell numeric>{formatNumber(ventures, { decimals: 0 })}</TableCell>
            </TableRow>
          );
        })}
      </TableBody>
    </Table>
  );
}
