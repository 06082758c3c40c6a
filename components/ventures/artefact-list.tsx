import { actorWords } from "@/components/record/event-words";
import { TextLink } from "@/components/ui/link";
import { formatSince } from "@/lib/format";
import type { BriefArtefact } from "@/lib/reports/queries/venture-brief";
import { reportHref } from "@/lib/reports/schema";

type ArtefactListProps = { artefacts: readonly BriefArtefact[]; slug: string; now: Date; zone: string };

/** The newest version of each kind; each is read as it was stored. */
export function ArtefactList({ artefacts, slug, now, zone }: ArtefactListProps) {
  if (artefacts.length === 0)
    return <p className="py-2 text-muted">No report yet. The growth panel writes the first.</p>;
  return (
    <ul>
      {artefacts.map((artefact) => (
        <li key={artefact.id} className="flex items-baseline justify-between gap-4 border-b border-line py-2">
          <span className="min-w-0">
            <TextLink href={reportHref(slug, artefact)} quiet data-list-item>
              {artefact.title}
            </TextLink>{" "}
            <span className="text-sm text-muted">
              version {artefact.version}
              {artefact.agent ? `, ${actorWords(`agent:${artefact.agent}`)}` : null}
            </span>
          </span>
          <span className="shrink-0 text-sm text-muted">{formatSince(artefact.createdAt, now, zone)}</span>
        </li>
      ))}
    </ul>
  );
}
