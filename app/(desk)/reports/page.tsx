import type { Metadata } from "next";
import { ArtefactTable } from "@/components/reports/artefact-table";
import { PreviewButton } from "@/components/reports/weekly/weekly-order";
import { WeeklyShelfList } from "@/components/reports/weekly/weekly-shelf";
import { ZoneForm } from "@/components/reports/weekly/zone-form";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { EmptyState } from "@/components/ui/empty-state";
import { ButtonLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listArtefacts } from "@/lib/reports/queries/artefacts";
import { getWeeklyHead, listWeekly } from "@/lib/reports/queries/weekly/list";
import { type WeeklyList, weeklyListSchema } from "@/lib/reports/schema/weekly";

export const metadata: Metadata = { title: "Reports" };

const MOST = 300;

type ReportsPageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What is empty or makes no sense is not asked. */
function askedOf(given: Record<string, string | string[] | undefined>): WeeklyList {
  const filled = Object.fromEntries(Object.entries(given).filter(([, value]) => typeof value === "string" && value));
  const asked = weeklyListSchema.safeParse(filled);
  return asked.success ? asked.data : {};
}

export default async function ReportsPage({ searchParams }: ReportsPageProps) {
  const actor = await requirePermission("report:read");
  const asked = askedOf(await searchParams);
  const [zone, artefacts] = await Promise.all([readerZone(), listArtefacts(actor, {}, MOST)]);
  return (
    <ListKeys up="/">
      <PageHeader
        title="Reports"
        lead="Each week's report of the holding and of every venture, frozen as it was written; then the newest version of every other report."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-9">
        <Weekly actor={actor} asked={asked} />
        <Section title="Other reports">
          {artefacts.length === 0 ? (
            <EmptyState title="No report yet" action={<ButtonLink href="/ventures">Ventures</ButtonLink>}>
              A venture's growth panel writes the first; its Reports page keeps the others.
            </EmptyState>
          ) : (
            <ArtefactTable artefacts={artefacts} zone={zone} />
          )}
        </Section>
      </div>
    </ListKeys>
  );
}

async function Weekly({ actor, asked }: { actor: Actor; asked: WeeklyList }) {
  const [head, shelf] = await Promise.all([getWeeklyHead(actor, clock.now()), listWeekly(actor, asked)]);
  if (!head)
    return (
      <Section title="Weekly reports">
        <p className="text-muted">The first is written when this week is over.</p>
      </Section>
    );
  const holding = actor.ventures === "all";
  const chosen = asked.scope === undefined || asked.scope === "holding" ? null : asked.scope;
  const scope =
    chosen === null ? (holding ? "holding" : null) : (head.ventures.find(({ slug }) => slug === chosen)?.id ?? null);
  const slug = chosen ?? "holding";
  const preview = shelf.weeks.flatMap(({ lines }) => lines).find((line) => line.revision === 0 && line.slug === slug);
  return (
    <Section
      title="Weekly reports"
      aside={
        scope && isPermitted(actor.role, "run:start") ? (
          <PreviewButton scope={scope} shown={preview?.revisionId ?? null} />
        ) : null
      }
    >
      <WeeklyShelfList shelf={shelf} asked={asked} head={head} holding={holding} />
      {isPermitted(actor.role, "venture:configure") ? (
        <div className="mt-6">
          <ZoneForm timeZone={head.timeZone} version={head.version} />
        </div>
      ) : null}
    </Section>
  );
}
