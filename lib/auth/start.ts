import "server-only";
import { sealDay, verifyAtStart } from "@/lib/audit/mutations";
import { clock } from "@/lib/clock";
import { logger } from "@/lib/logger";
import { believeSocketAddress } from "./client";

/** A whole record is sealed for the day, a broken one never. */
async function lookAtRecord(now: Date): Promise<void> {
  try {
    const verification = await verifyAtStart(now);
    if (verification?.firstBreak === null) await sealDay(now);
  } catch (error) {
    logger.error(error);
  }
}

/** Called once per server process, before it serves. The record is verified meanwhile: a long one must not delay the start. */
export function prepareServer(): void {
  believeSocketAddress();
  void lookAtRecord(clock.now());
}
