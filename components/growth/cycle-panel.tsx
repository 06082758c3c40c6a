import { classNames } from "@/components/ui/class-names";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatDay, plural } from "@/lib/format";
import type { CycleView } from "@/lib/growth/queries/cycle/cycles";
import type { LoopStart } from "@/lib/growth/rules/cycle/cycle";
import { CycleOrders, StartCycle } from "./cycle-orders";
import { PHASES, phaseLabel } from "./cycle-words";

type CyclePanelProps = {
  venture: { id: string; slug: string };
  cycles: readonly CycleView[];
  start: LoopStart;
  mayReview: boolean;
  maySteer: boolean;
};

/** Where the growth loop stands, what it waits for, and how its earlier turns ended. */
export function CyclePanel({ venture, cycles, start, mayReview, maySteer }: CyclePanelProps) {
  const [first, ...earlier] = cycles;
  const open = first && (first.status === "running" || first.status === "paused") ? first : null;
  const past = open ? earlier : cycles;
  return (
    <Section title="Growth cycle" aside={open ? `turn ${open.ordinal}, review on ${formatDay(open.reviewOn)}` : null}>
      <div className="grid gap-4">
        {open ? <Phases cycle={open} /> : null}
        {open ? <CycleOrders cycle={open} mayReview={mayReview} maySteer={maySteer} /> : null}
        {open ? null : <Idle ventureId={venture.id} start={start} mayStart={mayReview} />}
        <Earlier cycles={past} slug={venture.slug} />
      </div>
    </Section>
  );
}

const WAITS: Readonly<Record<(LoopStart & { by: "person" })["because"], string>> = {
  "growth-closed": "The loop turns while growth management (40.1) is open.",
  open: "",
  manual: "Not started. At manual autonomy nothing begins by itself: start the first turn here.",
  cancelled: "Not started again since it was cancelled. Nothing begins by itself until somebody starts it.",
};

function whenItStarts(start: LoopStart): string {
  if (start.by === "person") return WAITS[start.because];
  if (!start.settling) return "Not started yet: the first turn opens by itself in the coming night.";
  return `Not started yet: the venture was taken over, so the first turn opens by itself on ${formatDay(start.on)}.`;
}

function Idle({ ventureId, start, mayStart }: { ventureId: string; start: LoopStart; mayStart: boolean }) {
  const closed = start.by === "person" && start.because === "growth-closed";
  return (
    <div className="grid gap-3">
      <p className="prose-width">{whenItStarts(start)}</p>
      {closed ? null : (
        <p className="prose-width text-muted">
          A turn analyses and proposes, carries out what is approved, measures it at the profile&rsquo;s review, reports
          what was forecast and what came, and opens the next.
        </p>
      )}
      {mayStart && !closed ? <StartCycle ventureId={ventureId} /> : null}
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
