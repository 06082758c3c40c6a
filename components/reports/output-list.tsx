import type { ReactNode } from "react";
import { actorWords } from "@/components/record/event-words";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatMoment } from "@/lib/format";
import type { ListedArtefact } from "@/lib/reports/queries/artefacts";
import { DownloadLinks } from "./download-links";
import { WriteButton, type WrittenKind } from "./write-button";

type Output = { kind: string; title: string; empty: string };

/** What the Growth agent owes a venture, in the order in which it is read (spec/stage-40, section 3). */
const GROWTH: readonly Output[] = [
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
];

/** The same of the Exit agent. */
const EXIT: readonly Output[] = [
  {
    kind: "exit-readiness-report",
    title: "Exit readiness report",
    empty: "The advisor writes it: on the overview, or at each check while exit preparation runs.",
  },
  {
    kind: "target-buyer-list",
    title: "Target buyer list",
    empty: "Who may buy, on which list and why, and where each stands.",
  },
  {
    kind: "due-diligence-package",
    title: "Due diligence package",
    empty: "The index of the data room with what is filed and what is missing.",
  },
  { kind: "valuation-report", title: "Valuation report", empty: "It is written on the valuation page." },
  {
    kind: "valuation-optimization-plan",
    title: "Valuation optimization plan",
    empty: "What raises the value most for the effort, and in which order.",
  },
  { kind: "exit-teaser", title: "Teaser", empty: "A draft without the company's name; what is not stored is marked." },
  {
    kind: "information-memorandum",
    title: "Information memorandum",
    empty: "A draft for those who signed the NDA; what is not stored is marked.",
  },
];
const OUTPUTS = { growth: GROWTH, exit: EXIT } as const;

/** Those that rules write when a person asks; the others come out of runs and decisions. */
const WRITTEN: readonly WrittenKind[] = [
  ...(["performance-dashboard", "optimization-recommendations"] as const),
  "valuation-optimization-plan",
  ...(["due-diligence-package", "target-buyer-list", "exit-teaser", "information-memorandum"] as const),
];

const baseKind = (kind: string): string => kind.split(":")[0] ?? kind;

type OutputListProps = {
  /** Whose outputs. */
  of?: keyof typeof OUTPUTS;
  venture: { id: string; slug: string };
  artefacts: readonly ListedArtefact[];
  zone: string;
  mayWrite: boolean;
};

export function OutputList({ of = "growth", venture, artefacts, zone, mayWrite }: OutputListProps) {
  const known: readonly string[] = Object.values(OUTPUTS)
    .flat()
    .map(({ kind }) => kind);
  // What neither room names is shown with growth, so that nothing is lost.
  const others = of === "growth" ? artefacts.filter(({ kind }) => !known.includes(baseKind(kind))) : [];
  return (
    <div className="grid gap-9">
      {OUTPUTS[of].map(({ kind, title, empty }) => {
        const found = artefacts.filter((one) => baseKind(one.kind) === kind);
        const written = WRITTEN.find((one) => one === kind);
        const write = mayWrite && written ? <WriteButton ventureId={venture.id} kind={written} /> : null;
        return (
          <Section key={kind} title={title} aside={write}>
            {found.length === 0 ? (
              <p className="prose-width py-2 text-muted">Nothing stored yet. {empty}</p>
            ) : (
              <Lines of={of} artefacts={found} zone={zone} />
            )}
          </Section>
        );
      })}
      {others.length > 0 ? (
        <Section title="Other reports">
          <Lines of={of} artefacts={others} zone={zone} />
        </Section>
      ) : null}
    </div>
  );
}

type LinesProps = { of: keyof typeof OUTPUTS; artefacts: readonly ListedArtefact[]; zone: string };

function Lines({ of, artefacts, zone }: LinesProps): ReactNode {
  return (
    <ul>
      {artefacts.map((artefact) => (
        <ArtefactLine key={artefact.id} of={of} artefact={artefact} zone={zone} />
      ))}
    </ul>
  );
}

/** A report in a list: its newest version to be read, and the files of it. */
type LineProps = { of: keyof typeof OUTPUTS; artefact: ListedArtefact; zone: string };

function ArtefactLine({ of, artefact, zone }: LineProps) {
  const { id, title, version, createdAt, agent, venture } = artefact;
  return (
    <li className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line py-2">
      <span className="min-w-0">
        <TextLink href={`/ventures/${venture.slug}/${of}/reports/${id}`} quiet data-list-item className="font-medium">
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
