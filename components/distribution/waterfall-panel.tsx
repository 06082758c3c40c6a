import { FigureList } from "@/components/figures/figure-list";
import { ExportMenu } from "@/components/reports/export-menu";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink, TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { WaterfallPage } from "@/lib/distribution/queries/waterfall";
import { REASON_SENTENCES } from "@/lib/figures/schema";
import { formatDay } from "@/lib/format";
import type { DistributionsPage } from "@/lib/ledger/queries/distributions";
import { BreakpointChart } from "./breakpoint-chart";
import { ClassSplit } from "./class-split";
import { FundsFlowTables, WriteFundsFlow } from "./funds-flow";
import { GoalSeek } from "./goal-seek";
import { HandOver, type HandOverMay } from "./hand-over";
import { holderRows } from "./holder-rows";
import { HolderSplit } from "./holder-split";
import { KeepSplit } from "./keep-split";
import { PayoffCurve } from "./payoff-curve";
import { offerValue, PriceForm } from "./price-form";
import { PriceTrial } from "./price-trial";
import { splitSentence } from "./words";

type PanelProps = { page: WaterfallPage; mayEdit: boolean; made: DistributionsPage; may: HandOverMay };

/** A price from its headline to each holder; without an offer, the cap table and a price that is typed. */
export function WaterfallPanel(props: PanelProps) {
  const { page } = props;
  const { context, venture, figures } = page;
  if (!context) return <NoCapTable page={page} />;
  return (
    <div className="grid gap-9 *:min-w-0">
      <div className="grid gap-4 *:min-w-0">
        <PriceForm page={page} />
        <Notes page={page} />
        <FigureList lines={HEADLINE} figures={page.split?.known ? figures : {}} large columns="lg:grid-cols-5" />
      </div>
      <SplitSections page={page} />
      <Section title="What price brings an amount">
        <GoalSeek page={page} />
      </Section>
      {page.terms && page.picture ? (
        <Section title="Try a price">
          <PriceTrial
            key={`${offerValue(page.chosen)}${page.price}`}
            context={context}
            terms={page.terms}
            withholdings={page.kept?.plan.withholdings ?? []}
            most={Math.ceil(Number(page.picture.points.at(-1)?.price ?? 1))}
          />
        </Section>
      ) : null}
      <Pictures page={page} />
      <FlowSection {...props} />
      <p className="prose-width text-sm text-muted">
        {`Cap table and rates of ${formatDay(page.day)}, amounts in ${venture.currency}. Escrow and holdback are paid as if they were one payment with the closing: who holds a preference gives less to them. A class converts where that brings it more and no other class would change its mind.`}
      </p>
    </div>
  );
}

const HEADLINE = [
  { part: "price", name: "Headline price" },
  { part: "equity", name: "Equity proceeds" },
  { part: "closing", name: "Paid at closing" },
  { part: "group.gross", name: "The group, before tax" },
  { part: "group.net", name: "The group, at closing" },
] as const;

function NoCapTable({ page: { split, venture, figures } }: { page: WaterfallPage }) {
  const reason = (split && !split.known ? split.reason : figures["group.gross"]?.reason) ?? "no-cap-table";
  const open = reason === "open-charter-questions";
  return (
    <EmptyState
      title={open ? "The charter has to answer first" : "No cap table to split a price by"}
      action={
        <ButtonLink href={`/ventures/${venture.slug}/data`}>
          {open ? "Answer on the data page" : "Load the cap table"}
        </ButtonLink>
      }
    >
      {REASON_SENTENCES[reason] ?? "The cap table does not say enough to split proceeds."}{" "}
      {open ? "Whether a class participates, and up to what, is never guessed." : null}
    </EmptyState>
  );
}

function Notes({ page: { context, split, venture, terms } }: { page: WaterfallPage }) {
  return (
    <>
      {context?.group === null ? (
        <Notice level="warning" word="not all is known">
          {REASON_SENTENCES["no-group-holder"]}{" "}
          <TextLink href={`/ventures/${venture.slug}/growth/drivers`}>Say which holders are the group’s own</TextLink>
        </Notice>
      ) : null}
      {split && !split.known ? (
        <Notice level="warning" word="cannot be split">
          {REASON_SENTENCES[split.reason] ?? "What reaches the holders is not known."}
          {split.open.length > 0 ? ` Not stated: ${split.open.join(", ")}.` : ""}
          {split.problems.length > 0 ? ` Expected: ${split.problems.map(({ expected }) => expected).join("; ")}.` : ""}
        </Notice>
      ) : null}
      {terms?.price === null ? (
        <p className="prose-width text-muted">
          Type a price above, and what each class and holder receives stands here.
        </p>
      ) : null}
    </>
  );
}

