import { TextLink } from "@/components/ui/link";
import type { MemoView } from "@/lib/decisions/queries/memo";
import { isOpen } from "@/lib/decisions/rules/verdict";
import { formatMinor, formatMoment, formatRatio } from "@/lib/format";
import { reversalWords, STATUS_WORDS } from "./verdict-words";

/** Title, who wrote it, and what hangs on it; the way back to the list on a phone. */
export function MemoHead({ memo, zone }: { memo: MemoView; zone: string }) {
  const { venture, stake, record } = memo;
  return (
    <header className="border-b border-line pb-3">
      <p className="mb-1 flex flex-wrap gap-x-3 text-sm text-muted">
        <TextLink href="/inbox" className="lg:hidden">
          ← Inbox
        </TextLink>
        <TextLink href={`/ventures/${venture.slug}`} quiet>
          {venture.name}
        </TextLink>
        <span>
          {memo.from} · {formatMoment(new Date(memo.writtenAt), zone)} · v{memo.version}
        </span>
      </p>
      <h1 id="memo-title" className="headline text-2xl wrap-anywhere">
        {memo.title}
      </h1>
      <p className="mt-1 flex flex-wrap gap-x-3 text-muted">
        <span>{memo.suspension ? "suspended" : STATUS_WORDS[memo.status]}</span>
        <span>{reversalWords(memo)}</span>
        <span>
          {stake ? `${formatMinor(BigInt(stake.amountMinor), stake.currency)} at stake` : "amount at stake unknown"}
        </span>
        {record?.stated ? (
          <span>stated confidence {formatRatio(record.stated.probability, { decimals: 0 })}</span>
        ) : null}
        {isOpen(memo.status) ? <span>expires {formatMoment(new Date(memo.expiresAt), zone)}</span> : null}
      </p>
    </header>
  );
}
