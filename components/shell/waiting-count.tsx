import { cache } from "react";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { countWaiting } from "@/lib/reports/queries/decisions";

// Asked once per page, shown at the top and at the thumb.
const countOnce = cache((actor: Actor) => countWaiting(actor, clock.now()));

/** How many memos wait, said in words to those who do not see the pill. */
export async function WaitingCount({ actor }: { actor: Actor }) {
  const count = await countOnce(actor);
  if (count === 0) return null;
  return (
    <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-xs leading-5 font-semibold text-on-accent">
      {count}
      <span className="sr-only"> waiting for a decision</span>
    </span>
  );
}
