import { classNames } from "@/components/ui/class-names";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatDay, plural } from "@/lib/format";
import type { CycleView } from "@/lib/growth/queries/cycle/cycles";
import { CycleOrders, StartCycle } from "./cycle-orders";
import { PHASES, phaseLabel } from "./cycle-words";

type CyclePanelProps = {
  venture: { id: string; slug: string };
  cycles: readonly CycleView[];
  growthOpen: boolean;
  mayReview: boolean;
  maySteer: boolean;
};

/** Where the growth loop stands, what it waits for, and how its earlier turns ended. */
export function CyclePanel({ venture, cycles, growthOpen, mayReview, maySteer }: CyclePanelProps) {
  const [first, ...earlier] = cycles;
  const open = first && (first.status === "running" || first.status === "paused") ? first : null;
  const past = open ? earlier : cycles;
  return (
    <Section title="Growth cycle" aside={open ? `turn ${open.ordinal}, review on ${formatDay(open.reviewOn)}` : null}>
      <div className="grid gap-4">
        {open ? <Phases cycle={open} /> : null}
        {open ? <CycleOrders cycle={open} mayReview={mayReview} maySteer={maySteer} /> : null}
        {open ? null : <Idle ventureId={venture.id} growthOpen={growthOpen} mayStart={mayReview} />}
        <Earlier cycles={past} slug={venture.slug} />
      </div>
    </Section>
  );
}

function Idle({ ventureId, growthOpen, mayStart }: { ventureId: string; growthOpen: boolean; mayStart: boolean }) {
  if (!growthOpen) return <p className="text-muted">The loop turns while growth management (40.1) is open.</p>;
  return (
    <div className="grid gap-3">
      <p className="prose-width text-muted">
        No cycle runs. A cycle analyses, proposes, carries out what is approved, measures it at the profile&rsquo;s
        review frequency, compares what was forecast with what came, and opens the next. At assisted and auto autonomy
        the first opens with stage 40; at manual autonomy, after a cancellation, and where the venture was taken over in
        the middle of the stage, somebody starts it.
      </p>
      {mayStart ? <StartCycle ventureId={ventureId} /> : null}
    </div>
  );
}

function Phases({ cycle }: { cycle: CycleView }) {
  const current = PHASES.findIndex(({ phase }) => phase === cycle.phase);
  return (
    <div className="grid gap-2">
      <ol className="flex flex-wrap gap-x-5 gap-y-1" aria-label="Phases of the cycle">
        {PHASES.map(({ phase, label }, index) => (
          <li
            key={phase}
            aria-current={index === current ? "step" : undefined}
            className={classNames(
              "border-b-2 pb-0.5",
              index === current ? "border-accent font-medium" : "border-transparent text-muted",
            )}
          >
            <span aria-hidden="true">{index < current ? "✓ " : ""}</span>
            {label}
            {index < current ? <span className="sr-only"> (done)</span> : null}
          </li>
        ))}
      </ol>
      <p className="text-muted">
        {cycle.status === "paused" ? "Paused. " : null}
        {PHASES[current]?.about}{" "}
        {cycle.phase === "decide" && cycle.openMemos > 0 ? (
          <TextLink href="/inbox">{plural(cycle.openMemos, "memo waits", "memos wait")} for an answer.</TextLink>
        ) : null}
      </p>
    </div>
  );
}

function Earlier({ cycles, slug }: { cycles: readonly CycleView[]; slug: string }) {
  if (cycles.length === 0) return null;
  return (
    <ul className="grid gap-1 text-sm" aria-label="Earlier turns">
      {cycles.slice(0, 6).map((cycle) => (
        <li key={cycle.id} className="flex flex-wrap items-baseline gap-x-3">
          <span>
            Turn {cycle.ordinal}, {formatDay(cycle.openedOn)}
          </span>
          {cycle.artefactId ? (
            <TextLink href={`/ventures/${slug}/growth/reports/${cycle.artefactId}`}>Report of the turn</TextLink>
          ) : (
            <span className="text-muted">
              {cycle.ending ?? (cycle.status === "cancelled" ? "cancelled" : `ended in ${phaseLabel(cycle.phase)}`)}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
