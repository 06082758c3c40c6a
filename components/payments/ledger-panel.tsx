import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import type { LedgerView } from "@/lib/ledger/queries";
import type { DistributionsPage } from "@/lib/ledger/queries/distributions";
import { ACCOUNTS } from "@/lib/ledger/rules/accounts";
import { DistributeForm } from "./distribute-form";
import { Distributions } from "./distributions";

type LedgerPanelProps = {
  venture: { id: string; slug: string; currency: string };
  ledger: LedgerView;
  distributions: DistributionsPage;
  may: { prepare: boolean; release: boolean };
};

/** The books of the sale: what stands on each account, and that debits and credits are equal. */
export function LedgerPanel({ venture, ledger, distributions, may }: LedgerPanelProps) {
  const { accounts, trial, day } = ledger;
  const form =
    may.prepare && distributions.request === null ? (
      <DistributeForm ventureId={venture.id} currency={venture.currency} today={day} />
    ) : null;
  if (accounts.length === 0 && distributions.request === null)
    return (
      <EmptyState title="Nothing is booked yet" action={form}>
        The price that the bank’s statement shows, escrow, holdback and earn-out, what is owed to each holder, and every
        payment will stand here, in double entry.
      </EmptyState>
    );
  return (
    <div className="grid gap-9 *:min-w-0">
      <Distributions page={distributions} today={day} may={may} />
      <Section title={`Trial balance, ${formatDay(day)}`} aside={form}>
        <Table caption="Trial balance by currency">
          <TableHead>
            <TableHeadCell>Currency</TableHeadCell>
            <TableHeadCell numeric>Debits</TableHeadCell>
            <TableHeadCell numeric>Credits</TableHeadCell>
            <TableHeadCell>Books</TableHeadCell>
          </TableHead>
          <TableBody>
            {trial.map(({ currency, debit, credit, balanced }) => (
              <TableRow key={currency}>
                <TableRowHead>{currency}</TableRowHead>
                <TableCell numeric>
                  <FigureValue figure={debit} exact />
                </TableCell>
                <TableCell numeric>
                  <FigureValue figure={credit} exact />
                </TableCell>
                <TableCell>
                  <Level level={balanced ? "healthy" : "critical"} word={balanced ? "balanced" : "not balanced"} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
      <Section
        title="Accounts"
        aside={<ExportMenu table="ledger" of="the accounts" query={{ venture: venture.slug }} />}
      >
        <Table caption="Accounts of the sale">
          <TableHead>
            <TableHeadCell>Account</TableHeadCell>
            <TableHeadCell>Of</TableHeadCell>
            <TableHeadCell numeric>Balance</TableHeadCell>
            <TableHeadCell>What it holds</TableHeadCell>
          </TableHead>
          <TableBody>
            {accounts.map(({ id, kind, name, figure }) => (
              <TableRow key={id}>
                <TableRowHead>
                  <TextLink href={`/ventures/${venture.slug}/deal/payments/ledger/${id}`}>
                    {ACCOUNTS[kind].label}
                    <span className="sr-only"> {name}</span>
                  </TextLink>
                </TableRowHead>
                <TableCell>{name}</TableCell>
                <TableCell numeric>
                  <FigureValue figure={figure} exact />
                </TableCell>
                <TableCell className="text-sm text-muted">{ACCOUNTS[kind].explains}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </Section>
    </div>
  );
}
