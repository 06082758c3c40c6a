import "server-only";
import type { Tx } from "@/lib/db";
import { env } from "@/lib/env";
import { startInTransaction } from "@/lib/workflows/transport";
import { asJson } from "./memo-row";

export const site = (): string => (env().NEXTAUTH_URL ?? "http://127.0.0.1:3000").replace(/\/$/, "");

type Letter = {
  /** Two letters with one key are one letter. */
  key: string;
  about: string;
  ventureId: string | null;
  to: string;
  name: string;
  subject: string;
  text: string;
};

/** Into the outbox, in the transaction of its cause; the run that delivers it begins with the commit. */
export async function queueLetter(tx: Tx, letter: Letter, now: Date): Promise<void> {
  const { key, about, ventureId, to, name, subject, text } = letter;
  const line = subject.replace(/\s+/g, " ").slice(0, 200);
  const payload = asJson({
    endpointId: "",
    ventureId,
    url: `mailto:${to}`,
    name,
    body: text,
    letter: { to, subject: line },
  });
  const data = { key, channel: "mail", payload, createdAt: now, nextAt: now, subject: about };
  const { id } = await tx.outboxMessage.upsert({ where: { key }, create: data, update: {} });
  await startInTransaction(tx, { name: "outbound", id: `outbound:${id}`, args: [id] });
}