const exportQuery = ({ venture, chosen, price }: WaterfallPage) => ({
  venture: venture.slug,
  offer: offerValue(chosen),
  price,
});

function SplitSections({ page }: { page: WaterfallPage }) {
  const { split, figures } = page;
  if (!split?.known) return null;
  return (
    <>
      <Section
        title="What each holder receives"
        aside={<ExportMenu table="waterfall" of="the holders" query={exportQuery(page)} />}
      >
        <HolderSplit
          holders={holderRows(split)}
          group={split.group !== null}
          figures={Object.fromEntries(Object.entries(figures).filter(([part]) => /^(holder|group|all)\./.test(part)))}
        />
      </Section>
      <Section title="What each class receives">
        <ClassSplit split={split} figures={figures} />
      </Section>
    </>
  );
}

function Pictures({ page }: { page: WaterfallPage }) {
  const { picture, figures, context, terms, venture } = page;
  if (!picture || !context) return null;
  const names = new Map(context.classes.map(({ id, name }) => [id, name ?? id]));
  const priceCurrency = terms?.currency ?? venture.currency;
  const price = terms?.price ?? null;
  return (
    <Section
      title="Where the split changes"
      aside={<ExportMenu table="payoff-curve" of="the curve" query={exportQuery(page)} />}
    >
      <div className="grid gap-8 *:min-w-0">
        <PayoffCurve
          {...{ picture, figures, priceCurrency, price }}
          currency={venture.currency}
          title="What each class receives at each price"
          download={`/api/exports/payoff-curve?${new URLSearchParams({ ...exportQuery(page), format: "csv" })}`}
        />
        <BreakpointChart rows={picture.breakpoints} {...{ names, figures, priceCurrency, price }} />
      </div>
    </Section>
  );
}

const holdersOf = ({ holders, classes }: NonNullable<WaterfallPage["context"]>) =>
  holders.map(({ id, name, parts }) => {
    const held = classes.filter((one) => parts[one.id] !== undefined);
    return { id, name, classes: held.map((one) => ({ id: one.id, name: one.name ?? one.id })) };
  });

function FlowSection({ page, mayEdit, made, may }: PanelProps) {
  const { flow, figures, kept, venture, context, chosen, price, report } = page;
  if (!flow || !context) return null;
  const plain = (rows: readonly { key: string; label: string; party: string }[]) =>
    rows.map(({ key, label, party }) => ({ key, label, party }));
  return (
    <Section
      title="Money of the closing"
      aside={kept ? `split kept as version ${kept.version} by ${kept.byName}` : null}
    >
      <div className="grid gap-5 *:min-w-0">
        {"refusal" in flow ? (
          <Notice level="warning" word="no statement">
            {splitSentence(flow.refusal)?.replace(" Nothing was saved.", "")}
          </Notice>
        ) : (
          <FundsFlowTables sources={plain(flow.sources)} uses={plain(flow.uses)} figures={figures} />
        )}
        {mayEdit ? (
          <Disclosure summary="Keep this split, with tax and financing">
            <KeepSplit
              key={kept?.version ?? 0}
              ventureId={venture.id}
              version={kept?.version ?? 0}
              offer={chosen}
              price={price}
              currency={venture.currency}
              holders={holdersOf(context)}
              withholdings={kept?.plan.withholdings ?? []}
              financing={kept?.plan.financing ?? []}
            />
          </Disclosure>
        ) : null}
        {kept ? (
          <>
            <p className="text-sm text-muted">
              {`Kept: ${kept.offerLabel ?? "a price for all shares"}${kept.plan.price ? `, at ${kept.plan.price}` : ""}, because “${kept.reason}”.`}
            </p>
            <WriteFundsFlow ventureId={venture.id} slug={venture.slug} mayWrite={mayEdit} report={report} />
            <HandOver
              {...{ ventureId: venture.id, slug: venture.slug, planVersion: kept.version, made, may }}
              day={page.closedOn ?? page.day}
              statement={report?.version ?? null}
            />
          </>
        ) : null}
      </div>
    </Section>
  );
}
