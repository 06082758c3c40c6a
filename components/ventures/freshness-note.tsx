import { TextLink } from "@/components/ui/link";
import { Notice } from "@/components/ui/notice";
import { formatDay, plural } from "@/lib/format";

// A month's books, and the time it takes to close them.
const AGEING_DAYS = 50;
const STALE_DAYS = 80;

/** How old the newest fact is; said loudly only when that is too old. */
export function FreshnessNote({ days, asOf, slug }: { days: number | null; asOf: string | null; slug: string }) {
  if (days === null) {
    return (
      <Notice level="unknown" word="no data">
        Nothing has been reported yet. <TextLink href={`/ventures/${slug}/data`}>Import data</TextLink>
      </Notice>
    );
  }
  const age = days === 0 ? "of today" : `${plural(days, "day")} old`;
  const said = `The newest fact is ${age}${asOf ? `; figures as of ${formatDay(asOf)}` : ""}.`;
  if (days <= AGEING_DAYS) return <p className="text-sm text-muted">{said}</p>;
  return (
    <Notice level={days > STALE_DAYS ? "critical" : "warning"} word={days > STALE_DAYS ? "stale" : "ageing"}>
      {said} <TextLink href={`/ventures/${slug}/data`}>Import newer data</TextLink>
    </Notice>
  );
}
