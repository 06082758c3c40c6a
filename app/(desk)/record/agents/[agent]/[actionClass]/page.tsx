import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { CalibrationTable } from "@/components/autonomy/calibration-table";
import { CASE_FILTERS } from "@/components/autonomy/case-filter";
import { CaseTable } from "@/components/autonomy/case-table";
import { PromotionLines } from "@/components/autonomy/promotion-lines";
import { recordHref } from "@/components/autonomy/words";
import { readerZone } from "@/components/shell/reader";
import { AppLink } from "@/components/ui/app-link";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { getAgentRecord } from "@/lib/decisions/queries/autonomy/records";
import { ACTION_CLASSES } from "@/lib/decisions/schema";
import { ACTION_WORDS, AGENT_WORDS, agentNamed } from "@/lib/decisions/schema/words";
import { formatDay, plural } from "@/lib/format";

export const metadata: Metadata = { title: "An agent's record" };

type RecordPageProps = {
  params: Promise<{ agent: string; actionClass: string }>;
  searchParams: Promise<{ show?: string }>;
};

/** Everything behind the counts of one agent with one kind of action. */
export default async function AgentRecordPage({ params, searchParams }: RecordPageProps) {
  const actor = await requirePermission("memo:read");
  const { agent: named, actionClass: asked } = await params;
  const agent = agentNamed(named);
  const actionClass = ACTION_CLASSES.find((known) => known === asked);
  if (!agent || !actionClass) notFound();
  const [page, zone, { show }] = await Promise.all([
    getAgentRecord(actor, { agent, actionClass }, clock.now()),
    readerZone(),
    searchParams,
  ]);
  const { record, cases, routine, demotions, promotion } = page;
  const chosen = CASE_FILTERS.find(({ key }) => key === show) ?? CASE_FILTERS[0];
  const shown = cases.filter((one) => chosen?.holds(one));
  const { wouldExecute, agreed, wouldAsk } = record.shadow;
  const standing = demotions.find(({ liftedAt }) => liftedAt === null);
  return (
    <div className="grid grid-cols-1 gap-8">
      <div>
        <p className="text-sm">
          <TextLink href="/record/agents">Agents</TextLink>
        </p>
        <h2 className="headline text-2xl">
          {AGENT_WORDS[agent]}: {ACTION_WORDS[actionClass]}
        </h2>
        <p className="prose-width text-muted">
          {plural(record.proposals, "proposal")}. {record.settled} settled, {record.right} of them right: approved as
          they were or left standing for thirty days, and neither reversed nor measurably worse. With conditions, or as
          another option, it counts as amended, and not as right.
        </p>
      </div>
      {standing ? (
        <Notice level="warning" word="taken away">
          Since {formatDay(standing.demotedAt.slice(0, 10))} it may not do this by itself at any venture.{" "}
          {standing.sentence} <TextLink href="/settings/policy">Policy</TextLink>
        </Notice>
      ) : null}
      <Section title="Shadow of auto">
        <p className="prose-width">
          {wouldExecute + wouldAsk === 0
            ? "What auto would have done was kept for none of the answered proposals yet."
            : `${plural(wouldExecute + wouldAsk, "proposal")} answered by a person: auto would have carried out ${wouldExecute}, of which the person approved ${agreed} as proposed, and brought ${wouldAsk} to the chairman all the same.`}{" "}
          <span className="text-muted">
            The policy is asked as if the venture were at auto, when it is proposed; nothing comes of it.
          </span>
        </p>
      </Section>
      <section id="calibration">
        <Section title="Calibration">
          <CalibrationTable record={record} />
        </Section>
      </section>
      <Section title="The rule of promotion">
        {routine && promotion.length > 0 ? (
          <PromotionLines promotion={promotion} />
        ) : (
          <p className="text-muted">
            {routine ? "There is no proposal yet." : "This always goes to the chairman; no record changes that."}
          </p>
        )}
      </Section>
      <section id="cases">
        <Section title="Proposals">
          <nav aria-label="Which proposals" className="mb-3 flex flex-wrap gap-x-4 gap-y-1 text-sm">
            {CASE_FILTERS.map(({ key, label, holds }) => (
              <AppLink
                key={key}
                href={`${recordHref(agent, actionClass)}?show=${key}#cases`}
                aria-current={key === chosen?.key ? "page" : undefined}
                className="target inline-flex items-center rounded-sm text-muted underline-offset-3 hover:underline aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                {label} ({cases.filter(holds).length})
              </AppLink>
            ))}
          </nav>
          {shown.length > 0 ? (
            <CaseTable cases={shown.slice(0, 200)} zone={zone} />
          ) : (
            <EmptyState title="No proposal like that">Choose another kind above.</EmptyState>
          )}
          {shown.length > 200 ? <p className="pt-2 text-muted">The newest 200 of {shown.length}.</p> : null}
        </Section>
      </section>
    </div>
  );
}
