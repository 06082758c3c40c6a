import { FigureValue } from "@/components/figures/figure-value";
import { type Files, TableFiles } from "@/components/imports/table-files";
import { ExportMenu } from "@/components/reports/export-menu";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { OffersPage } from "@/lib/deals/queries/offers";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, formatRatio } from "@/lib/format";
import { AssumptionsForm } from "./assumptions-form";
import { HolderComparison } from "./holder-comparison";
import { OfferComparison } from "./offer-comparison";
import { OfferEditor } from "./offer-editor";

type OffersPanelProps = { page: OffersPage; mayEdit: boolean; files: Files | null };

/** Offers by what reaches the group and each holder, and the terms to try and to keep. */
export function OffersPanel({ page, mayEdit, files }: OffersPanelProps) {
  const { venture, process, deals, offers, context, reason, today } = page;
  const path = `/ventures/${venture.slug}`;
  const loading = files ? (
    <TableFiles kind="offers" summary="Load offers (CSV or XLSX)" {...{ files, venture }} />
  ) : null;
  if (!process || deals.length === 0)
    return (
      <div className="grid gap-6 *:min-w-0">
        <EmptyState title="No offer yet" action={<ButtonLink href={`${path}/deal`}>Take in a bidder</ButtonLink>}>
          Offers belong to bidders. Once one is in the sale, its offers are compared here.
        </EmptyState>
        {loading}
      </div>
    );
  const { discountRatio, valuedOn } = process.assumptions;
  const classNames = Object.fromEntries(context?.classes.map(({ id, name }) => [id, name ?? id]) ?? []);
  const bidding = deals.filter(({ stage }) => stage !== "complete" && stage !== "fallen-through");
  return (
    <div className="grid gap-9 *:min-w-0">
      {context === null || context.group === null ? (
        <Notice level="warning" word="not all is known">
          {REASON_SENTENCES[reason] ?? "What reaches the holders cannot be computed."}{" "}
          <TextLink href={context === null ? `${path}/data` : `${path}/growth/drivers`}>
            {context === null ? "Cap table" : "Say which holders are the group’s own"}
          </TextLink>
        </Notice>
      ) : null}
      {offers.length > 0 ? (
        <>
          <Section
            title="Offers, by what reaches the group"
            aside={<ExportMenu table="offers" of="the offers" query={{ venture: venture.slug }} />}
          >
            <Finding offers={offers} />
            <OfferComparison offers={offers} classNames={classNames} />
          </Section>
          <Section title="What reaches each holder">
            <HolderComparison offers={offers} />
          </Section>
        </>
      ) : null}
      {bidding.length > 0 ? (
        <Section title={offers.length > 0 ? "Edit a term and see" : "Record the first offer"}>
          <OfferEditor
            key={offers.map(({ offerId, version }) => `${offerId}${version}`).join()}
            {...{ context, reason, today, mayEdit }}
            offers={offers.filter(({ stage }) => stage !== "complete" && stage !== "fallen-through")}
            deals={bidding}
            currency={venture.currency}
          />
        </Section>
      ) : null}
      {loading}
      <Section title="How offers are weighed">
        <p className="prose-width mb-3 text-muted">
          {`Later money is discounted at ${formatRatio(discountRatio)} a year to ${formatDay(valuedOn)}. Each release is paid as if it were one payment with all before it, so that a later one can change who converts. An offer is worth today what it is expected to bring, times the probability that it closes; without a closing nothing is counted. What is not stated is unknown, never zero.`}
        </p>
        {mayEdit ? (
          <Disclosure summary="Change the rate or the day">
            <AssumptionsForm ventureId={venture.id} version={process.version} assumptions={process.assumptions} />
          </Disclosure>
        ) : null}
      </Section>
    </div>
  );
}

/** In a sentence: which offer is worth most, and whether that is the one with the highest headline. */
function Finding({ offers }: Pick<OffersPage, "offers">) {
  const [best, ...others] = offers.filter(({ newest, kind }) => newest && kind === "bid");
  const worth = best?.figures["group.riskAdjusted"];
  if (!best || !worth || worth.value === null) return null;
  const louder = others.find(
    ({ figures }) => Number(figures.price?.value ?? 0) > Number(best.figures.price?.value ?? 0),
  );
  return (
    <p className="headline prose-width mb-3 text-lg">
      The offer of {best.bidder} is worth most to the group: <FigureValue figure={worth} keepZeros /> today
      {louder ? `, although the headline of ${louder.bidder} is higher` : ""}.
    </p>
  );
}
