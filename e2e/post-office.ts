import { once } from "node:events";
import { text } from "node:stream/consumers";
import type { Page } from "@playwright/test";
import { SMTPServer } from "smtp-server";
import { SMTP_PORT } from "../playwright.config";

export type PostOffice = {
  /** What the first group of `pattern` found in the next letter that has it; what else the house sends is left alone. */
  next: (pattern: RegExp) => Promise<string>;
  close: () => Promise<void>;
};

/** A mail server for the letters of this worker's server, real as far as a sender can tell. */
export async function postOffice(): Promise<PostOffice> {
  const letters: string[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS", "AUTH"],
    onData: (stream, _session, done) =>
      void text(stream).then((letter) => {
        letters.push(letter);
        done();
        server.emit("letter");
      }),
  });
  server.listen(SMTP_PORT, "127.0.0.1");
  await once(server.server, "listening");
  const next = async (pattern: RegExp): Promise<string> => {
    for (;;) {
      const at = letters.findIndex((letter) => pattern.test(letter));
      const [letter] = at < 0 ? [] : letters.splice(at, 1);
      if (letter !== undefined) return pattern.exec(letter)?.[1] ?? "";
      await once(server, "letter");
    }
  };
  return { next, close: () => new Promise((done) => server.close(() => done())) };
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
