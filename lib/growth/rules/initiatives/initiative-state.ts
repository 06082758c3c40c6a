import { ok, type Result, refuse } from "@/lib/errors";
import type { InitiativeStatus } from "../../schema/initiatives";

export type MoveRefusal = "NO_OWNER" | "HAS_ENDED" | "ALREADY_SO" | "NOT_STARTED" | "SUSPENDED";

/** From each state, where it may go. What has ended stays ended. */
const MOVES: Readonly<Record<InitiativeStatus, readonly InitiativeStatus[]>> = {
  planned: ["running", "stopped"],
  running: ["paused", "stopped", "done"],
  paused: ["running", "stopped", "done"],
  stopped: [],
  done: [],
};

export const isOpenInitiative = (status: InitiativeStatus): boolean => MOVES[status].length > 0;

/** May it go there now? Work begins only when a person answers for it. */
export function moveInitiative(
  initiative: { status: InitiativeStatus; ownerId: string | null },
  to: InitiativeStatus,
): Result<InitiativeStatus, MoveRefusal> {
  const { status, ownerId } = initiative;
  if (status === to) return refuse("ALREADY_SO");
  if (!isOpenInitiative(status)) return refuse("HAS_ENDED");
  if (!MOVES[status].includes(to)) return refuse("NOT_STARTED");
  if (to === "running" && ownerId === null) return refuse("NO_OWNER");
  return ok(to);
}
