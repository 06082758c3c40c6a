import "server-only";
import { verifyAtStart } from "@/lib/audit/mutations";
import { clock } from "@/lib/clock";
import { believeSocketAddress } from "./client";

/** Called once per server process, before it serves. The record is verified meanwhile: a long one must not delay the start. */
export function prepareServer(): void {
  believeSocketAddress();
  void verifyAtStart(clock.now());
}
