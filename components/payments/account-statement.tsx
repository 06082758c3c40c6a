import { ExportMenu } from "@/components/reports/export-menu";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay, formatExactMoney } from "@/lib/format";
import type { AccountStatement } from "@/lib/ledger/queries";
import { ACCOUNTS } from "@/lib/ledger/rules/accounts";
import { fromMinor } from "@/lib/money";

/** What moved on an account, with the balance after each line. */
export function AccountStatementTable({ slug, statement }: { slug: string; statement: AccountStatement }) {
  const { account, lines, closingMinor } = statement;
  const { label, explains } = ACCOUNTS[account.kind];
  const money = (minor: bigint) => formatExactMoney(fromMinor(minor, account.currency).toFixed(), account.currency);
  return (
    <>
      <PageHeader
        title={account.name ? `${label}: ${account.name}` : label}
        lead={`${explains}. ${money(closingMinor)} at the end.`}
        trail={<TextLink href={`/ventures/${slug}/deal/payments/ledger`}>All accounts</TextLink>}
        actions={
          <ExportMenu table="account-statement" of="this account" query={{ venture: slug, account: account.id }} />
        }
      />
      {lines.length === 0 ? (
        <p className="py-2 text-muted">Nothing has moved on it yet.</p>
      ) : (
        <Table caption={`Statement of ${label} ${account.name}`}>
          <TableHead>
            <TableHeadCell>Day</TableHeadCell>
            <TableHeadCell>Entry</TableHeadCell>
            <TableHeadCell numeric>Amount</TableHeadCell>
            <TableHeadCell numeric>Balance</TableHeadCell>
          </TableHead>
          <TableBody>
            {lines.map((line) => (
              <TableRow key={line.transactionId}>
                <TableCell className="whitespace-nowrap">{formatDay(line.day)}</TableCell>
                <TableRowHead className="py-1.5">
                  {line.description}
                  <span className="block text-sm font-normal text-muted">
                    {line.kind}
                    {line.reversed ? ", undone later" : ""}
                  </span>
                </TableRowHead>
                <TableCell numeric>{money(line.amountMinor)}</TableCell>
                <TableCell numeric>{money(line.balanceMinor)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      )}
    </>
  );
}
