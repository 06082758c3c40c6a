import { Disclosure } from "@/components/ui/disclosure";
import { Section } from "@/components/ui/section";
import type { CrewMember } from "@/lib/agents/overview";

const words = (resources: readonly string[]): string =>
  resources.map((resource) => resource.replaceAll("-", " ")).join(", ");

/** The crew: what each is told, what it may read and write, which tools it works with, what it leaves behind. */
export function CrewList({ crew }: { crew: readonly CrewMember[] }) {
  return (
    <Section title="The crew">
      {crew.map(({ agent, title, instructions, tools, reads, writes, escalatesTo, reports }) => (
        <Disclosure key={agent} summary={title}>
          <div className="grid gap-2">
            <p className="prose-width">{instructions}</p>
            <dl className="grid gap-x-4 gap-y-1 text-sm sm:grid-cols-[8rem_1fr]">
              <dt className="text-muted">Reads</dt>
              <dd>{words(reads)}</dd>
              <dt className="text-muted">Writes</dt>
              <dd>{words(writes)}</dd>
              <dt className="text-muted">Escalates to</dt>
              <dd>{escalatesTo}</dd>
              <dt className="text-muted">Its runs write</dt>
              <dd>{reports.join(", ")}</dd>
            </dl>
            <ul aria-label={`Tools of the ${title}`} className="grid gap-1 text-sm">
              {tools.map(({ name, description, proposes }) => (
                <li key={name} className="prose-width wrap-anywhere">
                  <code className="font-mono text-xs">{name}</code>
                  {proposes ? " (proposes)" : null} <span className="text-muted">{description}</span>
                </li>
              ))}
            </ul>
          </div>
        </Disclosure>
      ))}
    </Section>
  );
}
