import type { Page } from "@playwright/test";
import { mailServer } from "@/lib/integrations/test-support/mail-server";
import { SMTP_PORT } from "../playwright.config";

export type PostOffice = {
  /** What the first group of `pattern` found in the next letter that has it; what else the house sends is left alone. */
  next: (pattern: RegExp) => Promise<string>;
  close: () => Promise<void>;
};

/** A mail server for the letters of this worker's server, real as far as a sender can tell. */
export async function postOffice(): Promise<PostOffice> {
  const server = await mailServer(SMTP_PORT);
  const next = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const at = server.letters.findIndex((letter) => pattern.test(letter));
      const [letter] = at < 0 ? [] : server.letters.splice(at, 1);
      if (letter !== undefined) return pattern.exec(letter)?.[1] ?? "";
      await server.arrival();
    }
  };
  return { next, close: server.close };
}

type Door = { link: string; email: string /** How the code stands in the letter. */; letter: RegExp };

/** A guest comes in by the code that their address gets. */
export async function enterByCode(guest: Page, post: PostOffice, { link, email, letter }: Door): Promise<void> {
  await guest.goto(link);
  await guest.getByLabel("E-mail address").fill(email);
  await guest.getByRole("button", { name: "Send me a code" }).click();
  await guest.getByLabel("Code").fill(await post.next(letter));
  await guest.getByRole("button", { name: "Enter" }).click();
}
