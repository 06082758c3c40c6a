import { notFound } from "next/navigation";
import { ApplyPanel } from "@/components/imports/apply-panel";
import { DiscardImport } from "@/components/imports/discard-import";
import { ImportFacts } from "@/components/imports/import-facts";
import { MappingForm } from "@/components/imports/mapping-form";
import { PreviewPanel, SHOWS, type Show } from "@/components/imports/preview-panel";
import { kindLabel } from "@/components/imports/sentences";
import { UndoDialog } from "@/components/imports/undo-dialog";
import { readerZone } from "@/components/shell/reader";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import type { Actor } from "@/lib/auth/actor";
import { isPermitted } from "@/lib/auth/permissions";
import { formatMoment, plural } from "@/lib/format";
import { getImport, listChanges, listRejects } from "@/lib/imports/queries";
import { findSweptAt } from "@/lib/imports/queries/swept";
import { type ImportKind, importIdSchema } from "@/lib/imports/schema";

export type ImportAsked = { show?: string; page?: string };

type ImportScreenProps = {
  actor: Actor;
  /** SHARED_DATA for exchange rates. */
  ventureId: string;
  importId: string;
  /** Where it was uploaded: "/ventures/meridian/data". */
  home: { href: string; label: string };
  asked: ImportAsked;
};

/** One import, from its columns to what it changed. */
export async function ImportScreen({ actor, ventureId, importId, home, asked }: ImportScreenProps) {
  if (!importIdSchema.safeParse({ importId }).success) notFound();
  const view = await getImport(actor, importId);
  if (view.ventureId !== ventureId) notFound();
  const show: Show = SHOWS.find((known) => known === asked.show) ?? startWith(view.counts);
  const page = Math.max(1, Math.trunc(Number(asked.page)) || 1);
  const isMapped = view.status !== "uploaded";
  const changes = isMapped && show !== "rejected" ? await listChanges(actor, importId, show, page) : [];
  const rejects = isMapped && show === "rejected" ? await listRejects(actor, importId, page) : [];
  const mayImport = isPermitted(actor.role, "data:import");
  const path = `${home.href}/imports/${importId}`;
  const { kind, detection, mapping, counts, status } = view;
  const zone = await readerZone();
  const sweptAt = await findSweptAt(actor, importId);
  const form = (
    <MappingForm
      key={JSON.stringify(mapping)}
      importId={importId}
      kind={kind}
      detection={detection}
      mapping={mapping}
    />
  );
  return (
    <div className="grid gap-8 *:min-w-0">
      <div>
        <TextLink href={home.href}>← {home.label}</TextLink>
        <h2 className="headline mt-1 text-xl">
          {view.fileName} · {kindLabel(kind)}
        </h2>
      </div>
      <ImportFacts view={view} zone={zone} path={`${home.href}/imports`} />
      {sweptAt ? (
        <Notice word="put away">
          Nobody applied its preview for a week, so it was put away on {formatMoment(sweptAt, zone)}. The file and its
          columns are kept; preview it again.
        </Notice>
      ) : null}
      {isMapped ? null : mayImport ? (
        <Section title="What each column is">{form}</Section>
      ) : (
        <Notice>Its columns are still to be checked by an analyst.</Notice>
      )}
      {isMapped ? (
        <Section title={status === "previewed" ? "What would change" : "What changed"}>
          <div className="grid gap-5 *:min-w-0">
            {status === "previewed" && mayImport ? (
              <ApplyPanel importId={importId} label={applyLabel(kind, counts.inserted + counts.changed)} />
            ) : null}
            <PreviewPanel view={view} show={show} page={page} path={path} changes={changes} rejects={rejects} />
          </div>
        </Section>
      ) : null}
      {status === "previewed" && mayImport ? (
        <Disclosure summary="Change the columns and preview again">{form}</Disclosure>
      ) : null}
      {["uploaded", "previewed", "failed"].includes(status) && mayImport ? (
        <DiscardImport importId={importId} fileName={view.fileName} dataPath={home.href} />
      ) : null}
      {status === "applied" && mayImport ? (
        <p>
          <UndoDialog importId={importId} fileName={view.fileName} />
        </p>
      ) : null}
    </div>
  );
}

const startWith = ({ inserted, changed, rejected }: { inserted: number; changed: number; rejected: number }): Show =>
  changed > 0 ? "changed" : inserted > 0 ? "new" : rejected > 0 ? "rejected" : "same";

/** A row of metrics may hold many values. */
const applyLabel = (kind: ImportKind, changes: number): string =>
  changes === 0
    ? "Close this import: nothing changes"
    : `Apply ${plural(changes, kind === "metrics" ? "value" : "row")}`;
