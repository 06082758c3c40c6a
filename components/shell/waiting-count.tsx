import type { Actor } from "@/lib/auth/actor";
import { frameOnce } from "./frame";

/** How many memos wait, shown at the top and at the thumb, and said in words to those who do not see the pill. */
export async function WaitingCount({ actor }: { actor: Actor }) {
  const { waiting: count } = await frameOnce(actor);
  if (count === 0) return null;
  return (
    <span className="min-w-5 rounded-full bg-accent px-1.5 text-center text-xs leading-5 font-semibold text-on-accent">
      {count}
      <span className="sr-only"> waiting for a decision</span>
    </span>
  );
}
