import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatMoment, plural } from "@/lib/format";
import type { VentureGovernance } from "@/lib/governance/queries";
import { STATE_WORDS } from "./governance-words";

const MOST = 4;

type DirectiveBriefProps = { governance: VentureGovernance; slug: string; zone: string };

/** The newest of what the triggers wrote, and the retrospective at the end, on the page of the stage. */
export function DirectiveBrief({ governance: { directives, retrospectives }, slug, zone }: DirectiveBriefProps) {
  const page = `/ventures/${slug}/directives`;
  return (
    <Section title="Directives and handoffs" aside={<TextLink href={page}>All, with answers and signals</TextLink>}>
      {directives.length === 0 ? <p className="py-2 text-muted">No trigger has fired yet.</p> : null}
      <ul>
        {retrospectives.map(({ handoff: { id, number, state, writtenAt }, answers }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2">
            <TextLink href={page} quiet data-list-item>
              The retrospective of the exit
            </TextLink>
            <span className="text-sm text-muted">
              {formatMoment(writtenAt, zone)}, {number} {STATE_WORDS[state]}
              {answers.length > 0 ? `, ${plural(answers.length, "answer")}` : ""}
            </span>
          </li>
        ))}
        {directives.slice(0, MOST).map(({ id, number, mode, title, firedAt, endedAt, handoff }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 border-b border-line py-2">
            <TextLink href={`${page}#${number}`} quiet data-list-item>
              {title}
            </TextLink>
            <Badge>{mode}</Badge>
            <span className="text-sm text-muted">
              {formatMoment(firedAt, zone)}
              {handoff ? `, ${handoff.number} ${STATE_WORDS[handoff.state]}` : ""}
              {endedAt ? ", its cause is over" : ""}
            </span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
