import { DEED_WORDS, STATUS_WORDS } from "@/components/decisions/verdict-words";
import { Level, type LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatDay, formatMoment } from "@/lib/format";
import type { Decision, Occasion, RollbackView } from "@/lib/stage/queries/rollbacks";

const STATES: Readonly<Record<RollbackView["state"], { level: LevelName; word: string }>> = {
  holds: { level: "critical", word: "holds" },
  near: { level: "warning", word: "near" },
  far: { level: "healthy", word: "far" },
  unknown: { level: "unknown", word: "unknown" },
  "not-watched": { level: "unknown", word: "not watched now" },
};

/** Every rollback of the stage: how far it is, what follows by whose authority, and each time it came true. */
export function RollbackList({ rollbacks, zone }: { rollbacks: readonly RollbackView[]; zone: string }) {
  const came = rollbacks.reduce((sum, { occasions }) => sum + occasions.length, 0);
  return (
    <Section
      title="What can send it back"
      aside={came === 0 ? "never yet" : `came true ${came === 1 ? "once" : `${came} times`}`}
    >
      <ul className="grid gap-4">
        {rollbacks.map((one) => (
          <Rollback key={one.id} one={one} zone={zone} />
        ))}
      </ul>
    </Section>
  );
}

function Rollback({ one, zone }: { one: RollbackView; zone: string }) {
  const { trigger, action, authority, state, on, occasions } = one;
  return (
    <li className="grid gap-1 border-b border-line pb-3">
      <p className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-medium">{trigger}</span>
        <Level {...STATES[state]} />
      </p>
      <p className="prose-width text-sm text-muted">
        {action}. Authority: {authority}.{on && state !== "holds" ? ` On ${formatDay(on)}, if nothing changes.` : ""}
      </p>
      {occasions.length > 0 ? (
        <ol className="grid gap-2 border-l-3 border-line pl-3">
          {occasions.map((occasion) => (
            <Came key={`${occasion.at} ${occasion.text}`} occasion={occasion} zone={zone} />
          ))}
        </ol>
      ) : null}
    </li>
  );
}

function Came({ occasion, zone }: { occasion: Occasion; zone: string }) {
  const { at, text, recordedBy, byItself, decision, over } = occasion;
  return (
    <li className="grid gap-1">
      <p className="wrap-anywhere">
        <time dateTime={at} className="text-sm text-muted">
          {formatMoment(new Date(at), zone)}
        </time>{" "}
        {text}
      </p>
      <p className="text-sm text-muted">
        {recordedBy ? `Recorded by ${recordedBy}.` : "Detected from the data."}
        {byItself ? ` By itself: ${byItself}` : ""}
      </p>
      {decision ? <Decided decision={decision} zone={zone} /> : null}
      {over ? (
        <p className="text-sm wrap-anywhere">
          Over since {formatDay(over.on)}, said by {over.by}: {over.text}
        </p>
      ) : null}
    </li>
  );
}

function Decided({ decision, zone }: { decision: Decision; zone: string }) {
  const { memoId, title, status, by, at, actionClass, carriedOut } = decision;
  const deed = carriedOut && status !== "reversed" ? DEED_WORDS[actionClass] : null;
  const who = by && at ? ` by ${by}, ${formatMoment(new Date(at), zone)}` : "";
  return (
    <p className="text-sm wrap-anywhere">
      <TextLink href={`/inbox/${memoId}`}>{title}</TextLink>: {STATUS_WORDS[status] ?? status}
      {who}
      {deed ? `; ${deed}` : ""}.
    </p>
  );
}
