import { TextLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { formatMoment, formatMoney, formatNumber, plural } from "@/lib/format";
import type { StageRunView } from "@/lib/stage/queries/timeline";
import type { Cost, TimelineEntry } from "@/lib/stage/queries/timeline-steps";

const MICROS = 1_000_000;

/** What a run took, in words; the built-in analyst needs no model and costs nothing. */
function costWords({ tokens, micros, seconds }: Cost): string {
  const parts = [
    ...(seconds === null ? [] : [`${formatNumber(seconds)} s`]),
    ...(tokens > 0 ? [`${formatNumber(tokens)} tokens`] : []),
    micros === "0" ? "no cost" : formatMoney(Number(micros) / MICROS, "USD", { decimals: 2 }),
  ];
  return parts.join(", ");
}

type TimelineProps = { run: Pick<StageRunView, "entries" | "older" | "total">; zone: string; before: string | null };

const pageOf = (before: string | null): string => `?${before ? `before=${before}` : ""}#timeline`;

/** Every step of the run and below it: when, who or what did it, what it cost. Newest first. */
export function StageTimeline({ run: { entries, older, total }, zone, before }: TimelineProps) {
  return (
    <div id="timeline">
      <Section
        title="Timeline"
        aside={`${plural(total.runs, "agent run")}: ${costWords({ ...total, seconds: total.seconds })}`}
      >
        <ol className="grid">
          {entries.map((entry) => (
            <Entry key={`${entry.kind}:${entry.id}`} entry={entry} zone={zone} />
          ))}
        </ol>
        {older || before ? (
          <p className="flex flex-wrap gap-x-5 pt-3" data-print="none">
            {before ? <TextLink href={pageOf(null)}>The newest</TextLink> : null}
            {older ? <TextLink href={pageOf(older)}>What was before</TextLink> : null}
          </p>
        ) : null}
      </Section>
    </div>
  );
}

function Entry({ entry: { id, kind, at, text, by, memoId, cost }, zone }: { entry: TimelineEntry; zone: string }) {
  // What an agent did leads to its trace.
  const href = memoId ? `/inbox/${memoId}` : kind === "agent" ? `/runs/${id}` : null;
  return (
    <li className="grid gap-x-4 border-b border-line py-1.5 sm:grid-cols-[9.5rem_1fr]">
      <time dateTime={at} className="text-sm text-muted">
        {formatMoment(new Date(at), zone)}
      </time>
      <div className="min-w-0">
        <p className="prose-width">{href ? <TextLink href={href}>{text}</TextLink> : text}</p>
        <p className="text-sm text-muted">
          {by}
          {cost ? ` · ${costWords(cost)}` : null}
        </p>
      </div>
    </li>
  );
}
