import { AppError } from "@/lib/errors";
import type { Actor } from "./actor";
import { isSteppedUp } from "./rules";

/** Before what cannot be undone: the person proved presence within the last five minutes, in this session. */
export function requireStepUp(actor: Actor, now: Date): void {
  if (!isSteppedUp(actor.steppedUpAt, now)) throw new AppError("STEP_UP_REQUIRED");
}
