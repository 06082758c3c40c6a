import "server-only";
import { createTransport } from "nodemailer";
import { env } from "@/lib/env";

export type Letter = { to: string; subject: string; text: string };

export const canMail = (): boolean => env().SMTP_URL !== undefined;

/** One plain-text letter by the server of SMTP_URL. Throws where it is not taken. */
export async function sendMail({ to, subject, text }: Letter): Promise<void> {
  const { SMTP_URL, SMTP_FROM } = env();
  const transport = createTransport(SMTP_URL, { from: SMTP_FROM, disableFileAccess: true, disableUrlAccess: true });
  try {
    await transport.sendMail({ to: { name: "", address: to }, subject, text });
  } finally {
    transport.close();
  }
}
