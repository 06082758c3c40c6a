import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { actorFromAccessToken } from "./access-token";
import { type Actor, mintActor } from "./actor";

/** A signature is believed for so long after its own moment, or before it. */
const TOLERANCE_SECONDS = 300;
const SIGNATURE = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/;

/** Is `header` the signature of this body with the shared secret, made just now? HMAC-SHA256 of "<t>.<body>". */
export function isSignedBy(secret: string, body: string, header: string | null, now: Date): boolean {
  const found = SIGNATURE.exec(header ?? "");
  if (!found) return false;
  const [, seconds = "", digest = ""] = found;
  if (Math.abs(now.getTime() / 1_000 - Number(seconds)) > TOLERANCE_SECONDS) return false;
  const expected = createHmac("sha256", secret).update(`${seconds}.${body}`).digest();
  return timingSafeEqual(expected, Buffer.from(digest, "hex"));
}

const stage39 = (): Actor =>
  mintActor({
    ...{ id: "system:stage-39", ref: "system:stage-39", name: "Stage 39", role: "analyst", ventures: "all" },
    ...{ sessionId: null, steppedUpAt: null },
  });

export type StageCaller = { actor: Actor; door: "api" | "webhook" };

/** Who reports a venture mature: a person's access token, or stage 39 by its signature; null for anybody else. */
export async function findStageCaller(headers: Headers, body: string, now: Date): Promise<StageCaller | null> {
  const actor = await actorFromAccessToken(headers.get("authorization"), now);
  if (actor) return { actor, door: "api" };
  const secret = env().STAGE_WEBHOOK_SECRET;
  const signed = secret !== undefined && isSignedBy(secret, body, headers.get("x-chairman-signature"), now);
  return signed ? { actor: stage39(), door: "webhook" } : null;
}
