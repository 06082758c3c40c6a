import { once } from "node:events";
import { text } from "node:stream/consumers";
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
