import { Notice } from "@/components/ui/notice";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { formatMoment } from "@/lib/format";
import { UndoLine } from "./undo-line";
import { STATUS_WORDS } from "./verdict-words";

/** Where two people have to approve: why, who has, and for whom it waits. */
export function SecondPerson({ memo, zone }: { memo: MemoView; zone: string }) {
  const { first, second, may } = memo;
  if (!first) return second ? <p className="text-muted">{second.sentence}</p> : null;
  const given = formatMoment(new Date(first.at), zone);
  return (
    <Notice level="warning" word={STATUS_WORDS.confirming ?? ""}>
      <p>
        {first.own ? "You" : first.by} approved it {given}
        {first.conditional ? ", with the conditions in the history" : ""}. {second?.sentence} Nothing happens before.
      </p>
      {may.decide ? <p>You can be the second: read it, then approve or reject it.</p> : null}
      {first.own && may.undoUntil ? (
        <UndoLine
          memoId={memo.id}
          version={memo.version}
          until={may.undoUntil}
          hint="possible until the second person has approved"
        />
      ) : null}
    </Notice>
  );
}
