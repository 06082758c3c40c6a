import type { ReactNode } from "react";
import { actorWords } from "@/components/record/event-words";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatMoment } from "@/lib/format";
import type { ListedArtefact } from "@/lib/reports/queries/artefacts";
import { DownloadLinks } from "./download-links";
import { WriteButton, type WrittenKind } from "./write-button";

/** What the Growth agent owes a venture, in the order in which it is read (spec/stage-40, section 3). */
const OUTPUTS = [
  {
    kind: "growth-lever-report",
    title: "Growth lever analysis",
    empty: "The growth panel writes the first: press “Run growth analysis” on the overview.",
  },
  {
    kind: "strategy-plan",
    title: "Strategy execution plans",
    empty: "An approved lever becomes an initiative, and each initiative has its plan.",
  },
  {
    kind: "performance-dashboard",
    title: "Performance dashboard",
    empty: "A version keeps every measure as it stands on a day, to be compared with later ones.",
  },
  {
    kind: "optimization-recommendations",
    title: "Optimization recommendations",
    empty: "What to start, what to go on with and what to leave, from the levers and the initiatives.",
  },
  {
    kind: "growth-cycle-report",
    title: "Growth cycle reports",
    empty: "Each turn of the growth loop ends with one: what was forecast, and what came.",
  },
] as const;

/** Those that rules write when a person asks; the others come out of runs and decisions. */
const WRITTEN: readonly WrittenKind[] = ["performance-dashboard", "optimization-recommendations"];

const baseKind = (kind: string): string => kind.split(":")[0] ?? kind;

type OutputListProps = {
  venture: { id: string; slug: string };
  artefacts: readonly ListedArtefact[];
  zone: string;
  mayWrite: boolean;
};

export function OutputList({ venture, artefacts, zone, mayWrite }: OutputListProps) {
  const known: readonly string[] = OUTPUTS.map(({ kind }) => kind);
  const others = artefacts.filter(({ kind }) => !known.includes(baseKind(kind)));
  return (
    <div className="grid gap-9">
      {OUTPUTS.map(({ kind, title, empty }) => {
        const found = artefacts.filter((one) => baseKind(one.kind) === kind);
        const written = WRITTEN.find((one) => one === kind);
        const write = mayWrite && written ? <WriteButton ventureId={venture.id} kind={written} /> : null;
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

function Lines({ artefacts, zone }: { artefacts: readonly ListedArtefact[]; zone: string }): ReactNode {
  return (
    <ul>
      {artefacts.map((artefact) => (
        <ArtefactLine key={artefact.id} artefact={artefact} zone={zone} />
      ))}
    </ul>
  );
}

/** A report in a list: its newest version to be read, and the files of it. */
function ArtefactLine({ artefact, zone }: { artefact: ListedArtefact; zone: string }) {
  const { id, title, version, createdAt, agent, venture } = artefact;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line py-2">
      <span className="min-w-0">
        <TextLink href={`/ventures/${venture.slug}/growth/reports/${id}`} quiet data-list-item className="font-medium">
          {title}
        </TextLink>{" "}
        <span className="text-sm text-muted">
          version {version}, {formatMoment(createdAt, zone)}
          {agent ? `, ${actorWords(`agent:${agent}`)}` : null}
        </span>
      </span>
      <DownloadLinks artefactId={id} of={`${title}, version ${version},`} />
    </li>
  );
}
