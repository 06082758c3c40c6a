import type { ReactNode } from "react";
import { actorWords } from "@/components/record/event-words";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatMoment } from "@/lib/format";
import type { ListedArtefact } from "@/lib/reports/queries/artefacts";
import { type ReportRoom, reportHref, roomOfKind } from "@/lib/reports/schema";
import { DownloadLinks } from "./download-links";
import { isWritten, OUTPUTS } from "./outputs";
import { WriteButton } from "./write-button";

const baseKind = (kind: string): string => kind.split(":")[0] ?? kind;

type OutputListProps = {
  /** Whose outputs. */
  of: ReportRoom;
  venture: { id: string; slug: string };
  artefacts: readonly ListedArtefact[];
  zone: string;
  mayWrite: boolean;
};

export function OutputList({ of, venture, artefacts, zone, mayWrite }: OutputListProps) {
  const named = new Set(OUTPUTS[of].map(({ kind }) => kind));
  const others = artefacts.filter(({ kind }) => roomOfKind(kind) === of && !named.has(baseKind(kind)));
  return (
    <div className="grid gap-9">
      {OUTPUTS[of].map(({ kind, title, empty }) => {
        const found = artefacts.filter((one) => baseKind(one.kind) === kind);
        const write = mayWrite && isWritten(kind) ? <WriteButton ventureId={venture.id} kind={kind} /> : null;
        return (
          <Section key={kind} title={title} aside={write}>
            {found.length === 0 ? (
              <p className="prose-width py-2 text-muted">Nothing stored yet. {empty}</p>
            ) : (
              <Lines artefacts={found} zone={zone} />
            )}
          </Section>
        );
      })}
      {others.length > 0 ? (
        <Section title="Other reports">
          <Lines artefacts={others} zone={zone} />
        </Section>
      ) : null}
    </div>
  );
}

type LinesProps = { artefacts: readonly ListedArtefact[]; zone: string };

function Lines({ artefacts, zone }: LinesProps): ReactNode {
  return (
    <ul>
      {artefacts.map((artefact) => (
        <ArtefactLine key={artefact.id} artefact={artefact} zone={zone} />
      ))}
    </ul>
  );
}

/** A report in a list: its newest version to be read, and the files of it. */
type LineProps = { artefact: ListedArtefact; zone: string };

function ArtefactLine({ artefact, zone }: LineProps) {
  const { id, title, version, createdAt, agent, venture } = artefact;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line py-2">
      <span className="min-w-0">
        <TextLink href={reportHref(venture.slug, artefact)} quiet data-list-item className="font-medium">
          {title}
        </TextLink>{" "}
        <span className="text-sm text-muted">
          version {version}, {formatMoment(createdAt, zone)}
          {agent ? `, ${actorWords(`agent:${agent}`)}` : null}
        </span>
      </span>
      <DownloadLinks
        artefactId={id}
        of={`${title}, version ${version},`}
        held={artefact.held}
        why={reportHref(venture.slug, artefact)}
      />
    </li>
  );
}
