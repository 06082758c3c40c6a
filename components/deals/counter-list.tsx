"use client";

import { useState } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { useChange } from "@/components/settings/use-change";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { askCounter, recordOffer, recordSent } from "@/lib/deals/actions";
import type { CounterView, NegotiationView } from "@/lib/deals/queries/negotiation";
import type { OfferTerms } from "@/lib/deals/schema/terms";
import { formatDay } from "@/lib/format";
import { DealProblem } from "./deal-problem";

type CounterListProps = { deal: NegotiationView; today: string; mayEdit: boolean; mayAsk: boolean };

/** Our counters: drafted from our positions, let go by the chairman, sent. */
export function CounterList({ deal, today, mayEdit, mayAsk }: CounterListProps) {
  const { busy, refusal, problems, run, dialog } = useChange();
  const { counter, counterChange } = deal.figures;
  const positions = deal.body.issues.some(({ term, position, state }) => term !== null && position && state === "open");
  const draft = (terms: OfferTerms) => {
    const title = `Counter to ${deal.offer?.title ?? "their offer"}`.slice(0, 120);
    const said = { terms, dated: today, source: "Our positions", note: "" };
    return run(
      () => recordOffer({ dealId: deal.dealId, kind: "counter", title, ...said }),
      "The counter is drafted, with its figures.",
    );
  };
  const { counterTerms } = deal;
  const drafted = deal.counters.some(({ terms }) => JSON.stringify(terms) === JSON.stringify(counterTerms));
  if (!positions && deal.counters.length === 0) return null;
  return (
    <section aria-label={`Counters to ${deal.bidder}`} className="grid gap-2">
      <DealProblem code={refusal} problems={problems} />
      {positions && counter && counterChange ? (
        <p>
          With our positions together the offer would be worth <FigureValue figure={counter} keepZeros /> to the group,
          a change of <FigureValue figure={counterChange} keepZeros />.
        </p>
      ) : null}
      {deal.counters
        .filter(({ newest }) => newest)
        .map((one) => (
          <Counter key={`${one.offerId}${one.version}`} counter={one} {...{ today, mayEdit, mayAsk }} />
        ))}
      {mayEdit && positions && counterTerms && !drafted ? (
        <div>
          <Button busy={busy} onClick={() => draft(counterTerms)}>
            Draft the counter from our positions
          </Button>
        </div>
      ) : null}
      {dialog}
    </section>
  );
}

type CounterProps = { counter: CounterView; today: string; mayEdit: boolean; mayAsk: boolean };

function Counter({ counter, today, mayEdit, mayAsk }: CounterProps) {
  const [rationale, setRationale] = useState("");
  const { busy, refusal, problems, problemAt, run, dialog } = useChange();
  const { offerId, version, title, cleared, sentOn, figures } = counter;
  const worth = figures["group.riskAdjusted"];
  const words = sentOn
    ? `sent on ${formatDay(sentOn)}`
    : cleared
      ? "may be sent"
      : "a draft: nothing leaves before the chairman says so";
  return (
    <div className="grid gap-2 border-b border-line py-2">
      <p>
        {`${title}, version ${version}: `}
        {worth ? <FigureValue figure={worth} keepZeros /> : "not known"} to the group today;{" "}
        <span className="text-muted">{words}.</span>
      </p>
      <DealProblem code={refusal} problems={problems} />
      {mayEdit && cleared && !sentOn ? (
        <div>
          <Button
            busy={busy}
            onClick={() => run(() => recordSent({ offerId, version, on: today }), "It is recorded as sent.")}
          >
            Record that it went today
          </Button>
        </div>
      ) : null}
      {mayAsk && !cleared && !sentOn ? (
        <>
          <Field label="Why now" error={problemAt("rationale")}>
            {(control) => (
              <Textarea
                {...control}
                rows={2}
                value={rationale}
                onChange={(event) => setRationale(event.target.value)}
              />
            )}
          </Field>
          <div>
            <Button
              busy={busy}
              onClick={() =>
                run(() => askCounter({ offerId, version, rationale }), "The memo is in the chairman’s inbox.")
              }
            >
              Ask the chairman
            </Button>
          </div>
        </>
      ) : null}
      {dialog}
    </div>
  );
}
