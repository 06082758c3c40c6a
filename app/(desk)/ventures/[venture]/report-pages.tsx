import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { cache } from "react";
import { ArtefactReader } from "@/components/reports/artefact-reader";
import { ComparisonView } from "@/components/reports/comparison-view";
import { ExportMenu } from "@/components/reports/export-menu";
import { OutputList } from "@/components/reports/output-list";
import { ListKeys } from "@/components/shell/list-keys";
import { readerZone } from "@/components/shell/reader";
import { TextLink } from "@/components/ui/link";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { findPermitted } from "@/lib/auth/session";
import { type ArtefactView, findArtefact, findComparison, listArtefacts } from "@/lib/reports/queries/artefacts";
import { artefactIdSchema, type ReportRoom, reportsHref } from "@/lib/reports/schema";
import { ventureOf } from "./venture-of";

/** What the pages of reports show, for growth and exit alike: the list, one version, what changed in it. */

type Address = { venture: string; artefactId: string };

/** The stored version that the address names, under the venture that it names; read once for title and page. */
const artefactOf = cache(async (actor: Actor, slug: string, artefactId: string): Promise<ArtefactView> => {
  const known = artefactIdSchema.safeParse({ artefactId }).success;
  const artefact = known ? await findArtefact(actor, artefactId) : null;
  if (artefact?.venture.slug !== slug) notFound();
  return artefact;
});

export async function reportMetadata({ venture, artefactId }: Address): Promise<Metadata> {
  const actor = await findPermitted("report:read");
  if (!actor) return {};
  const { title, version } = await artefactOf(actor, venture, artefactId);
  return { title: `${title}, version ${version}` };
}

type Shown<T> = T & { actor: Actor; of: ReportRoom };

const MOST = 200;

/** The outputs of one agent: the newest version of each, and how to keep another. */
export async function ReportList({ actor, of, venture: slug }: Shown<{ venture: string }>) {
  const venture = await ventureOf(slug);
  if (!venture) notFound();
  const [zone, artefacts] = await Promise.all([readerZone(), listArtefacts(actor, { ventureId: venture.id }, MOST)]);
  const mayWrite = isPermitted(actor.role, "run:start");
  return (
    <ListKeys up={`/ventures/${slug}/${of}`}>
      <div className="mb-6 flex flex-wrap items-baseline justify-between gap-3">
        <h1 className="headline text-xl">Reports</h1>
        <span className="flex flex-wrap items-baseline gap-4">
          <TextLink href={`/reports?scope=${slug}`}>Weekly reports</TextLink>
          <ExportMenu table="reports" of="the list of reports" query={{ venture: slug }} />
        </span>
      </div>
      <OutputList of={of} venture={venture} artefacts={artefacts} zone={zone} mayWrite={mayWrite} />
    </ListKeys>
  );
}

export async function Report({ actor, of, venture, artefactId }: Shown<Address>) {
  const artefact = await artefactOf(actor, venture, artefactId);
  const mayWrite = isPermitted(actor.role, "run:start");
  const path = reportsHref(venture, of);
  return <ArtefactReader artefact={artefact} path={path} zone={await readerZone()} mayWrite={mayWrite} />;
}

/** A version beside the one before it. */
export async function ReportChanges({ actor, of, venture, artefactId }: Shown<Address>) {
  const artefact = await artefactOf(actor, venture, artefactId);
  const compared = await findComparison(actor, artefact.id);
  if (!compared) notFound();
  const path = reportsHref(venture, of);
  return (
    <div className="grid gap-6">
      <header>
        <p className="text-sm text-muted" data-print="none">
          <TextLink href={path}>Reports</TextLink>
        </p>
        <h1 className="headline text-xl">{artefact.title}: what changed</h1>
        <p className="text-sm text-muted">
          From <TextLink href={`${path}/${compared.before.id}`}>version {compared.before.version}</TextLink> to{" "}
          <TextLink href={`${path}/${artefact.id}`}>version {artefact.version}</TextLink>
        </p>
      </header>
      <ComparisonView compared={compared} />
    </div>
  );
}
