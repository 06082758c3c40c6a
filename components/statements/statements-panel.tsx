import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { buttonStyle } from "@/components/ui/button-style";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { RecordsPage } from "@/lib/distribution/queries/records/records";
import { LOT_METHOD } from "@/lib/distribution/rules/records/statement";
import { DISTRIBUTION_RECORD } from "@/lib/distribution/schema/records";
import { formatDay, plural } from "@/lib/format";
import { reportHref } from "@/lib/reports/schema";
import { FreezeForm } from "./freeze-form";
import { HolderTable } from "./holder-table";
import { IssueForm } from "./issue-form";
import { LotTable } from "./lot-table";
import { RegisterTable } from "./register-table";
import { ReturnsSection } from "./returns-section";

type May = { prepare: boolean; draft: boolean; edit: boolean };
type StatementsPanelProps = { page: RecordsPage; until: string; zone: string; may: May };

/** The record of what a sale has distributed: holders' statements, register, tax lots, the group's returns. */
export function StatementsPanel({ page, until, zone, may }: StatementsPanelProps) {
  const { venture, currency } = page;
  if (!currency)
    return (
      <EmptyState
        title="Nothing has been distributed yet"
        action={<TextLink href={`/ventures/${venture.slug}/deal/payments/ledger`}>To the ledger</TextLink>}
      >
        When proceeds are distributed, the register, a statement for each holder, tax lots and the group’s returns stand
        here.
      </EmptyState>
    );
  const query = { venture: venture.slug, currency };
  return (
    <div className="grid gap-9 *:min-w-0">
      <Totals page={page} />
      <Holders page={page} currency={currency} until={until} zone={zone} may={may} />
      <Section title="Register" aside={<ExportMenu table="distribution-register" of="the register" query={query} />}>
        <RegisterTable lines={page.register} />
        {page.reversed.length > 0 ? (
          <p className="mt-2 text-sm text-muted">
            Reversed and not counted: {page.reversed.map(({ label, day }) => `${label}, ${formatDay(day)}`).join("; ")}.
          </p>
        ) : null}
      </Section>
      <ReturnsSection page={page} query={query} />
      <Section title="Tax lots" aside={<ExportMenu table="tax-lots" of="the tax lots" query={query} />}>
        <LotTable ventureId={venture.id} currency={currency} lots={page.lots} mayPrepare={may.prepare} />
        <p className="mt-2 prose-width text-sm text-muted">{LOT_METHOD}</p>
      </Section>
      <Section
        title="ILPA capital distribution data"
        aside={<ExportMenu table="distribution-data" of="the ILPA data" query={query} />}
      >
        <p className="prose-width">
          {plural(page.ilpa.rows, "row")}, one for each distribution and holder, in the sections of ILPA’s Capital Call
          &amp; Distribution Template (version 2.0 of 2025). A sale of shares has no fund, commitment or carry; fields
          that nobody knows are empty, and each row names its own.
        </p>
        <p className="mt-1 prose-width text-sm text-muted">Empty in every row: {page.ilpa.unknown.join("; ")}.</p>
      </Section>
    </div>
  );
}

function Totals({ page: { totals, asOf, currencies, currency, venture, record } }: { page: RecordsPage }) {
  const { gross, withheld, open, "in-kind": inKind } = totals;
  return (
    <div className="grid gap-1">
      <p className="flex flex-wrap gap-x-6 gap-y-1">
        {gross ? (
          <span>
            <FigureValue figure={gross} exact /> distributed before tax
          </span>
        ) : null}
        {withheld ? (
          <span>
            <FigureValue figure={withheld} exact /> tax kept of it
          </span>
        ) : null}
        {inKind && inKind.value !== "0" ? (
          <span>
            <FigureValue figure={inKind} exact /> of it in stock and rolled over
          </span>
        ) : null}
        {open ? (
          <span>
            <FigureValue figure={open} exact /> still held back, at most
          </span>
        ) : null}
      </p>
      <p className="text-sm text-muted">
        As of {formatDay(asOf)}, the last day on which something was booked or claimed.{" "}
        {record ? (
          <TextLink href={reportHref(venture.slug, { id: record.id, kind: DISTRIBUTION_RECORD })}>
            Value distribution record, version {record.version}
          </TextLink>
        ) : null}
      </p>
      {currencies.length > 1 ? (
        <p className="flex gap-3 text-sm">
          {currencies.map((one) =>
            one === currency ? (
              <strong key={one}>{one}</strong>
            ) : (
              <TextLink key={one} href={`/ventures/${venture.slug}/deal/statements?currency=${one}`}>
                {one}
              </TextLink>
            ),
          )}
        </p>
      ) : null}
    </div>
  );
}

type HoldersProps = StatementsPanelProps & { currency: string };

function Holders({ page, currency, until, zone, may }: HoldersProps) {
  const { venture, holders, dealId } = page;
  const frozen = holders.some(({ statement }) => statement !== null);
  const query = { venture: venture.slug, currency };
  return (
    <Section
      title="Holders and their statements"
      aside={<ExportMenu table="holder-standing" of="the holders" query={query} />}
    >
      <div className="mb-3 flex flex-wrap gap-2">
        {may.prepare ? <FreezeForm ventureId={venture.id} currency={currency} again={frozen} /> : null}
        {frozen && may.draft ? (
          <IssueForm ventureId={venture.id} currency={currency} holders={holders} until={until} />
        ) : null}
        {frozen ? (
          <a className={buttonStyle()} href={`/api/statements/all/${venture.id}/${currency}`} download>
            All statements (ZIP)
          </a>
        ) : null}
      </div>
      <HolderTable
        slug={venture.slug}
        holders={holders}
        dealId={dealId}
        zone={zone}
        may={{ prepare: may.prepare, edit: may.edit }}
      />
    </Section>
  );
}
