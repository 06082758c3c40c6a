import { FigureValue } from "@/components/figures/figure-value";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Level } from "@/components/ui/level";
import { ButtonLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import type { NegotiationPage, NegotiationView } from "@/lib/deals/queries/negotiation";
import { STAGE_LABELS } from "@/lib/deals/rules/stages";
import type { FigureView } from "@/lib/figures/schema";
import { formatMoney } from "@/lib/format";
import { ConcessionLog } from "./concession-log";
import { CounterList } from "./counter-list";
import { IssueTable } from "./issue-table";
import { PositionForm } from "./position-form";

type NegotiationPanelProps = { page: NegotiationPage; mayEdit: boolean; mayAsk: boolean };

/** Where we stand with each bidder that is still in: what we would settle for, what else we could do, what is open. */
export function NegotiationPanel({ page, mayEdit, mayAsk }: NegotiationPanelProps) {
  const { deals, venture } = page;
  if (deals.length === 0)
    return (
      <EmptyState
        title="Nobody to negotiate with"
        action={<ButtonLink href={`/ventures/${venture.slug}/deal`}>The sale</ButtonLink>}
      >
        Reservation value, alternatives, issues and concessions stand here for each bidder of the sale.
      </EmptyState>
    );
  return (
    <div className="grid gap-9 *:min-w-0">
      {deals.map((deal) => (
        <Section key={deal.dealId} title={deal.bidder} aside={STAGE_LABELS[deal.stage]}>
          <div className="grid gap-5 *:min-w-0">
            {deal.offer ? <Standing deal={deal} /> : <p className="text-muted">This bidder has made no offer yet.</p>}
            <IssueTable deal={deal} people={page.people} />
            {mayEdit ? (
              <Disclosure summary={`Position against ${deal.bidder}`}>
                <PositionForm key={deal.version} {...{ deal, page }} />
              </Disclosure>
            ) : null}
            <CounterList {...{ deal, mayEdit, mayAsk }} today={page.today} />
            <ConcessionLog {...{ deal, mayEdit }} today={page.today} />
          </div>
        </Section>
      ))}
    </div>
  );
}

const ZONES = {
  open: { level: "healthy", word: "there is room to agree" },
  none: { level: "critical", word: "no zone of agreement" },
  unknown: { level: "unknown", word: "not known" },
} as const;

function Standing({ deal: { offer, standing, figures, body } }: { deal: NegotiationView }) {
  const worth = offer?.figures["group.riskAdjusted"];
  if (!offer || !standing || !worth) return <p className="text-muted">What reaches the group cannot be computed.</p>;
  const acceptable =
    standing.acceptable === null
      ? ({ level: "unknown", word: "not known" } as const)
      : standing.acceptable
        ? ({ level: "healthy", word: "at or above our reservation" } as const)
        : ({ level: "warning", word: "below our reservation" } as const);
  const line = (label: string, figure: FigureView | undefined, more?: string) => (
    <div className="flex items-baseline justify-between gap-4 border-b border-line py-1">
      <dt className="min-w-0 text-muted">
        {label}
        {more ? <span className="block text-sm">{more}</span> : null}
      </dt>
      <dd className="shrink-0">{figure ? <FigureValue figure={figure} keepZeros /> : "not known"}</dd>
    </div>
  );
  return (
    <div className="grid gap-2">
      <p className="flex flex-wrap gap-x-6">
        <span>
          The offer: <Level {...acceptable} />
        </span>
        <span>
          Zone of agreement: <Level {...ZONES[standing.zoneState]} />
        </span>
      </p>
      <dl className="grid gap-x-8 sm:grid-cols-2">
        {line("The offer, worth to the group today", worth, `${offer.title}, version ${offer.version}`)}
        {line(
          "Alternative",
          figures.alternative,
          `to ${standing.alternative.startsWith("hold") ? standing.alternative : `sell to ${standing.alternative}`}`,
        )}
        {line(
          "Reservation value",
          figures.reservation,
          body.reservation === null ? "what the alternative is worth" : body.reservationReason,
        )}
        {line("Headline at the reservation value", figures.reservationPrice, "all other terms as offered")}
        <div className="flex items-baseline justify-between gap-4 border-b border-line py-1">
          <dt className="min-w-0 text-muted">
            Their ceiling, as we see it
            {body.ceilingReason ? <span className="block text-sm">{body.ceilingReason}</span> : null}
          </dt>
          <dd>{body.ceiling === null ? "not known" : formatMoney(body.ceiling, offer.terms.currency)}</dd>
        </div>
        {line("Zone of agreement", figures.zone, "ceiling − headline at the reservation value")}
      </dl>
    </div>
  );
}
