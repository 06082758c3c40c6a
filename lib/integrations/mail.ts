import "server-only";
import { env } from "@/lib/env";
import type { Delivery } from "./webhook";

export type Letter = { to: string; subject: string; text: string };

export const canMail = (): boolean => env().SMTP_URL !== undefined;

/** One plain-text letter by the server of SMTP_URL. Throws where it is not taken. */
export async function sendMail({ to, subject, text }: Letter): Promise<void> {
  const { SMTP_URL, SMTP_FROM } = env();
  const { createTransport } = await import("nodemailer");
  const transport = createTransport(SMTP_URL, { from: SMTP_FROM, disableFileAccess: true, disableUrlAccess: true });
  try {
    await transport.sendMail({ to: { name: "", address: to }, subject, text });
  } finally {
    transport.close();
  }
}

/**
 * A letter of the outbox. A mail server keeps no keys, so nothing is sent again that may have been taken: only what the
 * server put off in words, or where it was never reached.
 */
export async function mailLetter(letter: Letter, unsettled: boolean): Promise<Delivery> {
  if (!canMail()) return { ok: false, problem: "No mail server is set up", final: true };
  if (unsettled) return { ok: false, problem: "It was cut off while it was sent; it may have arrived", final: true };
  try {
    await sendMail(letter);
    return { ok: true };
  } catch (error) {
    const { responseCode, command } = error as { responseCode?: number; command?: string };
    const later = responseCode === undefined ? command === "CONN" : responseCode < 500;
    const said = responseCode === undefined ? "did not answer" : `answered ${responseCode}`;
    return { ok: false, problem: `The mail server ${said}`, final: !later };
  }
}
