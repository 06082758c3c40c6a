import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { InitiativeBudgetForm } from "@/components/growth/initiative-budget-form";
import { InitiativeEffect } from "@/components/growth/initiative-effect";
import { InitiativeHead } from "@/components/growth/initiative-head";
import { InitiativeHistory } from "@/components/growth/initiative-history";
import { InitiativeLedger } from "@/components/growth/initiative-ledger";
import { InitiativeMoves } from "@/components/growth/initiative-moves";
import { InitiativeNotes } from "@/components/growth/initiative-notes";
import { InitiativePeople } from "@/components/growth/initiative-people";
import { InitiativeSends } from "@/components/growth/initiative-sends";
import { InitiativeSpendForm } from "@/components/growth/initiative-spend-form";
import { InitiativeTasks } from "@/components/growth/initiative-tasks";
import { LatestReport } from "@/components/growth/latest-report";
import { readerZone } from "@/components/shell/reader";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { findLatestReport } from "@/lib/agents/queries/artefacts";
import { requirePermission } from "@/lib/auth/session";
import { formatMoment } from "@/lib/format";
import { findInitiative } from "@/lib/growth/queries/initiatives/initiative";
import { ventureOf } from "../../../venture-of";

export const metadata: Metadata = { title: "Initiative" };

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type InitiativePageProps = { params: Promise<{ venture: string; initiative: string }> };

/** What it should bring and what it brought; then the work, the money and the record. */
export default async function InitiativePage({ params }: InitiativePageProps) {
  const actor = await requirePermission("venture:read");
  const { venture: slug, initiative: id } = await params;
  const venture = await ventureOf(slug);
  if (!venture || !UUID.test(id)) notFound();
  const initiative = await findInitiative(actor, id, venture.id);
  if (!initiative) notFound();
  const [zone, plan] = await Promise.all([readerZone(), findLatestReport(actor, venture.id, initiative.planKind)]);
  const { version, may, status, currency, today, spends, milestones } = initiative;
  const open = status !== "stopped" && status !== "done";
  const edits = { initiativeId: id, version };
  const notes = initiative.notes.map(({ at, ...note }) => ({ ...note, at: formatMoment(at, zone) }));
  return (
    <div className="grid grid-cols-1 gap-9">
      <PageHeader
        title={initiative.title}
        trail={<TextLink href={`/ventures/${slug}/growth/initiatives`}>Initiatives</TextLink>}
        actions={<InitiativeMoves {...edits} status={status} may={may} />}
      />
      <InitiativeHead initiative={initiative} />
      <Section title="Effect">
        <InitiativeEffect measurements={initiative.measurements} reviewOn={initiative.reviewOn} />
      </Section>
      <div className="grid grid-cols-1 gap-x-10 gap-y-9 lg:grid-cols-2">
        <Section title="Milestones and tasks">
          <InitiativeTasks {...edits} milestones={milestones} today={today} mayEdit={may.edit && open} />
        </Section>
        <div className="grid min-w-0 grid-cols-1 content-start gap-9">
          {may.edit && open ? (
            <Section title="Who leads it">
              <InitiativePeople
                {...edits}
                ownerId={initiative.owner?.id ?? null}
                leadingMetric={initiative.leadingMetric?.key ?? null}
                people={initiative.people}
                metrics={initiative.metrics}
              />
            </Section>
          ) : null}
          <Section title="Notes">
            <InitiativeNotes initiativeId={id} notes={notes} mayEdit={may.edit} />
          </Section>
        </div>
      </div>
      <Section title="Money">
        <div className="grid grid-cols-1 gap-5">
          <InitiativeLedger initiativeId={id} currency={currency} spends={spends} mayEdit={may.edit} />
          {may.edit ? (
            <InitiativeSpendForm initiativeId={id} currency={currency} today={today} spends={spends} />
          ) : null}
          {may.ask && open ? (
            <Disclosure summary="Ask the chairman for a larger budget">
              <InitiativeBudgetForm {...edits} currency={currency} />
            </Disclosure>
          ) : null}
        </div>
      </Section>
      {initiative.sends.length > 0 ? (
        <Section title="Told outside">
          <InitiativeSends sends={initiative.sends} mayEdit={may.edit} />
        </Section>
      ) : null}
      <Section title="Record">
        <Disclosure summary="The plan as it is written">
          <LatestReport report={plan} zone={zone} />
        </Disclosure>
        <Disclosure summary={`History, ${initiative.changes.length} versions`}>
          <InitiativeHistory changes={initiative.changes} zone={zone} />
        </Disclosure>
      </Section>
    </div>
  );
}
