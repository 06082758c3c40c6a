import type { LevelName } from "@/components/ui/level";
import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { formatMoment } from "@/lib/format";
import { ReverseDecision } from "./reverse-decision";
import { UndoLine } from "./undo-line";
import { UntilCarriedOut } from "./until-carried-out";
import { DEED_WORDS, STATUS_WORDS } from "./verdict-words";

const CLOSED = ["approved", "conditional", "rejected", "expired", "withdrawn", "reversed"];

const levelOf = ({ status, suspension }: MemoView): LevelName =>
  suspension ? "critical" : status === "approved" ? "healthy" : "unknown";

/** What was decided and what came of it. */
export function Outcome({ memo, zone }: { memo: MemoView; zone: string }) {
  if (!CLOSED.includes(memo.status)) return null;
  const last = memo.verdicts.find((verdict) => verdict.version === memo.version);
  return (
    <Notice level={levelOf(memo)} word={memo.suspension ? "suspended" : STATUS_WORDS[memo.status]}>
      {memo.suspension ? (
        <p className="font-medium">
          Since {formatMoment(new Date(memo.suspension.since), zone)}: {memo.suspension.reason}{" "}
          {memo.suspension.used
            ? "What it allowed has been done and stands."
            : "What it brought about is held, and goes on by itself when every condition holds again."}
        </p>
      ) : null}
      {last ? (
        <p>
          By {last.by}, {formatMoment(new Date(last.at), zone)}, on version {last.version}.
          {last.note ? ` “${last.note}”` : null}
        </p>
      ) : null}
      {memo.withdrawn ? <p>{memo.withdrawn.replace(/[.]?$/, ".")}</p> : null}
      <p>
        <Consequence memo={memo} zone={zone} />
      </p>
      {last?.by === "the policy" ? (
        <p className="text-muted">The rule that allowed it: {memo.policy.sentence}</p>
      ) : null}
      {memo.may.reverse && !memo.may.undoUntil ? (
        <p className="mt-1" data-print="none">
          <ReverseDecision memoId={memo.id} version={memo.version} title={memo.title} />
        </p>
      ) : null}
      {memo.may.undoUntil ? <UndoLine memoId={memo.id} version={memo.version} until={memo.may.undoUntil} /> : null}
    </Notice>
  );
}

function Consequence({ memo, zone }: { memo: MemoView; zone: string }) {
  const { outcome, status, venture } = memo;
  const at = outcome && formatMoment(new Date(outcome.at), zone);
  if (outcome?.undone && !outcome.initiativeId) return <>It was carried out {at}, and has been undone.</>;
  if (outcome && !outcome.initiativeId) {
    return (
      <>
        Carried out {at}: {DEED_WORDS[outcome.action] ?? "it is done"}.
      </>
    );
  }
  if (outcome && outcome.status !== "stopped") {
    return (
      <>
        Carried out {at}:{" "}
        <TextLink href={`/ventures/${venture.slug}/growth/initiatives/${outcome.initiativeId}`}>
          the initiative is {outcome.status ?? "on hold"}
        </TextLink>
        .
      </>
    );
  }
  if (outcome) return <>The initiative was stopped.</>;
  if (status === "reversed") return <>Nothing had been carried out.</>;
  if (status === "approved") return <UntilCarriedOut memoId={memo.id} />;
  if (status === "conditional") return <>Nothing happens until every condition holds.</>;
  return <>Nothing was carried out.</>;
}
