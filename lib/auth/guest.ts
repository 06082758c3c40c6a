import type { Terms } from "@/lib/data-room/schema/guests";

declare const proven: unique symbol;

/**
 * Somebody outside the holding who has proved an address of a buyer group's list. Not an actor: it opens one data room
 * and nothing else. Minted only by its session.
 */
export type Guest = {
  readonly id: string;
  /** As written into events: "guest:<id>". */
  readonly ref: string;
  readonly email: string;
  readonly sessionId: string;
  readonly groupId: string;
  readonly roomId: string;
  readonly ventureId: string;
  /** The hash of the link that the session belongs to: another link is another door. */
  readonly linkHash: string;
  /** What the chairman approved for the group. */
  readonly terms: Terms;
  /** Whether the newest confidentiality text is agreed to. */
  readonly agreed: boolean;
  readonly [proven]: true;
};

/** Only lib/auth may call this. */
export const mintGuest = (guest: Omit<Guest, typeof proven>): Guest => guest as Guest;
