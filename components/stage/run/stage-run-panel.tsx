import type { ReactNode } from "react";
import { FigureValue } from "@/components/figures/figure-value";
import { Disclosure } from "@/components/ui/disclosure";
import { Level } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatDay, formatMoment } from "@/lib/format";
import type { StageRunView, Waiting } from "@/lib/stage/queries/timeline";
import { DOOR_WORDS, standingWords } from "./run-words";

const AT_GATE = "It waits at the entry gate: it opens by itself when the gate holds, or when the chairman opens it.";

function sinceWords({ record, endedAt }: StageRunView): string {
  if (!record) return endedAt ? "It ended at the entry gate: the stage was not opened." : AT_GATE;
  return `In stage 40 since ${formatDay(record.enteredOn)}${record.endedOn ? `, until ${formatDay(record.endedOn)}` : ""}.`;
}

type PanelProps = { run: StageRunView; zone: string; orders: ReactNode };

/** The run of the stage: since when, by which door, where it stands, and the chairman's orders. */
export function StageRunPanel({ run, zone, orders }: PanelProps) {
  const { startedAt, startedBy, door, ordinal, reason, entryGate } = run;
  return (
    <Section title="Stage 40" aside={standingWords(run)}>
      <div className="grid gap-3">
        <p className="prose-width">
          {sinceWords(run)}{" "}
          <span className="text-muted">
            Run {ordinal}, {DOOR_WORDS[door]} ({startedBy}, {formatMoment(new Date(startedAt), zone)}).
          </span>
        </p>
        {reason ? <p className="prose-width">{reason}</p> : null}
        {entryGate ? <EntryGateThen lines={entryGate} /> : null}
        {orders}
      </div>
    </Section>
  );
}

/** The gate as it was found when the stage opened, whatever the facts say since. */
function EntryGateThen({ lines }: { lines: NonNullable<StageRunView["entryGate"]> }) {
  return (
    <Disclosure summary="The entry gate as it was found when the stage opened">
      <ul>
        {lines.map(({ label, required, found, passed, figures }) => (
          <li key={label} className="flex flex-wrap items-baseline justify-between gap-x-4 border-b border-line py-1">
            <span className="min-w-0">
              {label}: {required}; found {found}.{" "}
              {figures.map((figure) => (
                <FigureValue key={figure.id} figure={figure} />
              ))}
            </span>
            <Level level={passed ? "healthy" : "critical"} word={passed ? "passed" : "not met"} />
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

/** What goes on only when somebody, or a day, comes. */
export function WaitingPanel({ waiting, zone }: { waiting: readonly Waiting[]; zone: string }) {
  return (
    <Section title="What waits on whom">
      {waiting.length === 0 ? (
        <p className="text-muted">Nothing waits on a person or a day.</p>
      ) : (
        <ul>
          {waiting.map(({ what, whom, href, since }) => (
            <li key={`${what} ${since}`} className="flex flex-wrap justify-between gap-x-4 border-b border-line py-1.5">
              <span className="min-w-0">{href ? <TextLink href={href}>{what}</TextLink> : what}</span>
              <span className="text-sm text-muted">
                waits for {whom}
                {since ? `, since ${formatMoment(new Date(since), zone)}` : null}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
