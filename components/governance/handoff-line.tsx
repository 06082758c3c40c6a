import { Level, type LevelName } from "@/components/ui/level";
import { formatMoment, plural } from "@/lib/format";
import type { AnswerView, DeliveryState, HandoffView } from "@/lib/governance/queries";
import { STATE_WORDS } from "./governance-words";
import { RedeliverButton } from "./redeliver-button";

const TONES: Readonly<Record<DeliveryState, LevelName>> = {
  delivered: "healthy",
  waiting: "unknown",
  retrying: "warning",
  dead: "critical",
};

const whereTo = (to: string): string => {
  if (to === "folder") return "its folder";
  return URL.canParse(to) ? new URL(to).host : "its address";
};

type HandoffLineProps = { handoff: HandoffView; zone: string; mayExchange: boolean };

/** A document, how its delivery stands, and what one can do about it. */
export function HandoffLine({ handoff, zone, mayExchange }: HandoffLineProps) {
  const { id, number, state, to, attempts, deliveredAt, lastError, writtenAt, resent } = handoff;
  const when = deliveredAt
    ? `to ${whereTo(to)}, ${formatMoment(deliveredAt, zone)}`
    : attempts > 0
      ? `after ${plural(attempts, "attempt")}${lastError ? `: ${lastError}` : ""}`
      : `to ${whereTo(to)}`;
  return (
    <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1 text-sm">
      <span>
        <span className="font-medium">Handoff {number}</span>{" "}
        <span className="text-muted">written {formatMoment(writtenAt, zone)}</span>
      </span>
      <span>
        <Level level={TONES[state]} word={STATE_WORDS[state]} /> <span className="text-muted">{when}</span>
        {resent > 0 ? <span className="text-muted">, sent again {plural(resent, "time")}</span> : null}
      </span>
      <span className="flex flex-wrap items-baseline gap-2" data-print="none">
        <a href={`/api/governance/handoffs/${id}`} download className="text-accent underline underline-offset-3">
          JSON<span className="sr-only"> of {number}</span>
        </a>
        {mayExchange ? <RedeliverButton handoffId={id} number={number} /> : null}
      </span>
    </div>
  );
}

/** What governance answered, in its own words. */
export function AnswerLines({ answers, zone }: { answers: readonly AnswerView[]; zone: string }) {
  if (answers.length === 0) return null;
  return (
    <ul className="mt-1 grid gap-1">
      {answers.map(({ id, issuedBy, receivedAt, status, text, learnings, via }) => (
        <li key={id} className="border-l-3 border-edge pl-3 text-sm">
          <p>
            <span className="font-medium">{issuedBy}</span> answered: {status}.{" "}
            <span className="text-muted">
              {formatMoment(receivedAt, zone)}, by {via}
              {learnings.length > 0 ? `, with ${learnings.join(", ")}` : ""}
            </span>
          </p>
          {text ? <blockquote className="prose-width">{text}</blockquote> : null}
        </li>
      ))}
    </ul>
  );
}
