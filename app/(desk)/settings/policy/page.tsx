import type { Metadata } from "next";
import { CeilingList } from "@/components/autonomy/ceiling-list";
import { ChangeList } from "@/components/autonomy/change-list";
import { DemotionList } from "@/components/autonomy/demotion-list";
import { PausePanel } from "@/components/autonomy/pause-panel";
import { PolicyTable } from "@/components/autonomy/policy-table";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { requirePermission } from "@/lib/auth/session";
import { getPolicyPage } from "@/lib/decisions/queries/autonomy/page";
import { ACTION_WORDS, AGENT_WORDS } from "@/lib/decisions/schema/words";
import { formatMoment, plural } from "@/lib/format";

export const metadata: Metadata = { title: "Policy" };

type PolicyPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What agents may do by themselves, what they never may, and who said so. */
export default async function PolicySettingsPage({ searchParams }: PolicyPageProps) {
  const actor = await requirePermission("memo:read");
  const { page, venture: only } = await searchParams;
  const venture = typeof only === "string" ? only : undefined;
  const asked = Number(page ?? "1");
  const [policy, zone] = await Promise.all([
    getPolicyPage(actor, Number.isInteger(asked) ? asked : 1, venture),
    readerZone(),
  ]);
  const { pause, demotions, earned, may } = policy;
  const when = (at: string) => formatMoment(new Date(at), zone);
  return (
    <>
      <Section title="All agents">
        <PausePanel
          pause={pause && { id: pause.id, reason: pause.reason, by: pause.by, since: when(pause.at) }}
          mayPause={may.pause}
        />
      </Section>
      {earned.length > 0 ? (
        <Section title="Earned, and waiting for the chairman">
          <ul>
            {earned.map(({ memoId, title }) => (
              <li key={memoId} className="py-1">
                <TextLink href={`/inbox/${memoId}`}>{title}</TextLink>
              </li>
            ))}
          </ul>
        </Section>
      ) : null}
      {demotions.length > 0 ? (
        <Section title="Taken away by the rule">
          <DemotionList
            mayChange={may.change}
            demotions={demotions.map(({ at, ...one }) => ({
              ...{ ...one, since: when(at) },
              title: `${AGENT_WORDS[one.agent]} may not ${ACTION_WORDS[one.actionClass]} by itself, at any venture`,
            }))}
          />
        </Section>
      ) : null}
      <Section title="What each agent may do by itself">
        <p className="mb-3 prose-width text-muted">
          Grey is as the venture is led; the rest was set for this agent and this kind of action. A venture at manual
          lets nothing pass. {may.change ? "Choose a cell to change it." : "Only a chairman changes it."}
        </p>
        {policy.ventures.length > 0 ? (
          <PolicyTable policy={policy} zone={zone} />
        ) : (
          <EmptyState title="No venture to set it for">
            A venture that is still to exit, and that you may see, stands here with a column for each kind of action.
          </EmptyState>
        )}
        {venture ? (
          <p className="pt-3">
            <TextLink href="/settings/policy">Show all ventures</TextLink>
          </p>
        ) : null}
        <Pagination
          page={policy.page}
          pages={policy.pages}
          summary={plural(policy.total, "venture")}
          hrefOf={(page) => `/settings/policy?page=${page}`}
        />
      </Section>
      <Section title="What nobody can let pass">
        <CeilingList ceilings={policy.ceilings} />
      </Section>
      <Section title="Changes" aside={<TextLink href="/record/events?type=policy">In the audit log</TextLink>}>
        {policy.changes.length > 0 ? (
          <ChangeList changes={policy.changes} zone={zone} />
        ) : (
          <p className="text-muted">Nothing was changed yet: every venture is led as its own settings say.</p>
        )}
      </Section>
    </>
  );
}
