import { ReportText } from "@/components/agents/report-text";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { Section } from "@/components/ui/section";
import { formatMoment, plural } from "@/lib/format";
import type { ArtefactView } from "@/lib/reports/queries/artefacts";
import { DownloadLinks } from "./download-links";
import { HeldNotice } from "./held-notice";

type ReaderProps = { artefact: ArtefactView; path: string; zone: string; mayWrite: boolean };

/** One stored version as it was written, each figure live: what has changed since is struck and says why. */
export function ArtefactReader({ artefact, path, zone, mayWrite }: ReaderProps) {
  const held = artefact.contradictions.some(({ explanation }) => explanation === null);
  const { id, title, kindName, version, createdAt, writtenBy, figures, blocks, versions } = artefact;
  const stale = Object.values(figures).filter((figure) => figure.stale).length;
  const newest = versions[0];
  return (
    <div className="grid items-start gap-x-10 gap-y-9 lg:grid-cols-[minmax(0,1fr)_15rem]">
      <article className="grid min-w-0 gap-4">
        <header>
          <p className="text-sm text-muted" data-print="none">
            <TextLink href={path}>Reports</TextLink>
          </p>
          <h1 className="headline text-xl">{title}</h1>
          <p className="text-sm text-muted">
            {kindName}, version {version}, {formatMoment(createdAt, zone)}, by {byWhom(writtenBy)}
          </p>
          <p className="mt-1">
            <DownloadLinks artefactId={id} of={`Version ${version}`} held={held} />
          </p>
        </header>
        {newest && newest.id !== id ? (
          <Notice word="older version">
            <TextLink href={`${path}/${newest.id}`}>Version {newest.version}</TextLink> is the newest.
          </Notice>
        ) : null}
        {stale > 0 && !held ? (
          <Notice level="warning" word="stale">
            {plural(stale, "figure")} of this version changed since it was written; the files keep what was written.
          </Notice>
        ) : null}
        <HeldNotice contradictions={artefact.contradictions} venture={artefact.venture} mayWrite={mayWrite} />
        {held ? (
          <Disclosure summary="The text as it stands, not released">
            <ReportText blocks={blocks} figures={figures} />
          </Disclosure>
        ) : (
          <ReportText blocks={blocks} figures={figures} />
        )}
      </article>
      <div data-print="none" className="min-w-0">
        <Section title="Versions">
          <VersionList artefact={artefact} path={path} zone={zone} />
        </Section>
      </div>
    </div>
  );
}

export const byWhom = (writtenBy: string): string =>
  writtenBy === "rules" ? "rules over figures" : `the ${writtenBy}`;

function VersionList({ artefact, path, zone }: { artefact: ArtefactView; path: string; zone: string }) {
  const first = artefact.versions.at(-1);
  return (
    <ul>
      {artefact.versions.map(({ id, version, createdAt }) => (
        <li key={id} className="border-b border-line py-1.5 text-sm">
          <TextLink
            href={`${path}/${id}`}
            quiet
            aria-current={id === artefact.id ? "page" : undefined}
            className="aria-[current=page]:font-medium"
          >
            Version {version}
          </TextLink>
          <span className="block text-muted">{formatMoment(createdAt, zone)}</span>
          {id === first?.id ? null : (
            <TextLink href={`${path}/${id}/changes`}>
              Changes<span className="sr-only"> in version {version}</span>
            </TextLink>
          )}
        </li>
      ))}
    </ul>
  );
}
