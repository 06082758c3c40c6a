import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { ArchiveDialog } from "@/components/ventures/archive-dialog";
import { factValues } from "@/components/ventures/fact-values";
import { FactsForm } from "@/components/ventures/facts-form";
import { OwnerForm } from "@/components/ventures/owner-form";
import { ParameterList } from "@/components/ventures/parameter-list";
import { SettingsForm } from "@/components/ventures/settings-form";
import { ventureChoices } from "@/components/ventures/venture-choices";
import { isPermitted } from "@/lib/auth/permissions";
import { requirePermission } from "@/lib/auth/session";
import { getVentureSettings, listConfigurationWarnings, listVentureOwners } from "@/lib/ventures/queries";
import { ventureOf } from "../venture-of";

export const metadata: Metadata = { title: "Settings" };

export default async function VentureSettingsPage({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requirePermission("venture:read");
  const venture = await ventureOf((await params).venture);
  if (!venture) notFound();
  const [settings, warnings, people] = await Promise.all([
    getVentureSettings(actor, venture.id),
    listConfigurationWarnings(actor, venture.id),
    listVentureOwners(actor, venture.id),
  ]);
  const mayChange = isPermitted(actor.role, "venture:configure");
  const { profile, autonomy, parameters, overridden, version } = settings;
  const policy = isPermitted(actor.role, "memo:read") ? (
    <TextLink href={`/settings/policy?venture=${venture.slug}`}>What each agent may do here by itself</TextLink>
  ) : null;
  return (
    <div className="grid gap-10 *:min-w-0">
      <h1 className="sr-only">{venture.name}: settings</h1>
      {warnings.map((warning) => (
        <Notice key={warning} level="warning" word="look at this">
          {warning}
        </Notice>
      ))}
      {mayChange ? (
        <>
          <Section title="What it is">
            <FactsForm
              key={venture.version}
              ventureId={venture.id}
              version={venture.version}
              values={factValues(venture)}
              choices={ventureChoices()}
            />
          </Section>
          <Section title="Who answers for it">
            <OwnerForm
              key={venture.version}
              ventureId={venture.id}
              version={venture.version}
              ownerId={venture.ownerId}
              people={people}
            />
          </Section>
          <Section title="How it is led" aside={policy}>
            <SettingsForm key={version} ventureId={venture.id} settings={settings} />
          </Section>
          <Section title="Put it away">
            <p className="mb-3 prose-width text-muted">
              For a venture that is no longer of the holding, or that was added by mistake. Everything stays on record.
            </p>
            <ArchiveDialog ventureId={venture.id} name={venture.name} />
          </Section>
        </>
      ) : (
        <Section title="How it is led" aside={policy}>
          <p className="mb-4 prose-width">
            Only the chairman changes this. Profile: {profile}, autonomy: {autonomy}. Owner:{" "}
            {people.find(({ id }) => id === venture.ownerId)?.name ?? "nobody yet"}.
          </p>
          <ParameterList profile={profile} parameters={parameters} overridden={overridden} />
        </Section>
      )}
    </div>
  );
}
