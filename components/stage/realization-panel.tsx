import { classNames } from "@/components/ui/class-names";
import { Disclosure } from "@/components/ui/disclosure";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatMoment, plural } from "@/lib/format";
import type { RealizationMoveView, RealizationView } from "@/lib/stage/queries/realization";
import { PHASE_LABELS, PHASES } from "@/lib/stage/schema/realization";
import { RealizationOrder } from "./realization-order";

const STATUS_WORDS: Readonly<Record<RealizationView["status"], string>> = {
  running: "running",
  paused: "paused",
  returned: "closed without a sale",
  done: "everything is paid",
  cancelled: "ended",
};

type PanelProps = { run: RealizationView; zone: string; maySteer: boolean };

/** Where value realization (40.3) stands on its way from the first talk to the last cent, and what its run did. */
export function RealizationPanel({ run, zone, maySteer }: PanelProps) {
  const underWay = run.status === "running" || run.status === "paused";
  return (
    <Section title="Value realization (40.3)" aside={STATUS_WORDS[run.status]}>
      <div className="grid gap-4">
        <Phases run={run} underWay={underWay} />
        {run.reason ? <p className="prose-width">{run.reason}</p> : null}
        {underWay && maySteer ? <RealizationOrder run={run} /> : null}
        {run.moves.length > 0 ? (
          <Disclosure summary={`What happened (${plural(run.moves.length, "entry", "entries")})`}>
            <ol className="grid gap-1 text-sm">
              {run.moves.map((move) => (
                <Move key={move.ordinal} move={move} zone={zone} />
              ))}
            </ol>
          </Disclosure>
        ) : null}
      </div>
    </Section>
  );
}

function Phases({ run, underWay }: { run: RealizationView; underWay: boolean }) {
  const now = PHASES.indexOf(run.phase);
  return (
    <ol className="flex flex-wrap gap-x-4 gap-y-1 text-sm">
      {PHASES.map((phase, index) => {
        const here = index === now && underWay;
        return (
          <li
            key={phase}
            aria-current={here ? "step" : undefined}
            className={classNames(here ? "font-medium underline underline-offset-4" : "text-muted")}
          >
            <span aria-hidden="true">{index < now || run.status === "done" ? "✓ " : ""}</span>
            {PHASE_LABELS[phase]}
            <span className="sr-only">{index < now ? ", passed" : here ? ", now" : ""}</span>
          </li>
        );
      })}
    </ol>
  );
}

function Move({ move, zone }: { move: RealizationMoveView; zone: string }) {
  return (
    <li className="flex flex-wrap gap-x-3">
      <time dateTime={move.at} className="text-muted">
        {formatMoment(new Date(move.at), zone)}
      </time>
      {move.memoId ? <TextLink href={`/inbox/${move.memoId}`}>{move.text}</TextLink> : <span>{move.text}</span>}
    </li>
  );
}
