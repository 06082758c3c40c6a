import { FigureValue } from "@/components/figures/figure-value";
import { ExportMenu } from "@/components/reports/export-menu";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { type Figure, REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay, plural } from "@/lib/format";
import type { VentureLevers } from "@/lib/growth/queries/levers/levers";
import { MISSING_REASONS } from "@/lib/growth/schema";
import { LeverDetail } from "./lever-detail";
import { LeverSources } from "./lever-sources";
import { LeverTable } from "./lever-table";
import { type LeverOrder, leverRows, leverViewer } from "./lever-views";
import { deedOf, KIND_WORDS } from "./lever-words";

type LeversPanelProps = {
  found: VentureLevers;
  order: LeverOrder;
  path: string;
  mayPropose: boolean;
  mayLoad: boolean;
};

/** What could be done, what is chosen of it within the budget and why, and what could not be looked for. */
export function LeversPanel({ found, order, path, mayPropose, mayLoad }: LeversPanelProps) {
  const { venture, levers, missing, reason, through } = found;
  const rows = leverRows(found, order);
  const deeds = new Map(levers.map(({ lever }) => [lever.id, deedOf(lever.kind, lever.subject)]));
  const show = leverViewer(found);
  return (
    <div className="grid gap-9 *:min-w-0">
      <Portfolio found={found} />
      <Section
        title="Levers in order"
        aside={
          <span className="flex items-baseline gap-3">
            {through ? `up to ${formatDay(through)}` : null}
            <ExportMenu table="levers" of="Growth levers" query={{ venture: venture.slug }} />
          </span>
        }
      >
        {rows.length > 0 ? (
          <div className="grid gap-6 *:min-w-0">
            <LeverTable rows={rows} order={order} path={path} show={show} />
            <div>
              {rows.map((row) => (
                <LeverDetail
                  key={row.lever.id}
                  ventureId={venture.id}
                  row={row}
                  deeds={deeds}
                  mayPropose={mayPropose}
                  show={show}
                />
              ))}
            </div>
          </div>
        ) : (
          <EmptyState
            title={reason ? "No lever can be looked for" : "No lever found"}
            action={reason ? <ButtonLink href={`/ventures/${venture.slug}/data`}>Import data</ButtonLink> : null}
          >
            {reason
              ? (REASON_SENTENCES[reason] ?? "Customers and subscriptions are needed.")
              : "No group of customers lags behind another by more than chance."}
          </EmptyState>
        )}
      </Section>
      {missing.length > 0 ? (
        <Section title="Not looked for">
          <dl className="grid gap-x-8 sm:grid-cols-2">
            {missing.map(({ kind, reason: why }) => (
              <div key={kind} className="border-b border-line py-1">
                <dt>{KIND_WORDS[kind]}</dt>
                <dd className="text-sm text-muted">{MISSING_REASONS[why]}</dd>
              </div>
            ))}
          </dl>
        </Section>
      ) : null}
      {mayLoad ? (
        <Disclosure summary="Load benchmarks or channel costs">
          <LeverSources ventureId={venture.id} />
        </Disclosure>
      ) : null}
    </div>
  );
}

const BUDGET: readonly (readonly [string, string])[] = [
  ["budget", "Growth budget of a year"],
  ["committed", "Committed to initiatives"],
  ["left", "Left"],
  ["cost", "Cost of the chosen"],
  ["used", "Part of what is left"],
];

function Portfolio({ found }: { found: VentureLevers }) {
  const { portfolio } = found;
  if (!portfolio) return null;
  const { choice, figures } = portfolio;
  const show = leverViewer(found);
  const counted = Number(figures.overlap?.value ?? 0) > 0;
  const value = (figure: Figure | undefined) => (figure ? <FigureValue figure={show(figure)} /> : null);
  return (
    <Section title="What to do now" aside={`at most ${plural(choice.places, "more initiative")}`}>
      <div className="grid gap-4">
        {choice.chosen.length > 0 ? (
          <div className="prose-width">
            <p>
              Together these should bring {value(figures.effect)} of revenue over the coming year, between{" "}
              {value(figures.effectLow)} and {value(figures.effectHigh)}.
              {counted ? <> {value(figures.overlap)} that two of them would win is counted once.</> : null}
            </p>
            <ol className="mt-2 list-decimal pl-5">
              {choice.chosen.map(({ id, kind, subject }) => (
                <li key={id}>{deedOf(kind, subject)}</li>
              ))}
            </ol>
            {choice.short ? (
              <p className="mt-2 text-muted">
                Fewer than three: no other lever reaches the profile’s return and fits the budget.
              </p>
            ) : null}
          </div>
        ) : (
          <p className="prose-width text-muted">
            Nothing is chosen: no lever is known to reach the return that the profile asks for within the budget that is
            left.
          </p>
        )}
        <dl className="grid gap-x-8 sm:grid-cols-3 lg:grid-cols-5">
          {BUDGET.map(([key, name]) => (
            <div key={key} className="border-b border-line py-1">
              <dt className="text-sm text-muted">{name}</dt>
              <dd>{value(figures[key])}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Section>
  );
}
