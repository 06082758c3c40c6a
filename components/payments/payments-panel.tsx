import { ExportMenu } from "@/components/reports/export-menu";
import { Section } from "@/components/ui/section";
import type { PaymentsPage } from "@/lib/payments/queries/payments-page";
import { BankSection } from "./bank-section";
import { BatchCard, type May } from "./batch-card";
import { DraftForm } from "./draft-form";
import { ExplainedLines } from "./explained-lines";
import { OpenLines } from "./open-lines";

type PaymentsPanelProps = {
  venture: { id: string; slug: string };
  page: PaymentsPage;
  tranches: readonly { id: string; label: string }[];
  today: string;
  may: May;
};

/** From what is owed to what the bank has booked. */
export function PaymentsPanel({ venture, page, tranches, today, may }: PaymentsPanelProps) {
  const { banks, owed, batches, lines, explained } = page;
  return (
    <div className="grid gap-9 *:min-w-0">
      <BankSection ventureId={venture.id} banks={banks} may={may} />
      <DraftForm ventureId={venture.id} owed={owed} banks={banks} today={today} mayPrepare={may.prepare} />
      <Section
        title="Payments"
        aside={
          batches.length > 0 ? <ExportMenu table="payments" of="payments" query={{ venture: venture.slug }} /> : null
        }
      >
        {batches.length === 0 ? (
          <p className="py-2 text-muted">
            None yet. Choose what to pay above; two people approve it, a chairman makes the bank’s file, and the bank’s
            statement says what became of it.
          </p>
        ) : (
          <div className="grid gap-5 *:min-w-0">
            {batches.map((batch) => (
              <BatchCard key={batch.id} batch={batch} may={may} />
            ))}
          </div>
        )}
      </Section>
      <OpenLines lines={lines} tranches={tranches} mayPrepare={may.prepare} />
      {explained.length > 0 ? <ExplainedLines lines={explained} mayPrepare={may.prepare} /> : null}
    </div>
  );
}
