import { type Actor, mintActor } from "@/lib/auth/actor";
import type { Role } from "@/lib/auth/permissions";
import { db } from "@/lib/db";
import { receiveDocument } from "../mutations/receive";
import { openRoom } from "../mutations/rooms";
import type { Upload } from "../schema";

export const NOW = new Date("2026-04-15T09:00:00Z");
export const later = (minutes: number): Date => new Date(NOW.getTime() + minutes * 60_000);

let count = 0;

export async function person(role: Role, ventures: "all" | string[] = "all"): Promise<Actor> {
  count += 1;
  const user = await db.user.create({
    data: { email: `${role}${count}@holding.example`, name: `${role} ${count}`, role },
  });
  return mintActor({
    id: user.id,
    ref: `user:${user.id}`,
    name: user.name,
    role,
    ventures,
    sessionId: null,
    steppedUpAt: null,
  });
}

export async function makeVenture(currency = "EUR"): Promise<string> {
  count += 1;
  const data = { slug: `room-venture-${count}`, name: `Venture ${count}`, sector: "software", businessModel: "saas" };
  const venture = await db.venture.create({
    data: { ...data, currency, country: "DE", timeZone: "Europe/Berlin", settings: { create: {} } },
  });
  return venture.id;
}

export async function makeRoom(actor: Actor): Promise<{ ventureId: string; roomId: string }> {
  const ventureId = await makeVenture();
  const outcome = await openRoom(actor, { ventureId, dealType: "share-sale" }, NOW);
  if (!outcome.ok) throw new Error("refused");
  return { ventureId, roomId: outcome.value.roomId };
}

async function* once(bytes: Buffer) {
  yield bytes;
}

export const send = (actor: Actor, upload: Upload, bytes: Buffer | string, now = NOW) => {
  const body = Buffer.from(bytes);
  return receiveDocument(actor, upload, { body: once(body), announced: body.length }, now);
};

export async function added(actor: Actor, upload: Upload, bytes: Buffer | string, now = NOW) {
  const outcome = await send(actor, upload, bytes, now);
  if (!outcome.ok) throw new Error(outcome.refusal);
  return outcome.value;
}

export const slot = (roomId: string, section: number, number: number) =>
  db.roomItem.findUniqueOrThrow({ where: { roomId_section_number: { roomId, section, number } } });
