import { ExportMenu } from "@/components/reports/export-menu";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { DealsPage } from "@/lib/deals/queries/deals";
import { formatDay } from "@/lib/format";
import { DealBoard } from "./deal-board";
import { DealTable } from "./deal-table";
import { OpenDealForm } from "./open-deal-form";

type DealsPanelProps = { page: DealsPage; mayEdit: boolean; mayAsk: boolean };

/** The sale: where each bidder stands, what it is worth to the group, and what keeps somebody waiting. */
export function DealsPanel({ page, mayEdit, mayAsk }: DealsPanelProps) {
  const { venture, deals, open, exclusive, people, today, candidates } = page;
  const adding = mayEdit && open ? <OpenDealForm ventureId={venture.id} candidates={candidates} /> : null;
  if (deals.length === 0)
    return (
      <EmptyState title="No bidder yet" action={adding}>
        {open
          ? "A bidder is taken into the sale from the target list or by name. Its stages, days and offers stand here."
          : "The sale opens once the chairman has approved the exit."}
      </EmptyState>
    );
  return (
    <div className="grid gap-9 *:min-w-0">
      <Section title="The sale" aside={<TextLink href={`/ventures/${venture.slug}/deal/offers`}>Offers</TextLink>}>
        <div className="grid gap-4">
          {exclusive ? (
            <Notice word="exclusive">
              {`We deal with ${exclusive.bidder} alone until ${formatDay(exclusive.until)}; the others go no further than talks.`}
            </Notice>
          ) : null}
          <DealBoard {...{ deals, today, people, mayEdit, mayAsk }} />
        </div>
      </Section>
      <Section title="Bidders" aside={<ExportMenu table="deals" of="the bidders" query={{ venture: venture.slug }} />}>
        <DealTable deals={deals} />
      </Section>
      {adding ? <Disclosure summary="Take another bidder into the sale">{adding}</Disclosure> : null}
    </div>
  );
}
