import { plural } from "@/lib/format";
import { TREATMENTS, type Treatment } from "@/lib/imports/rules/subscription-status";

/** What was done with rows that were not just copied, as a person would say it. */
const SENTENCES: Readonly<Record<Treatment, string>> = {
  trial_ends: "with a trial: paid from the day on which the trial ends",
  trial_open: "on trial without an end: kept, without a paid day",
  incomplete: "incomplete, the first payment is outstanding: kept, without a paid day",
  incomplete_expired: "incomplete and expired, it never began: kept, without a paid day",
  past_due: "past due: counts as paid until it is cancelled",
  canceled: "cancelled: ends on the day on which it ended, not on which that was asked for",
  cancel_scheduled: "with a cancellation that lies ahead: paid until then",
  unpaid: "unpaid: ends with the last period that was paid",
  paused: "paused: no day is paid since then",
  discounted: "with a discount: the price is net of it",
  discount_over: "with a discount that has ended or counts once: the price is without it",
  coupon_unknown: "with a coupon whose discount the file does not say: the price is before it",
  lines_summed: "that are lines of invoices with several: summed per invoice",
};

/** Says what the import did with statuses, discounts and lines; nothing where every row was just copied. */
export function TreatedList({ treated }: { treated: Readonly<Record<string, number>> }) {
  const shown = TREATMENTS.flatMap((treatment) => {
    const count = treated[treatment] ?? 0;
    return count > 0 ? [{ treatment, count }] : [];
  });
  if (shown.length === 0) return null;
  return (
    <section aria-label="What was done with some rows" className="border-l-3 border-edge bg-wash px-3 py-2">
      <ul>
        {shown.map(({ treatment, count }) => (
          <li key={treatment}>
            <span className="tabular-nums">{plural(count, "row")}</span> {SENTENCES[treatment]}
          </li>
        ))}
      </ul>
    </section>
  );
}
