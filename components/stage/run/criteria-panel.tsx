import { FigureValue } from "@/components/figures/figure-value";
import { Disclosure } from "@/components/ui/disclosure";
import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatDay } from "@/lib/format";
import type { CriteriaView, CriterionView, OverrideView } from "@/lib/stage/queries/criteria";
import type { CriterionGroup } from "@/lib/stage/schema/run";
import { LetPass, TakeBack } from "./override-buttons";

/** Where the facts of a group are kept. */
const PAGES: Readonly<Record<CriterionGroup, string>> = {
  ...{ entry: "settings", "40.1": "growth", "40.2": "exit", "40.3": "deal", exit: "deal" },
};

type PanelProps = { criteria: CriteriaView; ventureId: string; slug: string; maySteer: boolean };

/** Both gates and every "done when" in one place: what is asked, what was found, by which figures. */
export function CriteriaPanel({ criteria, ...of }: PanelProps) {
  return (
    <Section title="Gates and criteria" aside={`by the facts of ${formatDay(criteria.today)}`}>
      <div className="grid gap-7">
        {criteria.groups.map(({ group, label, holds, lines }) => (
          <div key={group}>
            <h3 className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line pb-1 font-medium">
              <TextLink href={`/ventures/${of.slug}/${PAGES[group]}`} quiet>
                {label}
              </TextLink>
              <Level {...standing(holds, lines)} />
            </h3>
            <ul>
              {lines.map((line) => (
                <Line key={line.id} line={line} {...of} />
              ))}
            </ul>
          </div>
        ))}
      </div>
    </Section>
  );
}

/** What the chairman let pass holds, and is not green: the facts do not say so. */
function standing(holds: boolean, lines: readonly CriterionView[]): { level: LevelName; word: string } {
  if (!holds) return { level: "warning", word: "does not hold" };
  const met = lines.every((line) => line.met);
  return met ? { level: "healthy", word: "holds" } : { level: "unknown", word: "holds, let pass" };
}

function Line({ line, ventureId, maySteer }: { line: CriterionView } & Omit<PanelProps, "criteria" | "slug">) {
  const { id, label, rule, met, found, figures, override, before } = line;
  return (
    <li className="grid gap-1 border-b border-line py-2">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{label}</span>
        <Level
          level={met ? "healthy" : override ? "unknown" : "warning"}
          word={met ? "met" : override ? "let pass" : "not met"}
        />
      </p>
      <p className="prose-width text-sm text-muted">{rule}.</p>
      {found.length > 0 ? <p className="prose-width text-sm">{found.join(" ")}</p> : null}
      {figures.length > 0 ? (
        <dl className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
          {figures.map((figure) => (
            <div key={figure.id} className="flex items-baseline gap-1.5">
              <dt className="text-muted">{figure.label}</dt>
              <dd>
                <FigureValue figure={figure} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
      {override ? <Said override={override} /> : null}
      {maySteer && !met && !override ? (
        <p className="justify-self-start">
          <LetPass ventureId={ventureId} criterion={id} label={label} />
        </p>
      ) : null}
      {maySteer && override ? (
        <p className="justify-self-start">
          <TakeBack overrideId={override.id} label={label} />
        </p>
      ) : null}
      {before.length > 0 ? (
        <Disclosure summary={<span className="text-sm">Let pass before, and taken back</span>}>
          {before.map((one) => (
            <Said key={one.id} override={one} />
          ))}
        </Disclosure>
      ) : null}
    </li>
  );
}

const dayOf = (at: string): string => formatDay(at.slice(0, 10));

function Said({ override: { reason, found, madeBy, madeAt, takenBack } }: { override: OverrideView }) {
  return (
    <div className="prose-width border-l-3 border-edge bg-wash px-3 py-1 text-sm">
      <p>
        Let pass by {madeBy} on {dayOf(madeAt)}: “{reason}”
      </p>
      <p className="text-muted">The facts said then: {found}</p>
      {takenBack ? (
        <p>
          Taken back by {takenBack.by} on {dayOf(takenBack.at)}: “{takenBack.reason}”
        </p>
      ) : null}
    </div>
  );
}
