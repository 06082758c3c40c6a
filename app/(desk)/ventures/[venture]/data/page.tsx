import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { ImportHistory } from "@/components/imports/import-history";
import { SourceTable } from "@/components/imports/source-table";
import { UploadForm } from "@/components/imports/upload-form";
import { readerZone } from "@/components/shell/reader";
import { Section } from "@/components/ui/section";
import { isPermitted } from "@/lib/auth/permissions";
import { requireActor } from "@/lib/auth/session";
import { clock } from "@/lib/clock";
import { listImports, listSources } from "@/lib/imports/queries";
import { findVentureBySlug } from "@/lib/ventures/queries";

export const metadata: Metadata = { title: "Data" };

export default async function DataPage({ params }: { params: Promise<{ venture: string }> }) {
  const actor = await requireActor();
  const venture = await findVentureBySlug(actor, (await params).venture);
  if (!venture) notFound();
  const [sources, imports, zone] = await Promise.all([
    listSources(actor, venture.id),
    listImports(actor, venture.id),
    readerZone(),
  ]);
  const dataPath = `/ventures/${venture.slug}/data`;
  const mayImport = isPermitted(actor.role, "data:import");
  return (
    <div className="grid gap-10">
      <Section title="Sources">
        <SourceTable sources={sources} zone={zone} now={clock.now()} />
      </Section>
      {mayImport ? (
        <Section title="Import a file">
          <UploadForm ventureId={venture.id} dataPath={dataPath} sources={sources.map((source) => source.name)} />
        </Section>
      ) : null}
      <Section title="Imports">
        <ImportHistory imports={imports} dataPath={dataPath} zone={zone} mayImport={mayImport} />
      </Section>
    </div>
  );
}
