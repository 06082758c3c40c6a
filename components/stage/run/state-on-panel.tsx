import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { TextInput } from "@/components/ui/text-input";
import { stageWords } from "@/components/ventures/stage-words";
import { formatDay } from "@/lib/format";
import type { StateOn } from "@/lib/stage/queries/state-on";

/** A day is chosen, and the stage is told as its record has it for the end of that day. */
export function StateOnPanel({ state, latest }: { state: StateOn; latest: string }) {
  return (
    <Section title="The state on a day" aside="from the record">
      <div className="grid gap-4">
        <form method="get" className="flex flex-wrap items-end gap-3" data-print="none">
          <Field label="Day" required>
            {(control) => <TextInput {...control} type="date" name="on" defaultValue={state.day} max={latest} />}
          </Field>
          <Button type="submit">Show that day</Button>
        </form>
        {state.events === 0 ? (
          <p className="prose-width text-muted">
            The record of this venture&apos;s stage does not reach back to {formatDay(state.day)}.
          </p>
        ) : (
          <State state={state} />
        )}
      </div>
    </Section>
  );
}

/** What the chairman let pass held, and was not green. */
function standing({ holds, letPass }: Pick<StateOn["groups"][number], "holds" | "letPass">) {
  if (!holds) return { level: "warning" as const, word: "did not hold" };
  return letPass ? { level: "unknown" as const, word: "held, let pass" } : { level: "healthy" as const, word: "held" };
}

function Named({ title, names }: { title: string; names: readonly string[] }) {
  return (
    <div>
      <h3 className="text-sm font-medium">{title}</h3>
      <p className={names.length === 0 ? "text-sm text-muted" : "prose-width"}>
        {names.length === 0 ? "None." : `${names.join("; ")}.`}
      </p>
    </div>
  );
}

function State({ state }: { state: StateOn }) {
  const { day, stage, open, paused, certified, groups, holding, memos, alerts, running } = state;
  return (
    <div className="grid gap-3">
      <p>
        {formatDay(day)}: {stageWords(stage, open)}
        {paused ? ", paused" : null}
        {certified ? ", certified" : null}.
      </p>
      {holding === null ? (
        <p className="text-sm text-muted">No criterion had been noted by then.</p>
      ) : (
        <dl className="grid gap-x-8 sm:grid-cols-2">
          {groups.map(({ label, lines, ...group }) => (
            <div key={label} className="border-b border-line py-1.5">
              <dt className="flex flex-wrap items-baseline justify-between gap-x-3 font-medium">
                {label}
                <Level {...standing(group)} />
              </dt>
              <dd className="text-sm text-muted">
                {lines
                  .filter((line) => line.holds)
                  .map((line) => (line.letPass ? `${line.label} (let pass)` : line.label))
                  .join(", ") || "nothing of it met"}
              </dd>
            </div>
          ))}
        </dl>
      )}
      <Named title="What was under way" names={running} />
      <Named title="Alerts that stood" names={alerts} />
      <div>
        <h3 className="text-sm font-medium">Memos that waited</h3>
        {memos.length === 0 ? (
          <p className="text-sm text-muted">None.</p>
        ) : (
          <ul>
            {memos.map(({ id, title }) => (
              <li key={id}>
                <TextLink href={`/inbox/${id}`}>{title}</TextLink>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}
