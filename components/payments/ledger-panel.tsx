import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { Level } from "@/components/ui/level";
import { Section } from "@/components/ui/section";
import { Table, TableBody, TableCell, TableHead, TableRow, TableRowHead } from "@/components/ui/table";
import { TableHeadCell } from "@/components/ui/table-head-cell";
import { formatDay } from "@/lib/format";
import type { LedgerView } from "@/lib/ledger/queries";
import type { DistributionsPage } from "@/lib/ledger/queries/distributions";
import { AccountTable } from "./account-table";
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
  const { slug } = venture;
  const mayAsk = may.prepare && distributions.request === null;
  const form = mayAsk ? <DistributeForm ventureId={venture.id} currency={venture.currency} today={day} /> : null;
  if (accounts.length === 0 && distributions.request === null)
    return (
      <EmptyState title="Nothing is booked yet" action={form}>
        The price that the bank’s statement shows, escrow, holdback and earn-out, what is owed to each holder, and every
        payment will stand here, in double entry.
      </EmptyState>
    );
  return (
    <div className="grid gap-9 *:min-w-0">
      <Distributions slug={slug} page={distributions} today={day} may={may} />
      <Section title={`Trial balance, ${formatDay(day)}`} aside={form}>
        <TrialBalance trial={trial} />
      </Section>
      <Section title="Accounts" aside={<ExportMenu table="ledger" of="the accounts" query={{ venture: slug }} />}>
        <AccountTable slug={slug} accounts={accounts} />
      </Section>
    </div>
  );
}

function TrialBalance({ trial }: Pick<LedgerView, "trial">) {
  return (
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
  );
}
