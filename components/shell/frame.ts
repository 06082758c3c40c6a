import { cache } from "react";
import type { Actor } from "@/lib/auth/actor";
import { clock } from "@/lib/clock";
import { getFrame } from "@/lib/reports/queries/frame";

/** What the frame around every page says, asked once per page. */
export const frameOnce = cache((actor: Actor) => getFrame(actor, clock.now()));
