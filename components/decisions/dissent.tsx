import { TextLink } from "@/components/ui/link";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { plural } from "@/lib/format";
import { MemoText } from "./memo-text";
import { STATUS_WORDS } from "./verdict-words";

/** Who disagrees: voices of the memo itself, and other recommendations on the venture that cannot be right together with it. */
export function Dissent({ memo }: { memo: MemoView }) {
  const { compared, content, figures } = memo;
  return (
    <div className="grid gap-1">
      {content.dissent.map((voice) => (
        <p key={voice.text} className="prose-width">
          <span className="text-muted">{voice.by}: </span>
          <MemoText text={voice.text} figures={figures} />
        </p>
      ))}
      {compared?.list.map(({ memoId, from, title, status, why }) => (
        <p key={memoId} className="prose-width">
          <span className="text-muted">{from}: </span>
          <TextLink href={`/inbox/${memoId}`}>{title}</TextLink> ({STATUS_WORDS[status]}). {why}
        </p>
      ))}
      {compared && compared.list.length === 0 ? (
        <p className="prose-width text-muted">
          {compared.others === 0
            ? "Nothing else is recommended for this venture now."
            : `${plural(compared.others, "other recommendation")} for this venture ${compared.others === 1 ? "was" : "were"} compared; none pulls the other way.`}
        </p>
      ) : null}
    </div>
  );
}
